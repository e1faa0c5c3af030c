import type { LineageFile } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { FetchedFile, SourceFile } from "../ports/sources.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { sha256 } from "../sha256.ts";
import type { EarlierFile } from "./earlier-file.ts";
import { fetchFiles } from "./snapshot-files.ts";

const NEWLINE = 10;

/**
 * Whether a file of text is an earlier one with rows after it: its first bytes are those of the earlier file to the last one, and
 * end with a row.
 *
 * @param bytes of the file now.
 */
export function isGrown(
  { path }: Pick<SourceFile, "path">,
  bytes: Uint8Array,
  before: Pick<LineageFile, "bytes" | "sha256">,
): boolean {
  const isText = /\.(?:csv|tsv|jsonl|ndjson)$/i.test(path);
  if (!isText || before.bytes === 0 || bytes.length <= before.bytes) return false;
  const head = bytes.subarray(0, before.bytes);
  const end = bytes.subarray(before.bytes, before.bytes + 2);
  const isClosed = head.at(-1) === NEWLINE || end[0] === NEWLINE || (end[0] === 13 && end[1] === NEWLINE);
  return isClosed && sha256(head) === before.sha256;
}

/** A file that is read whole to see whether it only grew. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Of the files that are new, those that are an earlier file with rows after it, by path. */
export async function grownFiles(
  { files, sources }: Pick<Ports, "files" | "sources">,
  repository: Repository,
  fresh: readonly SnapshotFile[],
  gone: readonly EarlierFile[],
): Promise<ReadonlyMap<string, EarlierFile>> {
  const before = new Map(gone.map((file) => [file.path, file]));
  const grown = new Map<string, EarlierFile>();
  for (const file of fresh) {
    const { path, bytes: size } = file.source;
    const earlier = before.get(path);
    if (earlier?.bytes === undefined || size <= earlier.bytes || size > MOST_BYTES) continue;
    const [{ localPath }] = (await fetchFiles({ sources }, repository, [file])) as [FetchedFile];
    const bytes = await files.read(localPath);
    if (bytes !== null && isGrown(file.source, bytes, { bytes: earlier.bytes, sha256: earlier.sha256 }))
      grown.set(path, earlier);
  }
  return grown;
}
