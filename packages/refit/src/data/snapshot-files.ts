import type { SnapshotFile } from "../products/snapshot.ts";
import { SourceAlteredError, SourceVanishedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { FetchedFile, SourceFile } from "../ports/sources.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 as digest } from "../sha256.ts";

/** Names the bytes of every file; only a file whose identity is new is read. */
export async function digestFiles(
  ports: Pick<Ports, "sources" | "out">,
  repository: Repository,
  sources: readonly SourceFile[],
): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  for (const [i, source] of sources.entries()) {
    const known = await ports.sources.knownDigest(repository, source);
    if (known !== null) {
      files.push({ source, sha256: known });
      continue;
    }
    ports.out.progress("Hashing files", i / sources.length);
    const { sha256, localPath: _, ...fetched } = await ports.sources.fetch(repository, source);
    files.push({ source: fetched, sha256 });
  }
  return files;
}

/**
 * Brings the bytes of a snapshot's files here.
 *
 * @throws SourceVanishedError for a file that is gone or no longer has the bytes that were checked, SourceAlteredError for
 * a remote one whose version says that it has.
 */
export async function fetchFiles(
  ports: Pick<Ports, "sources">,
  repository: Repository,
  files: readonly SnapshotFile[],
): Promise<FetchedFile[]> {
  const fetched: FetchedFile[] = [];
  for (const { source, sha256, only } of files) {
    const file = await ports.sources.fetch(repository, source);
    if (file.sha256 !== sha256) throw changed(source, sha256, file.sha256);
    fetched.push(only === undefined ? file : { ...file, only });
  }
  return fetched;
}

function changed(source: SourceFile, was: string, is: string): Error {
  if (source.version === undefined) return new SourceVanishedError(source.path);
  return new SourceAlteredError(source.path, `its sha256 is ${is}, and was ${was} under the same name`);
}

/** Names the rows that are meant: the file's digest, or one of it and of which rows. */
export function contentOf({ sha256, only }: SnapshotFile): string {
  return only === undefined ? sha256 : digest(JSON.stringify([sha256, only]));
}
