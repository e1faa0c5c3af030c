import { parseFeatureSpec } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { FetchedFile } from "../ports/sources.ts";
import type { SourceTable } from "../ports/tables.ts";
import type { RowContext } from "../products/context.ts";
import { readChampionFile } from "../versions/version-folder.ts";

/** Opens files as one typed table, with the types that the champion knew, and closes it whatever happens. */
export async function withSource<T>(
  ports: Pick<Ports, "git" | "scratch" | "tables" | "out">,
  { champion, spec, manifest, repository }: RowContext,
  files: readonly FetchedFile[],
  use: (table: SourceTable) => Promise<T>,
): Promise<T> {
  ports.out.progress("Reading data");
  const features = champion && (await readChampionFile(ports, champion, "features.json"));
  const knownTypes = features === null ? [] : parseFeatureSpec(features).source;
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const table = await ports.tables.open({ dataset: spec.data, files, manifest, knownTypes, scratch: scratch.path });
    try {
      return await use(table);
    } finally {
      await table.close();
    }
  } finally {
    await scratch.remove();
  }
}
