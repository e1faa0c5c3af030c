import type { ContentFacts } from "./claims.ts";

/** No pointer is longer; larger blobs are content. */
export const lfsPointerMaxBytes = 1024;

/**
 * What a Git LFS pointer stands for; `null`: the text is not a pointer.
 *
 * Format: git-lfs, docs/spec.md, "The Pointer".
 */
export function lfsPointer(text: string): ContentFacts | null {
  if (!text.startsWith("version https://git-lfs.github.com/spec/v1\n")) return null;
  const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const bytes = /^size (\d+)$/m.exec(text)?.[1];
  return sha256 === undefined || bytes === undefined ? null : { sha256, bytes: Number(bytes) };
}
