import { type LineageFile, remoteKey } from "@refit/core/history";
import type { SourceFile } from "../ports/sources.ts";

/**
 * Finds among the files that a version was built from the one that is the same as a listed one, without reading it: git
 * calls it by the same blob id, or its remote place by the same name.
 */
export function builtFiles(files: readonly LineageFile[]): (source: SourceFile) => LineageFile | null {
  const byKey = new Map(files.map((file) => [keyOf(file), file]));
  byKey.delete(null);
  return (source) => byKey.get(keyOf(source)) ?? null;
}

/** `null`: neither git nor a remote place has a name for the bytes. */
function keyOf(file: SourceFile | LineageFile): string | null {
  const { path, bytes, blob, version } = file;
  // The name of a data file says nothing of the files that its rows name.
  if (file.named !== undefined || ("names" in file && file.names !== undefined)) return null;
  if (version !== undefined) return remoteKey({ path, bytes, version });
  return blob === null ? null : `${blob} ${path}`;
}
