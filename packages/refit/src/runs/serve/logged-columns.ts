import type { DataManifest, ModelSpec } from "@refit/core/spec";
import type { FollowedSource, KeyColumns, WrittenColumns, ServingLog } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import { readSpecs } from "../../rooms/read.ts";

type SpecPorts = Parameters<typeof readSpecs>[0] & Pick<Ports, "git">;

/** Models, by which columns callers are told apart, and what of their answers may be written down: as the base branch says, again whenever it has moved. */
export interface LoggedSources {
  readonly sources: readonly FollowedSource[];
  /** Of a model; of one that was not asked for yet none. */
  readonly key: (model: string) => KeyColumns;
  /** @throws for a model that was not found yet: nothing of it has answered. */
  readonly columns: (model: string) => WrittenColumns;
}

/**
 * @param log `null`: nothing is written down, and nothing read for it; a canary has the columns of the key read all the same. With plain keys none is
 * written that has a column of `sensitive`.
 */
export function withLoggedColumns(
  ports: SpecPorts,
  sources: readonly FollowedSource[],
  log: Pick<ServingLog, "keys"> | null,
): LoggedSources {
  const known = new Map<
    string,
    { readonly commit: string; readonly key: KeyColumns; readonly columns: WrittenColumns }
  >();
  const look = async (model: string) => {
    const repository = await ports.git.locate();
    const commit = repository.baseCommit;
    if (known.get(model)?.commit === commit) return;
    const specs = await readSpecs(ports, repository, model, { workTree: false });
    known.set(model, { commit, key: keyColumns(specs), columns: loggedColumns(specs, log?.keys !== "plain") });
  };
  return {
    key: (model) => known.get(model)?.key ?? [],
    columns: (model) => known.get(model)!.columns,
    sources: sources.map((source) => ({
      ...source,
      async find() {
        const found = await source.find();
        // Settings that cannot be read stop no answers: what was known of them goes on to hold.
        if (log !== null || found.canary !== null) {
          await look(source.name).catch((error: unknown) => {
            if (log !== null && !known.has(source.name)) throw error;
          });
        }
        return found;
      },
    })),
  };
}

interface Specs {
  readonly spec: Pick<ModelSpec, "key">;
  readonly manifest: Pick<DataManifest, "schema" | "sensitive">;
}

/** The columns of `key` in model.yaml. One has one name in the data files, and perhaps another one after the schema. */
export function keyColumns({ spec, manifest }: Specs): KeyColumns {
  const fields = manifest.schema?.fields ?? [];
  const key = spec.key === undefined ? [] : [spec.key].flat();
  return key.map((column) => [column, ...fields.flatMap(({ name, from }) => (name === column ? (from ?? []) : []))]);
}

export function loggedColumns({ spec, manifest }: Specs, keysAreHidden: boolean): WrittenColumns {
  const fields = manifest.schema?.fields ?? [];
  const isOmitted = (name: string) => manifest.sensitive.includes(name);
  const renamed = fields.filter(({ name, from }) => from !== undefined && (isOmitted(from) || isOmitted(name)));
  const omit = [...new Set([...manifest.sensitive, ...renamed.map(({ name }) => name)])];
  const key = spec.key === undefined ? [] : [spec.key].flat();
  const isWritten = keysAreHidden || !key.some((name) => omit.includes(name));
  return { key: isWritten ? keyColumns({ spec, manifest }) : [], omit };
}
