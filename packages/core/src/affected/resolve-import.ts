import type { ImportedName } from "./code-imports.ts";
import type { WithLayout } from "../spec/layout.ts";
import { isOutput } from "./model-files.ts";
import type { PathIndex } from "./path-index.ts";

/** A package of the repository: a folder with a `package.json`. */
export interface WorkspacePackage {
  readonly folder: string;
  /** Names of the packages that it needs to run. */
  readonly needs: readonly string[];
}

/** Where an import may lead. */
export interface ImportTargets {
  /** Files of the repository that it can mean. */
  readonly files: readonly string[];
  /** A package of the repository, by its name. */
  readonly package: string | null;
  /** Whether a setting of a bundler or compiler says what it means, which nobody reads here. */
  readonly isAlias: boolean;
}

const nothing: ImportTargets = { files: [], package: null, isAlias: false };

/**
 * Files of the repository that an import can mean. Packages that are installed from elsewhere are nothing of the repository's.
 *
 * @param from the file that imports.
 */
export function resolveImport(
  from: string,
  name: ImportedName,
  tree: PathIndex,
  packages: ReadonlyMap<string, WorkspacePackage>,
): ImportTargets {
  if (name.language === "python") return { ...nothing, files: pythonFiles(from, name, tree) };
  const specifier = name.specifier.replace(/[?].*$/, "");
  if (/^\.\.?(?:\/|$)/.test(specifier)) {
    const path = joined(folderOf(from), specifier);
    return { ...nothing, files: path === null ? [] : javascriptFiles(path, tree) };
  }
  const parts = specifier.split("/");
  const wanted = specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]!;
  if (packages.has(wanted)) return { ...nothing, package: wanted };
  return { ...nothing, isAlias: /^(?:@\/|~|#)/.test(specifier) };
}

const endings = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json", ".node", ".wasm"];

/** What Node, a bundler or TypeScript would take for a path. */
function javascriptFiles(path: string, tree: PathIndex): readonly string[] {
  const stem = /\.([cm]?)jsx?$/.exec(path);
  const written =
    stem === null
      ? []
      : [".ts", ".tsx"].map((end) => path.replace(/\.([cm]?)jsx?$/, `${end[0]}${stem[1]}${end.slice(1)}`));
  const candidates = [
    path,
    ...written,
    ...endings.map((end) => path + end),
    ...endings.map((end) => `${path}/index${end}`),
  ];
  return [...new Set(candidates)].filter((each) => tree.has(each));
}

type PythonName = Extract<ImportedName, { readonly language: "python" }>;

function pythonFiles(from: string, { dots, module, names }: PythonName, tree: PathIndex): readonly string[] {
  const steps = module === "" ? [] : module.split(".");
  const found = new Set<string>();
  for (const folder of dots > 0 ? relativeRoots(from, dots) : pythonRoots(from, steps[0]!, tree)) {
    const packages = steps.map((_, i) => join(folder, ...steps.slice(0, i + 1)));
    const inside = names.map((each) => join(folder, ...steps, each));
    const own = dots > 0 ? [folder] : [];
    for (const path of [...own, ...packages, ...inside]) {
      for (const file of [`${path}.py`, `${path}.pyi`, join(path, "__init__.py")]) if (tree.has(file)) found.add(file);
    }
  }
  return [...found].sort();
}

function relativeRoots(from: string, dots: number): readonly string[] {
  const parts = folderOf(from).split("/").filter(Boolean);
  return dots - 1 > parts.length ? [] : [parts.slice(0, parts.length - (dots - 1)).join("/")];
}

/**
 * Folders in which Python may look for a module: that of the file and all above it, and those of projects that are installed from this
 * repository, which have a `pyproject.toml`, a `setup.py` or a `setup.cfg`.
 */
function pythonRoots(from: string, first: string, tree: PathIndex): readonly string[] {
  const parts = folderOf(from).split("/").filter(Boolean);
  const above = parts.map((_, i) => parts.slice(0, parts.length - i).join("/"));
  const has = (folder: string) =>
    tree.has(join(folder, `${first}.py`)) || tree.below(join(folder, first)).some((path) => path.endsWith(".py"));
  const near = [...above, ""].filter(has);
  return near.length > 0 ? near : pythonProjects(tree).filter(has);
}

const projectsOf = new WeakMap<PathIndex, readonly string[]>();

function pythonProjects(tree: PathIndex): readonly string[] {
  const known = projectsOf.get(tree);
  if (known !== undefined) return known;
  const files = tree.below("").filter((path) => /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/.test(path));
  const folders = [...new Set(files.map(folderOf))].flatMap((folder) => [folder, join(folder, "src")]);
  projectsOf.set(tree, folders);
  return folders;
}

/** Whether a file of a package is neither documentation nor a test, as far as its name tells. */
export function isProduct(path: string, at: WithLayout): boolean {
  return !isOutput(path, at) && !notProduct.test(path);
}

const notProduct =
  /\.(?:mdx?|rst|txt)$|(?:^|\/)(?:LICEN[CS]E|CHANGELOG)|(?:^|\/)(?:docs?|tests?|__tests__|__snapshots__|__mocks__|node_modules)\/|\.(?:test|spec)\.[^/]+$|(?:^|\/)(?:test_[^/]+|[^/]+_test|conftest)\.py$/i;

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

const join = (...parts: readonly string[]) => parts.filter(Boolean).join("/");

/** `null`: it leaves the repository. */
function joined(folder: string, relative: string): string | null {
  const parts = folder.split("/").filter(Boolean);
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
