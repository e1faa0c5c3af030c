import { globPattern, globRoot, type PathPattern } from "./glob.ts";

/** What `refit.yaml` says. */
export interface Layout {
  /** Globs of folders that may hold a model, from the root. */
  readonly models: readonly string[];
  /** How many models a run has in work at once where its command does not say. */
  readonly parallel?: number | undefined;
  /** Where a page shows how all models are; left out: nowhere. */
  readonly dashboard?: "issue" | undefined;
}

/** Each model in work takes at least the memory of Node, DuckDB and itself. */
export const mostParallel = 64;

/** Something that has a layout, such as a repository; left out: the usual one. */
export interface WithLayout {
  readonly layout?: Layout;
}

export const usualLayout: Layout = { models: ["models/**"] };

/** The file, at the root of the repository. */
export const layoutFile = "refit.yaml";

const usualFolder = "models/";

const specName = "/model.yaml";

/**
 * The folder of a model, from the root: for a name that the layout covers as a path, that path; else the folder of that name below `models/`.
 */
export function modelFolder(model: string, { layout = usualLayout }: WithLayout): string {
  return isBeside(model, { layout }) ? model : `${usualFolder}${model}`;
}

/** Whether a model stands elsewhere than below `models/`. */
function isBeside(model: string, { layout = usualLayout }: WithLayout): boolean {
  return !model.startsWith(usualFolder) && covers(layout, model);
}

/** Another folder that would be a model of the same name, had it a spec; `null`: there is none. */
export function rivalFolder(model: string, { layout = usualLayout }: WithLayout): string | null {
  const rival = `${usualFolder}${model}`;
  return isBeside(model, { layout }) && covers(layout, rival) ? rival : null;
}

/**
 * The name of the model whose spec a file is: of a folder below `models/` its path in there, of any other its path from the root.
 *
 * @returns `null`: it is not the spec of a model. The name is not checked.
 */
export function modelOfSpec(path: string, { layout = usualLayout }: WithLayout): string | null {
  if (!path.endsWith(specName)) return null;
  const folder = path.slice(0, -specName.length);
  const name = nameOfFolder(folder);
  // What a version carries, such as the code of its learner, may have any name.
  return covers(layout, folder) && !/\/(?:champion|canary)\//.test(`${name}/`) ? name : null;
}

/**
 * The name of the model whose live version, or canary, a file belongs to; `null`: it is in none. The name is not checked. A folder of
 * people may be called `canary`, so of that one only what every version has tells.
 */
export function modelOfOutput(path: string, { layout = usualLayout }: WithLayout): string | null {
  const folder = /^(.+?)\/(?:champion\/|canary\/lineage\.json$)/s.exec(path)?.[1];
  return folder !== undefined && folder !== "models" && covers(layout, folder) ? nameOfFolder(folder) : null;
}

/** The first glob that covers a model's folder; `null`: none does. */
export function globOfModel(model: string, { layout = usualLayout }: WithLayout): string | null {
  const folder = modelFolder(model, { layout });
  const at = patternsOf(layout).findIndex((pattern) => pattern.test(folder));
  return layout.models[at] ?? null;
}

/** Folders that hold all models, none of them inside another; "" is the root. */
export function modelRoots({ layout = usualLayout }: WithLayout): readonly string[] {
  const roots = [...new Set(layout.models.map(globRoot))];
  return roots.filter(
    (root) => !roots.some((other) => other !== root && (other === "" || root.startsWith(`${other}/`))),
  );
}

function nameOfFolder(folder: string): string {
  return folder.startsWith(usualFolder) ? folder.slice(usualFolder.length) : folder;
}

const patterns = new WeakMap<Layout, readonly Pick<PathPattern, "test">[]>();

function covers(layout: Layout, folder: string): boolean {
  return patternsOf(layout).some((pattern) => pattern.test(folder));
}

function patternsOf(layout: Layout): readonly Pick<PathPattern, "test">[] {
  const known = patterns.get(layout) ?? layout.models.map(folderPattern);
  patterns.set(layout, known);
  return known;
}

/** Everything below a folder is told without going through each letter: a thousand models are asked about many times. */
function folderPattern(glob: string): Pick<PathPattern, "test"> {
  const root = globRoot(glob);
  return glob === `${root}/**` ? { test: (path) => path.startsWith(`${root}/`) } : globPattern(glob);
}
