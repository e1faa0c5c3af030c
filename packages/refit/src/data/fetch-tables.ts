import { asOwnRows, type DataManifest } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { FetchedData, FetchedFile } from "../ports/sources.ts";

/** The further tables of a manifest as the base commit has them, all files of each. */
export async function fetchTables(
  { sources }: Pick<Ports, "sources">,
  repository: Repository,
  manifest: DataManifest,
): Promise<FetchedData["tables"]> {
  const tables = new Map<string, readonly FetchedFile[]>();
  for (const table of manifest.tables ?? []) {
    const { files } = await sources.list(repository, asOwnRows(table, manifest), { workTree: false });
    const fetched: FetchedFile[] = [];
    for (const file of files) fetched.push(await sources.fetch(repository, file));
    tables.set(table.name, fetched);
  }
  return tables;
}
