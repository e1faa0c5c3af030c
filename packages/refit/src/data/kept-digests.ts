import type { FileDigests } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { sha256 } from "../sha256.ts";
import { keepDigests, recallDigests } from "./cache.ts";
import { digestVersion } from "./digest-version.ts";
import { contentOf, fetchFiles } from "./snapshot-files.ts";
import { withSource } from "./source-table.ts";

type DigestRowsPorts = Pick<Ports, "scratch" | "git" | "files" | "sources" | "tables" | "out">;

/** Digests of a file's rows that were made before, on this machine; `null`: none, or they are damaged. */
export async function recallRows(
  { files }: Pick<Ports, "files">,
  { repository, manifest }: Pick<RowContext, "repository" | "manifest">,
  content: string,
  key: readonly string[],
): Promise<FileDigests | null> {
  const kept = await recallDigests(files, repository, rowsName(manifest, content, key));
  if (kept === null) return null;
  if (key.length === 0) return { rows: kept, keys: null };
  const rows = kept.length / 2;
  return { rows: kept.subarray(0, rows), keys: kept.subarray(rows) };
}

/**
 * Digests of the rows of some files, by content; they are kept on this machine, 8 bytes a row, and 8 for its key.
 *
 * @param made digests that are at hand, by content.
 * @returns without files that cannot be read as one table.
 */
export async function digestRowsOf(
  ports: DigestRowsPorts,
  context: RowContext,
  [files, key]: readonly [files: readonly SnapshotFile[], key: readonly string[]],
  made: ReadonlyMap<string, FileDigests> = new Map(),
): Promise<Map<string, FileDigests>> {
  const known = new Map<string, FileDigests>();
  for (const content of files.map(contentOf)) {
    const digests = made.get(content) ?? (await recallRows(ports, context, content, key));
    if (digests !== null) known.set(content, digests);
  }
  const missing = files.filter((file) => !known.has(contentOf(file)));
  if (missing.length === 0) return known;
  const fetched = await fetchFiles(ports, context.repository, missing);
  await withSource(ports, context, { files: fetched, tables: new Map() }, async (table) => {
    if (table.findings.some(({ severity }) => severity === "error")) return;
    for (const file of missing) {
      const digests = await table.digests(file.source.path, key);
      known.set(contentOf(file), digests);
      await keepRows(ports, context, [contentOf(file), key], digests);
    }
  });
  return known;
}

export async function keepRows(
  { files }: Pick<Ports, "files">,
  { repository, manifest, request }: RowContext,
  [content, key]: readonly [content: string, key: readonly string[]],
  { rows, keys }: FileDigests,
): Promise<void> {
  if (request.dryRun) return;
  const both = new BigUint64Array(rows.length * (key.length === 0 ? 1 : 2));
  both.set(rows);
  if (keys !== null) both.set(keys, rows.length);
  return keepDigests(files, repository, rowsName(manifest, content, key), both);
}

/** Below the folder of caches. */
export function rowsName(
  { schema }: Pick<RowContext["manifest"], "schema">,
  content: string,
  key: readonly string[],
): string {
  return `rows/${sha256(JSON.stringify([digestVersion, content, schema, key]))}`;
}
