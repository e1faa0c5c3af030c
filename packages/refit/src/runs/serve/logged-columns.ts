import type { DataManifest, ModelSpec } from "@refit/core/spec";
import type { FollowedSource, WrittenColumns, ServingLog } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import { readSpecs } from "../../rooms/read.ts";

type SpecPorts = Parameters<typeof readSpecs>[0] & Pick<Ports, "git">;

/** Models, and what of their answers may be written down: as the base branch says, again whenever it has moved. */
export interface LoggedSources {
  readonly sources: readonly FollowedSource[];
  /** @throws for a model that was not found yet: nothing of it has answered. */
  readonly columns: (model: string) => WrittenColumns;
}

/** @param log `null`: nothing is written down, and nothing read for it. With plain keys none is written that has a column of `sensitive`. */
export function withLoggedColumns(
  ports: SpecPorts,
  sources: readonly FollowedSource[],
  log: Pick<ServingLog, "keys"> | null,
): LoggedSources {
  const known = new Map<string, { readonly commit: string; readonly columns: WrittenColumns }>();
  const look = async (model: string) => {
    const repository = await ports.git.locate();
    const commit = repository.baseCommit;
    if (known.get(model)?.commit === commit) return;
    const specs = await readSpecs(ports, repository, model, { workTree: false });
    known.set(model, { commit, columns: loggedColumns(specs, log?.keys !== "plain") });
  };
  return {
    columns: (model) => known.get(model)!.columns,
    sources: sources.map((source) =>
      log === null
        ? source
        : {
            ...source,
            async find() {
              // Settings that cannot be read stop no answers: what was known of them goes on to hold.
              await look(source.name).catch((error: unknown) => {
                if (!known.has(source.name)) throw error;
              });
              return source.find();
            },
          },
    ),
  };
}

interface Specs {
  readonly spec: Pick<ModelSpec, "key">;
  readonly manifest: Pick<DataManifest, "schema" | "sensitive">;
}

/** A column has one name in the data files, and perhaps another one after the schema. */
export function loggedColumns({ spec, manifest }: Specs, keysAreHidden: boolean): WrittenColumns {
  const fields = manifest.schema?.fields ?? [];
  const isOmitted = (name: string) => manifest.sensitive.includes(name);
  const renamed = fields.filter(({ name, from }) => from !== undefined && (isOmitted(from) || isOmitted(name)));
  const omit = [...new Set([...manifest.sensitive, ...renamed.map(({ name }) => name)])];
  const key = spec.key === undefined ? [] : [spec.key].flat();
  const isWritten = keysAreHidden || !key.some((name) => omit.includes(name));
  const namesOf = (column: string) => [
    column,
    ...fields.flatMap(({ name, from }) => (name === column ? (from ?? []) : [])),
  ];
  return { key: isWritten ? key.map(namesOf) : [], omit };
}
