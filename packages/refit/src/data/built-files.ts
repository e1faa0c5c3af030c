import { type LineageFile, remoteKey } from "@refit/core/history";
import type { SourceFile } from "../ports/sources.ts";
import type { Version } from "../products/context.ts";

/**
 * Finds in a version's lineage the file that it was built from and that is the same as a listed one, without reading it: git
 * calls it by the same blob id, or its remote place by the same name.
 */
export function builtFiles(version: Version | null): (source: SourceFile) => LineageFile | null {
  const byKey = new Map((version?.lineage.data.files ?? []).map((file) => [keyOf(file), file]));
  byKey.delete(null);
  return (source) => byKey.get(keyOf(source)) ?? null;
}

/** `null`: neither git nor a remote place has a name for the bytes. */
function keyOf({ path, bytes, blob, version }: SourceFile | LineageFile): string | null {
  if (version !== undefined) return remoteKey({ path, bytes, version });
  return blob === null ? null : `${blob} ${path}`;
}
