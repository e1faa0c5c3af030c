import type { TreeEntry } from "../../ports/git.ts";

/** A folder of a commit or tree whose files were all listed. */
interface ListedFolder {
  /** Without a slash at the end; "" is all of it. */
  readonly folder: string;
  /** Id by path from the top of the commit or tree: of files, and of folders. */
  readonly ids: ReadonlyMap<string, string>;
  readonly files: readonly TreeEntry[];
  /** Paths of the folders in it, by id; of equal ones the last. */
  readonly folders: ReadonlyMap<string, string>;
}

/** A folder inside of one that was listed. */
interface InnerFolder {
  readonly listed: ListedFolder;
  readonly prefix: string;
}

/** The most listings that are remembered. */
const mostListings = 16;

/** What was listed of commits and trees: a run over many models asks for single files of what it has listed anyway. */
export function knownTrees() {
  const listings = new Map<string, ListedFolder[]>();

  /** A tree by its id, inside of whatever was listed. */
  function innerFolder(id: string): InnerFolder | undefined {
    for (const each of listings.values()) {
      for (const listed of each) {
        const path = listed.folders.get(id);
        if (path !== undefined) return { listed, prefix: `${path}/` };
      }
    }
    return undefined;
  }

  return {
    /** @param treeish a commit or tree by its id. */
    files(treeish: string, folder: string): readonly TreeEntry[] | undefined {
      return listings.get(treeish)?.find((each) => each.folder === folder)?.files;
    },

    remember(treeish: string, listed: ListedFolder): void {
      const before = listings.get(treeish) ?? [];
      listings.delete(treeish);
      listings.set(treeish, [...before, listed]);
      if (listings.size > mostListings) listings.delete(listings.keys().next().value!);
    },

    /** @param name `<commit or tree id>:<path>`. @returns `null`: there is nothing; `undefined`: it was not listed. */
    idOf(name: string): string | null | undefined {
      const colon = name.indexOf(":");
      if (colon < 40) return undefined;
      const [treeish, path] = [name.slice(0, colon), name.slice(colon + 1)];
      const listed = listings.get(treeish)?.find(({ folder }) => folder === "" || path.startsWith(`${folder}/`));
      if (listed !== undefined) return listed.ids.get(path) ?? null;
      const place = innerFolder(treeish);
      return place === undefined ? undefined : (place.listed.ids.get(place.prefix + path) ?? null);
    },
  };
}
