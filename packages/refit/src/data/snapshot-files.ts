import type { SnapshotFile } from "../products/snapshot.ts";
import { SourceVanishedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { FetchedFile, SourceFile } from "../ports/sources.ts";
import type { Repository } from "../ports/repository.ts";

/** Names the bytes of every file; only a file whose identity is new is read. */
export async function digestFiles(
  ports: Pick<Ports, "sources" | "out">,
  repository: Repository,
  sources: readonly SourceFile[],
): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  for (const [i, source] of sources.entries()) {
    const known = await ports.sources.knownDigest(repository, source);
    if (known === null) ports.out.progress("Hashing files", i / sources.length);
    files.push({ source, sha256: known ?? (await ports.sources.fetch(repository, source)).sha256 });
  }
  return files;
}

/**
 * Brings the bytes of a snapshot's files here.
 *
 * @throws SourceVanishedError for a file that is gone or no longer has the bytes that were checked.
 */
export async function fetchFiles(
  ports: Pick<Ports, "sources">,
  repository: Repository,
  files: readonly SnapshotFile[],
): Promise<FetchedFile[]> {
  const fetched: FetchedFile[] = [];
  for (const { source, sha256 } of files) {
    const file = await ports.sources.fetch(repository, source);
    if (file.sha256 !== sha256) throw new SourceVanishedError(source.path);
    fetched.push(file);
  }
  return fetched;
}
