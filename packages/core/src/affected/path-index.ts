import { globPattern } from "../spec/glob.ts";
import type { WithLayout } from "../spec/layout.ts";

/** Paths of a tree, and which of its folders hold models. What a glob or a folder can match is found without looking at the others. */
export interface PathIndex extends WithLayout {
  has(path: string): boolean;
  /** Paths that a glob matches, sorted. */
  matching(glob: string): readonly string[];
  /** Paths in a folder and its folders, sorted; "" or `.` is the root. */
  below(folder: string): readonly string[];
}

/** @param paths with `/`, from the root of the repository. */
export function pathIndex(paths: Iterable<string>, at: WithLayout = {}): PathIndex {
  const known = new Set(paths);
  const sorted = [...known].sort();

  function beginningWith(prefix: string): readonly string[] {
    if (prefix === "") return sorted;
    const start = firstFrom(sorted, prefix);
    let end = start;
    while (end < sorted.length && sorted[end]!.startsWith(prefix)) end++;
    return sorted.slice(start, end);
  }

  return {
    ...(at.layout && { layout: at.layout }),
    has: (path) => known.has(path),
    matching(glob) {
      const wild = glob.search(/[*?[\]{}]/);
      if (wild < 0) return known.has(glob) ? [glob] : [];
      const pattern = globPattern(glob);
      return beginningWith(glob.slice(0, wild)).filter((path) => pattern.test(path));
    },
    below: (folder) => beginningWith(folder === "" || folder === "." ? "" : `${folder}/`),
  };
}

/** Place of the first path that is not before the text. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
