import { parseFeatureSpec } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { FetchedData } from "../ports/sources.ts";
import type { KnownColumn, OpenRequest, SourceTable } from "../ports/tables.ts";
import type { RowContext } from "../products/context.ts";
import { championProfile } from "../versions/champion-profile.ts";
import { readChampionFile } from "../versions/version-folder.ts";

/** What is opened, and whether its rows will be prepared. */
type OpenedData = FetchedData & Pick<OpenRequest, "toPrepare">;

/** Opens files as one typed table, with the types that the champion knew, and closes it whatever happens. */
export async function withSource<T>(
  ports: Pick<Ports, "git" | "scratch" | "tables" | "out">,
  { champion, spec, manifest, repository, ofTable }: RowContext,
  data: OpenedData,
  use: (table: SourceTable) => Promise<T>,
): Promise<T> {
  const knownTypes = champion === null ? [] : await knownColumns(ports, champion);
  const declaredOnly = ofTable !== undefined;
  return withTable(ports, repository, { ...data, dataset: spec.data, manifest, knownTypes, declaredOnly }, use);
}

/** Opens files as one typed table in a folder of their own, and closes it whatever happens. */
export async function withTable<T>(
  ports: Pick<Ports, "scratch" | "tables" | "out">,
  { commonDir }: Pick<Repository, "commonDir">,
  request: Omit<OpenRequest, "scratch">,
  use: (table: SourceTable) => Promise<T>,
): Promise<T> {
  ports.out.progress("Reading data");
  const scratch = await ports.scratch.open(commonDir);
  try {
    const table = await ports.tables.open({ ...request, scratch: scratch.path });
    try {
      return await use(table);
    } finally {
      await table.close();
    }
  } finally {
    await scratch.remove();
  }
}

/** A column without a value was read as text for want of anything better, which is not to bind the values that come. */
async function knownColumns(
  ports: Pick<Ports, "git">,
  champion: { readonly treeId: string },
): Promise<readonly KnownColumn[]> {
  const features = await readChampionFile(ports, champion, "features.json");
  if (features === null) return [];
  const { source } = parseFeatureSpec(features);
  const profiled = (await championProfile(ports, champion))?.columns ?? [];
  const empty = new Set(profiled.filter(({ rows, nulls }) => rows > 0 && nulls === rows).map(({ name }) => name));
  return source.map(({ name, type }) => ({ name, type: empty.has(name) ? null : type }));
}
