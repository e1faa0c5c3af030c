import {
  importsOfCode,
  isProduct,
  type PathIndex,
  pathIndex,
  resolveImport,
  type UnknownImport,
  type WorkspacePackage,
} from "@refit/core/affected";
import type { ProjectGraph } from "../../ports/project-graph.ts";
import type { TreeSide } from "./tree-side.ts";

/** What the code of a model uses besides its own files. */
export interface UsedCode {
  /** Files that it imports, and those that these import, whether or not they are there. */
  readonly files: ReadonlySet<string>;
  /** Folders of packages of the repository that it imports. */
  readonly packages: ReadonlySet<string>;
  readonly unknown: readonly (UnknownImport & { readonly path: string })[];
}

interface CodeFile {
  readonly files: readonly string[];
  readonly packages: readonly string[];
  readonly unknown: readonly UnknownImport[];
}

/**
 * Follows imports over the files of a commit. Each file is read and searched once, whoever imports it.
 *
 * @param gone paths that were there before: an import of one of these is followed as far as its name.
 */
export function importWalk(text: (blob: string) => Promise<string | null>, side: TreeSide, gone: readonly string[]) {
  const tree = pathIndex([...side.blobs.keys(), ...gone], side.index);
  const read = new Map<string, Promise<CodeFile>>();
  let packages: Promise<ReadonlyMap<string, WorkspacePackage>> | null = null;

  const workspace = () => (packages ??= workspacePackages(text, side));

  async function codeFile(path: string): Promise<CodeFile> {
    const blob = side.blobs.get(path);
    const written = blob === undefined ? null : await text(blob);
    if (written === null) return { files: [], packages: [], unknown: [] };
    const { asked, unknown } = importsOfCode(path, written);
    const named = asked.some(({ language }) => language === "javascript") ? await workspace() : new Map();
    const targets = asked.map((name) => resolveImport(path, name, tree, named));
    return {
      files: targets.flatMap(({ files }) => files),
      packages: targets.flatMap((target) => target.package ?? []),
      unknown: [...unknown, ...aliases(written, asked, targets)],
    };
  }

  const once = (path: string) => {
    const known = read.get(path) ?? codeFile(path);
    read.set(path, known);
    return known;
  };

  return {
    /** @param code files of a model's candidates. */
    async used(code: readonly string[]): Promise<UsedCode> {
      const files = new Set(code);
      const names = new Set<string>();
      const unknown: UsedCode["unknown"][number][] = [];
      for (const path of files) {
        const found = await once(path);
        for (const each of found.files) files.add(each);
        for (const each of found.packages) names.add(each);
        for (const each of found.unknown) unknown.push({ path, ...each });
      }
      return { files: without(files, code), packages: await foldersOf(names, workspace), unknown };
    },
  };
}

/** Imports whose meaning a setting of a compiler or bundler decides. */
function aliases(
  text: string,
  asked: ReturnType<typeof importsOfCode>["asked"],
  targets: readonly ReturnType<typeof resolveImport>[],
): UnknownImport[] {
  return asked.flatMap((name, i) => {
    if (name.language !== "javascript" || !targets[i]!.isAlias) return [];
    const lines = text.split("\n");
    const at = lines.findIndex((line) => line.includes(name.specifier));
    return [{ line: at + 1, text: (lines[at] ?? name.specifier).trim().slice(0, 120) }];
  });
}

/** The same from the graph of a task runner, for a model that is a project of its own; `null`: it is none. @param own its folder. */
export function usedProjects({ roots, needs }: ProjectGraph, own: string): ReadonlySet<string> | null {
  const all = new Set([...roots].filter(([, root]) => root === own).map(([name]) => name));
  if (all.size === 0) return null;
  for (const name of all) for (const needed of needs.get(name) ?? []) all.add(needed);
  // The root is a project of everything, and so of nothing.
  const folders = [...all].map((name) => roots.get(name)!);
  return new Set(folders.filter((folder) => folder !== own && folder !== "." && folder !== ""));
}

/** Files of a change that the code uses. Of a package every file counts but its documents and tests. */
export function importedAmong({ files, packages }: UsedCode, changed: PathIndex): readonly string[] {
  const direct = [...files].filter((path) => changed.has(path));
  const inside = [...packages].flatMap((folder) => changed.below(folder).filter((path) => isProduct(path, changed)));
  return [...new Set([...direct, ...inside])].sort();
}

/** The packages and those that they need, as folders. The root is a package of everything, and so of nothing. */
async function foldersOf(
  names: ReadonlySet<string>,
  workspace: () => Promise<ReadonlyMap<string, WorkspacePackage>>,
): Promise<ReadonlySet<string>> {
  if (names.size === 0) return new Set();
  const packages = await workspace();
  const all = new Set(names);
  for (const name of all)
    for (const needed of packages.get(name)?.needs ?? []) if (packages.has(needed)) all.add(needed);
  return new Set([...all].map((name) => packages.get(name)!.folder).filter((folder) => folder !== ""));
}

async function workspacePackages(
  text: (blob: string) => Promise<string | null>,
  { blobs }: TreeSide,
): Promise<ReadonlyMap<string, WorkspacePackage>> {
  const found = [...blobs].filter(([path]) => /(?:^|\/)package\.json$/.test(path) && !path.includes("node_modules/"));
  const packages = new Map<string, WorkspacePackage>();
  for (const [path, blob] of found) {
    const described = parsed((await text(blob)) ?? "");
    if (typeof described?.["name"] !== "string") continue;
    const needs = ["dependencies", "peerDependencies", "optionalDependencies"].flatMap((key) =>
      Object.keys((described[key] as object | undefined) ?? {}),
    );
    packages.set(described["name"], { folder: path.replace(/\/?package\.json$/, ""), needs });
  }
  return packages;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function without(all: ReadonlySet<string>, some: readonly string[]): ReadonlySet<string> {
  const left = new Set(all);
  for (const each of some) left.delete(each);
  return left;
}
