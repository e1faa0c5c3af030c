import type { SeenOfModel } from "@refit/core/decide";
import type { CandidateSettings } from "@refit/core/runtime";
import { asOwnRows, candidatesOf, globPattern, globRoot, manifestPath, schemeOf, sourceFormat } from "@refit/core/spec";
import { posix } from "node:path";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { Context } from "../products/context.ts";

export type ModelSpecs = Pick<Context, "manifest" | "spec">;

/** What keeps models from being ready, by name; found without reading data, and without loading a learner. */
export interface Unready {
  missingLearners({ spec }: Pick<ModelSpecs, "spec">): Promise<SeenOfModel["missingLearners"]>;
  unmatched({ spec }: Pick<ModelSpecs, "spec">): SeenOfModel["unmatched"];
}

/** @param all of every model that can be read: a file that another manifest reads is no stray. */
export async function unreadyAmong(
  ports: Pick<Ports, "git" | "learners">,
  repository: Repository,
  all: readonly ModelSpecs[],
): Promise<Unready> {
  const asked = new Map<string, Promise<SeenOfModel["missingLearners"]>>();
  const strays = await strayFiles(ports, repository, all);
  return {
    async missingLearners({ spec }) {
      const found = candidatesOf(spec).map((candidate) => {
        const key = JSON.stringify(candidate);
        const answer = asked.get(key) ?? missingFor(ports, candidate);
        asked.set(key, answer);
        return answer;
      });
      const missing = (await Promise.all(found)).flat();
      return [...new Map(missing.map((each) => [each.learner, each])).values()];
    },
    unmatched({ spec }) {
      const files = strays.get(spec.data) ?? [];
      return files.length === 0 ? null : { manifest: manifestPath(spec.data), files };
    },
  };
}

async function missingFor(
  { learners }: Pick<Ports, "learners">,
  candidate: CandidateSettings,
): Promise<SeenOfModel["missingLearners"]> {
  const error = await learners.missing(candidate);
  return error === null ? [] : [{ learner: candidate.learner, message: error.message, hint: error.hint }];
}

/** Folders are listed one by one up to this many; more share a listing of what lies above them. */
const mostFolders = 8;

/** A source of a manifest that lies in the repository. */
interface LocalSource {
  readonly dataset: string;
  readonly path: string;
  /** The folder that a file it matches lies in, or one of the folders above. */
  readonly folder: string;
}

/**
 * Data files that lie in the very folder where a manifest looks, have the format that it reads there, and are matched by no source of
 * any manifest: a new shard under another name, or a single file that was named where others have come.
 *
 * @returns paths by dataset, sorted.
 */
async function strayFiles(
  { git }: Pick<Ports, "git">,
  { baseCommit }: Repository,
  all: readonly ModelSpecs[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const sources = localSources(all);
  const byFolder = inFolders(sources);
  const named = new Set(sources.filter(isPlain).map(({ path }) => path));
  const wild = inFolders(sources.filter((source) => !isPlain(source)));
  const files = new Set<string>();
  for (const folder of listedFolders([...byFolder.keys()])) {
    const listing = await git.list(baseCommit, folder === "" ? undefined : folder);
    for (const { path } of listing) files.add(folder === "" ? path : `${folder}/${path}`);
  }
  const strays = new Map<string, string[]>();
  for (const file of [...files].sort()) {
    const format = sourceFormat(file);
    const near = byFolder.get(folderOf(file));
    if (format === null || near === undefined || named.has(file) || isMatched(file, wild)) continue;
    for (const dataset of new Set(near.filter(({ path }) => reads(path, format.format)).map((each) => each.dataset)))
      strays.set(dataset, [...(strays.get(dataset) ?? []), file]);
  }
  return strays;
}

function localSources(all: readonly ModelSpecs[]): LocalSource[] {
  const manifests = new Map(all.map(({ spec, manifest }) => [spec.data, manifest]));
  return [...manifests].flatMap(([dataset, manifest]) => {
    const tables = (manifest.tables ?? []).map((table) => asOwnRows(table, manifest));
    return [manifest, ...tables]
      .flatMap(({ sources }) => sources)
      .filter(({ path }) => schemeOf(path) === "")
      .map(({ path }) => ({ dataset, path, folder: globRoot(path) === path ? folderOf(path) : globRoot(path) }));
  });
}

function listedFolders(folders: readonly string[]): readonly string[] {
  if (folders.includes("")) return [""];
  return folders.length <= mostFolders ? folders : [...new Set(folders.map((folder) => folder.split("/")[0]!))];
}

const patterns = new Map<string, ReturnType<typeof globPattern>>();

function inFolders(sources: readonly LocalSource[]): ReadonlyMap<string, readonly LocalSource[]> {
  const folders = new Map<string, LocalSource[]>();
  for (const source of sources) {
    const others = folders.get(source.folder);
    if (others === undefined) folders.set(source.folder, [source]);
    else others.push(source);
  }
  return folders;
}

/** Without wildcards. */
const isPlain = ({ path }: LocalSource) => globRoot(path) === path;

/** @param wild patterns, by the folder that each looks in. */
function isMatched(file: string, wild: ReadonlyMap<string, readonly LocalSource[]>): boolean {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const sources = wild.get(folder) ?? [];
    if (sources.some(({ path }) => path === file || patternOf(path).test(file))) return true;
    if (folder === "") return false;
  }
}

function patternOf(glob: string) {
  const pattern = patterns.get(glob) ?? globPattern(glob);
  patterns.set(glob, pattern);
  return pattern;
}

/** A pattern without an ending may read every format. */
const reads = (glob: string, format: string) => (sourceFormat(glob)?.format ?? format) === format;

const folderOf = (file: string) => (posix.dirname(file) === "." ? "" : posix.dirname(file));
