import type { LineageFile } from "@refit/core/history";
import { globPattern, sourceFormat, type DataManifest } from "@refit/core/spec";
import type { SnapshotFile } from "../products/snapshot.ts";

/** A data file of an earlier state, as a version's lineage or the ledger remembers it; the ledger knows no size and no blob. */
export type EarlierFile = Pick<LineageFile, "path" | "sha256" | "rows"> & Partial<Pick<LineageFile, "bytes" | "blob">>;

/** Where its bytes are though it is gone; `null`: git does not have them, as far as is known. */
export function storedFile({ sources }: Pick<DataManifest, "sources">, file: EarlierFile): SnapshotFile | null {
  const { path, blob, bytes, sha256 } = file;
  const form = sourceFormat(path);
  if (blob === null || blob === undefined || bytes === undefined || form === null) return null;
  const declared = sources.find((source) => globPattern(source.path).test(path))?.delimiter;
  const delimiter = declared ?? form.delimiter;
  return { source: { path, format: form.format, delimiter, bytes, blob, identity: blob }, sha256 };
}
