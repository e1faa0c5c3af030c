import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";

/**
 * Files that are byte for byte another file of the snapshot: a feed that is stuck, or a copy by mistake.
 *
 * @param known paths that the champion was built from; they were judged then.
 */
export function repeatedFiles(
  files: readonly { readonly path: string; readonly sha256: string }[],
  known: ReadonlySet<string>,
): Finding[] {
  const first = new Map<string, string>();
  const inOrder = [...files].sort((a, b) => Number(known.has(b.path)) - Number(known.has(a.path)));
  return inOrder.flatMap(({ path, sha256 }) => {
    const other = first.get(sha256);
    if (other === undefined) first.set(sha256, path);
    if (other === undefined || known.has(path)) return [];
    return [finding("repeated-file", { file: path }, `${quoted(path)} is byte for byte the same as ${quoted(other)}.`)];
  });
}
