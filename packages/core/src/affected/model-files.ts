import { specPath } from "../history/model-names.ts";
import { codeOf } from "../learners/command-descriptor.ts";
import type { DataManifest } from "../spec/data-manifest.ts";
import { fileColumnsOf } from "../spec/file-columns.ts";
import { viewFile } from "../spec/further-table.ts";
import { modelOfOutput, type WithLayout } from "../spec/layout.ts";
import { manifestPath } from "../spec/manifest-path.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { sourceFormat } from "../spec/source-format.ts";
import { schemeOf } from "../spec/source-scheme.ts";
import type { PathIndex } from "./path-index.ts";

/** What people write of a model, as one commit has it. */
export interface WrittenModel {
  readonly spec: ModelSpec;
  readonly manifest: DataManifest;
}

/** Files of a model by what they are to it; paths are sorted within a list. */
export interface ModelFiles {
  readonly spec: readonly string[];
  readonly manifest: readonly string[];
  readonly view: readonly string[];
  /** Of its own rows: data files, and pointers of DVC. */
  readonly data: readonly string[];
  /** Of all further tables. */
  readonly table: readonly string[];
  readonly code: readonly string[];
  /** Which of these its rows name is known only to whoever reads the rows. */
  readonly rowFile: readonly string[];
}

export const fileRoles = ["spec", "manifest", "view", "data", "table", "code", "rowFile"] as const;
export type FileRole = (typeof fileRoles)[number];

/** Those of some paths, such as a whole tree or the files that a change touches, that are files of a model. */
export function modelFiles(model: string, { spec, manifest }: WrittenModel, among: PathIndex): ModelFiles {
  const present = (paths: readonly string[]) => [...new Set(paths)].filter((path) => among.has(path)).sort();
  const tables = (manifest.tables ?? []).flatMap((table) => dataPaths(table.sources, among));
  return {
    spec: present([specPath(model, among)]),
    manifest: present([manifestPath(spec.data)]),
    view: present((manifest.views ?? []).map(viewFile)),
    data: dataPaths(manifest.sources, among),
    table: [...new Set(tables)].sort(),
    code: present(spec.candidates.flatMap(codeOf)),
    rowFile: rowFiles(manifest, among),
  };
}

/** Files in git that sources name, sorted, each once. */
export function dataPaths(sources: DataManifest["sources"], among: PathIndex): readonly string[] {
  const found = new Set<string>();
  for (const { path } of sources) {
    const scheme = schemeOf(path);
    if (scheme !== "" && scheme !== "dvc") continue;
    for (const each of among.matching(path)) {
      if (scheme === "dvc" || sourceFormat(each) !== null) found.add(each);
    }
  }
  return [...found].sort();
}

/** Sources whose bytes are not in git, as they are written, of the model's rows and its further tables. */
export function sourcesElsewhere({ sources, tables = [] }: DataManifest): readonly string[] {
  const all = [sources, ...tables.map((table) => table.sources)].flat();
  return [...new Set(all.flatMap(({ path }) => (schemeOf(path) === "" ? [] : [path])))].sort();
}

/** Everything in the folders that paths in rows begin in. What refit writes is never part of a row. */
function rowFiles(manifest: DataManifest, among: PathIndex): readonly string[] {
  const found = new Set<string>();
  for (const { folder } of fileColumnsOf(manifest)) {
    const folders = folder === null ? manifest.sources.map(({ path }) => folderOf(path)) : [plainFolder(folder)];
    for (const each of folders.flatMap((name) => among.below(name))) if (!isOutput(each, among)) found.add(each);
  }
  return [...found].sort();
}

/** Without what stands for the folder itself. */
function plainFolder(folder: string): string {
  return folder
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/** The folder of a glob's matches as far as it is the same for all. */
function folderOf(glob: string): string {
  const segments = glob.split("/").slice(0, -1);
  const wild = segments.findIndex((segment) => /[*?[\]{}]/.test(segment));
  return (wild < 0 ? segments : segments.slice(0, wild)).join("/");
}

/** Whether refit writes it: a version, which no model is trained on. */
export function isOutput(path: string, at: WithLayout): boolean {
  return modelOfOutput(path, at) !== null;
}
