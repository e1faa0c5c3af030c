import path from "node:path";
import { filePlace } from "@refit/core/spec";
import type { Files } from "../../ports/files.ts";
import type { Repository } from "../../ports/repository.ts";
import type { ColumnText } from "../../ports/surveys.ts";
import type { SeenColumn } from "./declare-columns.ts";
import type { ColumnFiles } from "./file-column.ts";

/** Texts by which a folder is chosen. */
const samples = 20;
/** Folders in which paths are tried to begin, and how deep they lie below the data file's folder or the root. */
const mostFolders = 500;
const deepest = 3;

/** Where paths of a column begin: as the manifest says it, `null` being the folder of each data file. */
type PlaceOfNames = string | null;

/** What the folders of a repository hold, each read once. */
interface FolderWalk {
  isFile(place: string): Promise<boolean>;
  /** Folders below one, those near to it first; hidden ones and packages left out. */
  below(folder: string): Promise<readonly string[]>;
}

/**
 * Columns of text that name files of the repository, by their names in the data files. Paths may begin in the folder of the data file, in
 * the root, or in a folder below one of them; that one counts to which most of them lead.
 *
 * @param others names of columns that are not looked at. @param dataFiles paths that are not files of rows.
 */
export async function findFiles(
  files: Pick<Files, "children">,
  { root }: Pick<Repository, "root">,
  seen: readonly SeenColumn[],
  { others, dataFiles }: { readonly others: readonly (string | null)[]; readonly dataFiles: readonly string[] },
): Promise<ReadonlyMap<string, ColumnFiles>> {
  const folders = foldersOf(files, root);
  const data = new Set(dataFiles);
  const found = new Map<string, ColumnFiles>();
  for (const { name, type, texts } of seen) {
    if (type !== "string" || others.includes(name) || others.includes(name.trim())) continue;
    const sample = spread(texts.filter(({ text }) => mayBePath.test(text)));
    if (sample.length === 0) continue;
    const leads = async (folder: PlaceOfNames, { text, file }: ColumnText): Promise<boolean> => {
      const place = filePlace(text, folder ?? path.posix.dirname(file));
      return "path" in place && !data.has(place.path) && (await folders.isFile(place.path));
    };
    const folder = await bestFolder(folders, sample, leads);
    if (folder === undefined) continue;
    const there = new Set<string>();
    for (const each of texts) if (await leads(folder, each)) there.add(each.text);
    if (there.size > 1) found.set(name, { folder, texts: there });
  }
  return found;
}

/** An ending or a folder, and a letter, which numbers and dates lack. */
const mayBePath = /^(?=.*[a-z])(?:.*\/.*|.*\.[a-z0-9]{1,10})$/i;

function spread(texts: readonly ColumnText[]): ColumnText[] {
  const step = Math.max(1, Math.floor(texts.length / samples));
  return texts.filter((_, i) => i % step === 0).slice(0, samples);
}

/** @returns `undefined`: from nowhere does one of them lead to a file. */
async function bestFolder(
  folders: FolderWalk,
  sample: readonly ColumnText[],
  leads: (folder: PlaceOfNames, text: ColumnText) => Promise<boolean>,
): Promise<PlaceOfNames | undefined> {
  let best: { readonly folder: PlaceOfNames; readonly count: number } | undefined;
  const own = path.posix.dirname(sample[0]!.file);
  for (const begin of [async () => [null, "."], () => folders.below(own), () => folders.below(".")]) {
    for (const folder of await begin()) {
      let count = 0;
      for (const each of sample) if (await leads(folder, each)) count++;
      if (count === sample.length) return folder;
      if (count > (best?.count ?? 0)) best = { folder, count };
    }
  }
  return best?.folder;
}

function foldersOf(files: Pick<Files, "children">, root: string): FolderWalk {
  const known = new Map<
    string,
    Promise<{ readonly files: ReadonlySet<string>; readonly folders: readonly string[] }>
  >();
  const read = async (folder: string) => {
    const children = await files.children(path.join(root, folder));
    const named = (kind: string) => children.filter((child) => child.kind === kind).map(({ name }) => name);
    return { files: new Set(named("file")), folders: named("folder").sort() };
  };
  const look = (folder: string) => {
    const there = known.get(folder) ?? read(folder);
    known.set(folder, there);
    return there;
  };
  return {
    isFile: async (place) => (await look(path.posix.dirname(place))).files.has(path.posix.basename(place)),
    async below(folder) {
      const all: string[] = [];
      let level = [folder];
      for (let depth = 0; depth < deepest && all.length < mostFolders; depth++) {
        const next: string[] = [];
        for (const each of level)
          for (const name of (await look(each)).folders)
            if (!name.startsWith(".") && name !== "node_modules") next.push(path.posix.join(each, name));
        all.push(...next);
        level = next.slice(0, mostFolders);
      }
      return all.slice(0, mostFolders);
    },
  };
}
