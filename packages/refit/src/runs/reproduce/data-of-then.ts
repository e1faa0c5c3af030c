import { quoted, RefitError } from "@refit/core/errors";
import type { Lineage, LineageFile } from "@refit/core/history";
import { asOwnRows, type DataManifest, schemeOf, sourceFormat } from "@refit/core/spec";
import { filesOf } from "../../data/files-of.ts";
import { digestFiles } from "../../data/snapshot-files.ts";
import { remoteOfThen } from "../../data/remote-of-then.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { SourceFile, Sources, VersionedFile } from "../../ports/sources.ts";
import type { Hindrance } from "./reproduction.ts";

/**
 * The sources as a version knew them: files of git as the commit has them, and of all others only those that it was made
 * from, wherever git counts them by now, remote ones in the versions of then. What came later is left out.
 *
 * A place that does not answer hinders nothing while this machine has kept what it had. What is missing then fails when it is
 * fetched, with what its place said.
 */
export function sourcesOfThen(sources: Sources, { data }: Lineage): Sources {
  const faults = new Map<string, RefitError>();
  /** Of the model's own rows and of each further table, so that a place is not waited for twice. */
  const listings = new Map<string, ReturnType<typeof listRemote>>();
  return {
    ...sources,
    async list(repository, manifest) {
      const inRepository = withSources(manifest, isInRepository);
      const built = filesOf(data, manifest);
      const outside = new Set(built.flatMap(({ path, blob }) => (blob === null ? [path] : [])));
      const committed = await sources.list(repository, inRepository, { workTree: false });
      const files = committed.files.filter(({ blob }) => blob !== null);
      if (outside.size === 0) return { ...committed, files };
      const here = await sources.list(repository, inRepository, { workTree: true });
      const local = here.files.filter(({ blob, path }) => blob === null && outside.has(path));
      const listing = listings.get(manifest.ofTable ?? "") ?? listRemote(sources, repository, manifest);
      listings.set(manifest.ofTable ?? "", listing);
      const { today, answered, silent } = await listing;
      const remote = await remoteOfThen(sources, { repository, manifest: answered }, today, built);
      const found = new Set(remote.map(({ path }) => path));
      for (const file of built.filter(({ path, version }) => version !== undefined && !found.has(path))) {
        const fault = silent.find(({ source }) => mayName(source.path, file.path))?.error;
        if (fault === undefined) continue;
        const entries = { ...manifest, sources: silent.map(({ source }) => source) };
        const then = { ...file, version: file.version! };
        const kept = await sources.earlier(repository, entries, then, { ifKept: true });
        if (kept === null) faults.set(file.path, fault);
        remote.push(kept ?? unreachable(then));
      }
      const all = [...files, ...local, ...remote].sort((one, other) => (one.path < other.path ? -1 : 1));
      return { files: all, findings: [], notices: [] };
    },
    async fetch(repository, file) {
      const fault = faults.get(file.path);
      if (fault !== undefined) throw fault;
      return sources.fetch(repository, file);
    },
  };
}

type SourceEntry = DataManifest["sources"][number];

const isInRepository = ({ path }: SourceEntry) => schemeOf(path) === "";

function withSources(manifest: DataManifest, which: (source: SourceEntry) => boolean): DataManifest {
  return { ...manifest, sources: manifest.sources.filter(which) };
}

/** What remote places have now, each asked by itself, and which of them does not tell. */
async function listRemote(sources: Sources, repository: Repository, manifest: DataManifest) {
  const today: SourceFile[] = [];
  const silent: { readonly source: SourceEntry; readonly error: RefitError }[] = [];
  for (const source of manifest.sources.filter((each) => !isInRepository(each))) {
    const one = withSources(manifest, (each) => each === source);
    try {
      today.push(...(await sources.list(repository, one, { workTree: false })).files);
    } catch (error) {
      if (!(error instanceof RefitError)) throw error;
      silent.push({ source, error });
    }
  }
  return { today, answered: withSources(manifest, (each) => silent.every(({ source }) => source !== each)), silent };
}

/** Files behind pointers of DVC have paths of the repository. */
function mayName(source: string, path: string): boolean {
  const [scheme, ofFile] = [schemeOf(source), schemeOf(path)];
  return scheme === ofFile || (scheme === "dvc" && ofFile === "");
}

/** A file whose place did not tell whether it has it. */
function unreachable({ path, bytes, version }: VersionedFile): SourceFile {
  return { path, ...sourceFormat(path)!, bytes, blob: null, identity: `unreachable:${path}`, version };
}

/** Whether git tracked exactly the files at this commit that the version was made from. Reads none of them. */
export async function hasTrackedFiles(
  sources: Sources,
  repository: Repository,
  manifest: DataManifest,
  { data }: Lineage,
): Promise<boolean> {
  const tracked = (all: readonly Pick<SourceFile, "path" | "blob">[]) =>
    all.flatMap(({ path, blob }) => (blob === null ? [] : [`${blob} ${path}`])).sort();
  for (const { own, files } of parts(manifest, data)) {
    // Git's files need no other place to answer.
    const here = await sources.list(repository, withSources(own, isInRepository), { workTree: false });
    if (tracked(here.files).join("\n") !== tracked(files).join("\n")) return false;
    if (!(await nameTheSame(sources, repository, here.files, files))) return false;
  }
  return true;
}

/** Whether the rows of the data files name the files of then: their bytes are read where they are not known. */
async function nameTheSame(
  sources: Sources,
  repository: Repository,
  here: readonly SourceFile[],
  built: readonly LineageFile[],
): Promise<boolean> {
  const wanted = new Map(built.flatMap(({ path, sha256, named }) => (named === undefined ? [] : [[path, sha256]])));
  for (const file of here) {
    const sha256 = wanted.get(file.path);
    if (sha256 === undefined) continue;
    const known = await sources.knownDigest(repository, file);
    if ((known ?? (await sources.fetch(repository, file)).sha256) !== sha256) return false;
  }
  return true;
}

/** The model's own rows and each further table, with the manifest that lists it and the files that it had. */
function parts(manifest: DataManifest, data: Lineage["data"]) {
  const all = [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))];
  return all.map((own) => ({ own, files: filesOf(data, own) }));
}

/** What keeps the data of a version from being read once more, a sentence for each file. */
export async function missingData(
  ports: Pick<Ports, "out" | "sources">,
  repository: Repository,
  manifest: DataManifest,
  { data }: Lineage,
): Promise<readonly Hindrance[]> {
  const problems: Hindrance[] = [];
  for (const { own, files } of parts(manifest, data)) {
    const listing = await ports.sources.list(repository, own, { workTree: false });
    const here = new Map(listing.files.map((file) => [file.path, file]));
    for (const wanted of files) {
      const problem = await problemOf(ports, repository, wanted, here.get(wanted.path));
      if (problem !== null) problems.push({ ...problem, path: wanted.path, sha256: wanted.sha256 });
    }
  }
  return problems;
}

async function problemOf(
  ports: Pick<Ports, "out" | "sources">,
  repository: Repository,
  wanted: LineageFile,
  source: SourceFile | undefined,
): Promise<Pick<Hindrance, "kind" | "message"> | null> {
  const file = `The data file ${quoted(wanted.path)}`;
  const object = `sha256 ${wanted.sha256}, ${wanted.bytes} bytes`;
  if (source === undefined) {
    const where =
      wanted.version === undefined
        ? "git does not track it, so it has to be restored in its place."
        : "it is no longer available there.";
    return { kind: "data-missing", message: `${file} is not here any more (${object}): ${where}` };
  }
  try {
    const [found] = await digestFiles(ports, repository, [source]);
    if (found!.sha256 === wanted.sha256) return null;
    const message = `${file} has other bytes than the version was made from: sha256 ${found!.sha256}, not ${wanted.sha256}.`;
    return { kind: "data-changed", message };
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    const blob = wanted.blob === null ? "" : `, git blob ${wanted.blob}`;
    return {
      kind: "data-missing",
      message: `${file} is not available (${object}${blob}): ${error.message} ${error.hint}`,
    };
  }
}
