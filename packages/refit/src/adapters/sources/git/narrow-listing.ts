import type { GitListing } from "./git-listing.ts";

/** Cuts out of a listing what lies in some folders, in about the time that these parts take. */
export type CutListing = (folders: readonly string[]) => GitListing;

export function cutter(listing: GitListing): CutListing {
  const names = {
    tracked: [...listing.tracked.keys()].sort(),
    links: [...listing.links].sort(),
    differing: [...listing.differing].sort(),
    ignored: listing.ignored.toSorted(),
    untracked: listing.untracked.toSorted(),
  };
  return (folders) => {
    const within = (sorted: readonly string[]) => [...new Set(folders.flatMap((folder) => below(sorted, folder)))];
    return {
      tracked: new Map(within(names.tracked).map((name) => [name, listing.tracked.get(name)!])),
      links: new Set(within(names.links)),
      differing: new Set(within(names.differing)),
      ignored: within(names.ignored),
      untracked: within(names.untracked),
    };
  };
}

/** The path itself and all in it. @param folder "" is the root. */
function below(sorted: readonly string[], folder: string): readonly string[] {
  if (folder === "") return sorted;
  const own = placeOf(sorted, folder);
  const inside = sorted.slice(placeOf(sorted, `${folder}/`), placeOf(sorted, `${folder}${afterSlash}`));
  return sorted[own] === folder ? [folder, ...inside] : inside;
}

const afterSlash = String.fromCharCode("/".charCodeAt(0) + 1);

/** Index of the first that is not before a text. */
function placeOf(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
