import path from "node:path";
import type { LineageFile } from "@refit/core/history";
import type { Version } from "../products/context.ts";
import type { Snapshot, SnapshotFile } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { FetchedFile, Sources } from "../ports/sources.ts";
import { sha256 } from "../sha256.ts";
import { cutAppended, type CutFile } from "./cut-appended.ts";

type AppendedRowsPorts = Pick<Ports, "files" | "scratch" | "sources">;

/** A file that is read whole to see whether it only grew. */
const MOST_BYTES = 64 * 1024 * 1024;

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
      const cut = before === undefined ? null : await cutOf(ports, repository, file, before);
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

async function cutOf(
  { files, sources }: Pick<Ports, "files" | "sources">,
  repository: Repository,
  { source }: SnapshotFile,
  before: LineageFile,
): Promise<CutFile | null> {
  if (source.bytes > MOST_BYTES) return null;
  const file = await sources.fetch(repository, source);
  const bytes = await files.read(file.localPath);
  return bytes && cutAppended(file, bytes, before);
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
