import type { LineageFile } from "@refit/core/history";
import { RefitError } from "@refit/core/errors";
import { fileColumnsOf, globPattern, sourceFormat } from "@refit/core/spec";
import type { FetchedFile, SourceFile, Sources } from "../ports/sources.ts";
import type { RowContext } from "../products/context.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { fetchFiles } from "./snapshot-files.ts";

/** A data file of an earlier state, as a version's lineage or the ledger remembers it; ledgers of earlier releases know content and rows only. */
export type EarlierFile = Pick<LineageFile, "path" | "sha256" | "rows"> & {
  readonly [Key in "bytes" | "blob" | "version"]?: LineageFile[Key] | undefined;
};

type EarlierContext = Pick<RowContext, "manifest" | "repository">;

/**
 * Where its bytes may be though it is gone: in git, or at a place that keeps earlier versions. Asks nobody.
 *
 * @param ifKept a remote file only where this machine has kept it.
 * @returns `null`: nobody has them, as far as is known.
 */
export async function storedFile(
  sources: Sources,
  { repository, manifest }: EarlierContext,
  file: EarlierFile,
  { ifKept } = { ifKept: false },
): Promise<SnapshotFile | null> {
  const { path, blob, bytes, sha256, version } = file;
  const form = sourceFormat(path);
  if (bytes === undefined || form === null) return null;
  if (version !== undefined) {
    const source = await sources.earlier(repository, manifest, { path, bytes, version }, { ifKept });
    return source && { source: namingThen(source, sha256), sha256 };
  }
  if (blob === null || blob === undefined) return null;
  const declared = manifest.sources.find((source) => globPattern(source.path).test(path))?.delimiter;
  const delimiter = declared ?? form.delimiter;
  const columns = fileColumnsOf(manifest);
  const source: SourceFile = { path, format: form.format, delimiter, bytes, blob, identity: blob };
  const names = columns.length === 0 ? {} : { names: { columns, workTree: false } };
  return { source: namingThen({ ...source, ...names }, sha256), sha256 };
}

/** The same data file with what its rows named when both together had a digest. */
export function namingThen(file: SourceFile, sha256: string): SourceFile {
  if (file.names === undefined) return file;
  const { named: _now, ...own } = file;
  return { ...own, names: { ...file.names, was: sha256 } };
}

/** Brings those of the files here that can be had: a clone may be partial, an LFS object or an earlier version gone. */
export async function fetchStored(
  sources: Sources,
  { repository }: Pick<EarlierContext, "repository">,
  files: readonly SnapshotFile[],
): Promise<FetchedFile[]> {
  const fetched: FetchedFile[] = [];
  for (const file of files) {
    try {
      fetched.push(...(await fetchFiles({ sources }, repository, [file])));
    } catch (error) {
      if (!(error instanceof RefitError)) throw error;
    }
  }
  return fetched;
}
