import path from "node:path";
import type { Lineage } from "@refit/core/history";
import type { Version } from "../products/context.ts";
import type { Snapshot, SnapshotFile } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { FetchedFile, Sources } from "../ports/sources.ts";
import { sha256 } from "../sha256.ts";

type AppendedRowsPorts = Pick<Ports, "files" | "scratch" | "sources">;

/** A file that is read whole to see whether it only grew. */
const MOST_BYTES = 64 * 1024 * 1024;

const NEWLINE = 10;
const QUOTE = 34;

/** Rows that the champion was built from, and rows that came since; each as files. */
export interface RowsSince {
  readonly old: readonly SnapshotFile[];
  readonly fresh: readonly SnapshotFile[];
  /** Whether some of them are the end of a file that grew. */
  readonly grew: boolean;
  /** Brings parts of files, too. */
  readonly sources: Sources;
}

interface SinceRequest {
  readonly champion: Version;
  readonly snapshot: Snapshot;
  /** Whether anybody asks for the rows that the champion was built from. */
  readonly withOld: boolean;
}

/**
 * The rows that came since the champion was built. A file that was appended to counts by what was appended: its first bytes
 * are then those of the champion's file to the last one. What was rewritten, is compressed or is huge counts as a whole.
 *
 * @param use while the parts are there.
 */
export async function withRowsSince<T>(
  ports: AppendedRowsPorts,
  repository: Repository,
  { champion, snapshot: { sources, newFiles }, withOld }: SinceRequest,
  use: (rows: RowsSince) => Promise<T>,
): Promise<T> {
  const paths = new Set(newFiles);
  const built = new Map(champion.lineage.data.files.map((file) => [file.path, file]));
  const isOld = new Set(champion.lineage.data.files.map((file) => file.sha256));
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const parts = new Map<string, FetchedFile>();
    const old = sources.filter((file) => isOld.has(file.sha256));
    const fresh: SnapshotFile[] = [];
    for (const file of sources.filter(({ source }) => paths.has(source.path))) {
      const before = built.get(file.source.path);
      const here = before && (await ports.sources.fetch(repository, file.source));
      const cut = here === undefined ? null : await cutFile(ports, here, before!);
      if (cut === null) {
        fresh.push(file);
        continue;
      }
      const end = await placePart(ports, scratch.path, file, cut.end);
      parts.set(end.identity, end);
      fresh.push({ source: end, sha256: end.sha256 });
      if (!withOld) continue;
      const head = await placePart(ports, scratch.path, file, cut.head);
      parts.set(head.identity, head);
      old.push({ source: head, sha256: head.sha256 });
    }
    const fetch: Sources["fetch"] = async (at, file) => parts.get(file.identity) ?? ports.sources.fetch(at, file);
    return await use({ old, fresh, grew: parts.size > 0, sources: { ...ports.sources, fetch } });
  } finally {
    await scratch.remove();
  }
}

/** The bytes of the champion's file, and the rows after it as a file of their own. */
interface CutFile {
  readonly head: Uint8Array;
  readonly end: Uint8Array;
}

/** @returns `null`: it did not only grow, or nobody can tell. */
async function cutFile(
  { files }: Pick<Ports, "files">,
  file: FetchedFile,
  before: Lineage["data"]["files"][number],
): Promise<CutFile | null> {
  const isText = /\.(?:csv|tsv|jsonl|ndjson)$/i.test(file.path);
  if (!isText || file.bytes <= before.bytes || file.bytes > MOST_BYTES || before.bytes === 0) return null;
  const bytes = await files.read(file.localPath);
  if (bytes === null) return null;
  const head = bytes.subarray(0, before.bytes);
  const endsRow = head.at(-1) === NEWLINE || bytes[before.bytes] === NEWLINE;
  if (!endsRow || sha256(head) !== before.sha256) return null;
  const rows = bytes.subarray(head.at(-1) === NEWLINE ? before.bytes : before.bytes + 1);
  if (file.format === "jsonl") return { head, end: rows };
  const names = head.subarray(0, head.indexOf(NEWLINE) + 1);
  // A name in quotes may go on in the next line.
  if (names.length === 0 || names.includes(QUOTE) || names.includes(0)) return null;
  const end = new Uint8Array(names.length + rows.length);
  end.set(names);
  end.set(rows, names.length);
  return { head, end };
}

async function placePart(
  { files }: Pick<Ports, "files">,
  folder: string,
  { source }: SnapshotFile,
  bytes: Uint8Array,
): Promise<FetchedFile> {
  const digest = sha256(bytes);
  const localPath = path.join(folder, `${digest}${path.extname(source.path)}`);
  await files.write(localPath, bytes, { lasting: false });
  return { ...source, bytes: bytes.length, blob: null, identity: `part ${digest}`, sha256: digest, localPath };
}
