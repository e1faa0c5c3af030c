import { posix } from "node:path";
import { type FileColumnRule, filePlace, schemeOf } from "@refit/core/spec";
import type {
  FetchedFile,
  NamingColumn,
  NamedFacts,
  RowFile,
  NamingProblem,
  SourceFile,
} from "../../../../ports/sources.ts";
import type { Repository } from "../../../../ports/repository.ts";
import { sha256 } from "../../../../sha256.ts";
import type { GitProcess } from "../../../git/git-process.ts";
import type { KnownDigest } from "../../digest-cache.ts";
import type { BesideFiles } from "../../source-kind.ts";
import { keepNames, recallNames, statesBefore } from "./earlier-names.ts";
import { commonFolder, nameLookup, placedLookup, type FoundName, type NameLookup } from "./look-up.ts";
import { namedFile, nameDigests } from "./name-digests.ts";
import type { PathTexts } from "./plain-texts.ts";

/** Finds the files that the rows of data files name. Files are data files with what `names` says of them. */
export interface NameResolver {
  /** What is known without reading a file; `null`: some of them have not been hashed on this machine. */
  known(repository: Repository, file: SourceFile, own: string, texts: PathTexts): Promise<NamedFacts | null>;
  /** @param file with the digest of its own bytes. @returns it with the digest of all of them. */
  name(repository: Repository, file: FetchedFile, texts: PathTexts): Promise<FetchedFile>;
  /** Whoever asks next sees what has changed. */
  forget(): void;
}

export function nameResolver(git: GitProcess, remote: BesideFiles): NameResolver {
  const digests = nameDigests(git);
  const lookups = new Map<string, Promise<NameLookup>>();

  const resolve = (repository: Repository, file: SourceFile, texts: PathTexts) =>
    resolveTexts({ git, remote, lookups }, repository, file, texts);

  const nameNow = async (repository: Repository, file: FetchedFile, texts: PathTexts): Promise<FetchedFile> => {
    const resolved = await resolve(repository, file, texts);
    const made = await digests.all(filesAmong(resolved), repository);
    const named = factsOf(file.sha256, resolved, made);
    const bring = (found: FoundName, known: KnownDigest) => namedFile(git, repository, found, known);
    const files = filesOf(resolved, made, bring);
    return { ...file, sha256: named.sha256, named, namedFiles: columnsOf(file, resolved.places, files) };
  };

  /** What they named in an earlier state; `null`: nobody can tell any more. */
  const nameThen = async (
    repository: Repository,
    file: FetchedFile,
    texts: PathTexts,
    was: string,
  ): Promise<FetchedFile | null> => {
    const kept = await recallNames(repository, was);
    const places = allPlaces(file, texts);
    const paths = pathsAmong(places);
    if (kept !== null && paths.every((name) => kept.has(name))) {
      const bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0);
      const named = { sha256: was, own: file.sha256, files: kept.size, bytes };
      return { ...file, sha256: was, named, namedFiles: columnsOf(file, places, kept) };
    }
    const states = await earlierStates(git, repository, file, paths);
    for (const baseCommit of [repository.baseCommit, ...states]) {
      const there = await nameNow({ ...repository, baseCommit }, file, texts);
      if (there.sha256 === was) return there;
    }
    return null;
  };

  return {
    async known(repository, file, own, texts) {
      const resolved = await resolve(repository, file, texts);
      const known = await digests.known(filesAmong(resolved), repository);
      return known && factsOf(own, resolved, known);
    },
    async name(repository, file, texts) {
      const was = file.names?.was;
      const then = was === undefined ? null : await nameThen(repository, file, texts, was);
      if (then !== null) return then;
      const now = await nameNow(repository, file, texts);
      if (was === undefined) await keepNames(repository, now.sha256, filesIn(now));
      return now;
    },
    forget: () => lookups.clear(),
  };
}

/** Where texts lead, and what is there: asks git and the place of the data file, and reads no file. */
async function resolveTexts(
  tools: LookupTools,
  repository: Repository,
  file: SourceFile,
  texts: PathTexts,
): Promise<Resolved> {
  const places = allPlaces(file, texts);
  const isPlaced = file.names!.columns.map(({ folder }) => folder === null && isRemote(file));
  const found = new Map<string, FoundName | NamingProblem>();
  for (const there of [false, true]) {
    const names = pathsAmong(places.filter((_, i) => isPlaced[i] === there));
    if (names.length === 0) continue;
    const asked = { names, workTree: file.names!.workTree };
    const lookup = await (there ? placedLookupOf : lookupOf)(tools, repository, file, asked);
    for (const name of new Set(names)) found.set(name, await lookup.find(name));
  }
  return { places, found };
}

interface LookupTools {
  readonly git: GitProcess;
  readonly remote: BesideFiles;
  /** Of this listing, by what they were asked for. */
  readonly lookups: Map<string, Promise<NameLookup>>;
}

interface AskedNames {
  readonly names: readonly string[];
  readonly workTree: boolean;
}

/** Git is asked once for what several data files of one listing name. */
function lookupOf(
  { git, lookups }: LookupTools,
  repository: Repository,
  _: SourceFile,
  asked: AskedNames,
): Promise<NameLookup> {
  const { root, baseCommit } = repository;
  const folders = [...new Set(asked.names.map((name) => posix.dirname(name)))].sort();
  const key = JSON.stringify([root, baseCommit, asked.workTree, folders]);
  const lookup = lookups.get(key) ?? nameLookup(git, repository, asked);
  lookups.set(key, lookup);
  return lookup;
}

/** A place is asked once for what lies beside several data files of one folder. */
function placedLookupOf(
  { remote, lookups }: LookupTools,
  repository: Repository,
  file: SourceFile,
  { workTree }: AskedNames,
): Promise<NameLookup> {
  const { root, baseCommit } = repository;
  const key = JSON.stringify([root, baseCommit, workTree, file.scheme, posix.dirname(file.path)]);
  const lookup = lookups.get(key) ?? remote.rowFiles(repository, file, { workTree }).then(placedLookup);
  lookups.set(key, lookup);
  return lookup;
}

const schemeOfFile = ({ scheme, path }: SourceFile) => scheme ?? schemeOf(path);
const isRemote = (file: SourceFile) => schemeOfFile(file) !== "";

/** Commits in which other files may have been named: pointers of DVC are in git, and a store has what it has now. */
async function earlierStates(
  git: GitProcess,
  repository: Repository,
  file: SourceFile,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (!isRemote(file)) return statesBefore(git, repository, commonFolder(paths));
  return schemeOfFile(file) === "dvc" ? statesBefore(git, repository, "") : [];
}

function filesIn({ namedFiles = [] }: FetchedFile): Set<RowFile> {
  const all = namedFiles.flatMap(({ files }) => [...files.values()]);
  return new Set(all.filter((each) => "sha256" in each));
}

type LedPlace = { readonly path: string } | NamingProblem;

/** Where the texts of each column lead, and what is there. */
interface Resolved {
  readonly places: readonly ReadonlyMap<string, LedPlace>[];
  readonly found: ReadonlyMap<string, FoundName | NamingProblem>;
}

function placesOf(column: FileColumnRule, file: SourceFile, texts: readonly string[]): ReadonlyMap<string, LedPlace> {
  const folder = column.folder ?? posix.dirname(file.path);
  const missing = new Set(column.missingValues);
  const lead = column.folder === null && isRemote(file) ? placeBeside : placeInRepository;
  return new Map(
    texts.filter((text) => !missing.has(text)).map((text): [string, LedPlace] => [text, lead(text, folder)]),
  );
}

function placeInRepository(text: string, folder: string): LedPlace {
  const place = filePlace(text, folder);
  return "path" in place ? place : { code: "file-path", words: place.problem };
}

/** In the folder of a remote data file or below it, as a path from there or as the address of the file. */
function placeBeside(text: string, folder: string): LedPlace {
  const own = text.startsWith(`${folder}/`) ? text.slice(folder.length + 1) : text;
  const place = filePlace(own, "");
  if ("path" in place) return { path: `${folder}/${place.path}` };
  const outside = /^leaves|^is an address/.test(place.problem);
  return { code: "file-path", words: outside ? "does not lie in the folder of its data file" : place.problem };
}

const filesAmong = ({ found }: Resolved) => [...found.values()].filter((each) => "identity" in each);

type Digests = ReadonlyMap<FoundName, KnownDigest | NamingProblem>;

/** sha256 over the data file's own, then over a line for each path, in order: the digest of what is there, or what is wrong. */
function factsOf(own: string, { places, found }: Resolved, digests: Digests): NamedFacts {
  const lines = new Set<string>();
  let bytes = 0;
  for (const [name, each] of found) {
    const known = "code" in each ? each : digests.get(each)!;
    lines.add(`${"code" in known ? known.code : known.sha256} ${name}`);
    if ("sha256" in known) bytes += known.bytes;
  }
  for (const each of places)
    for (const [text, place] of each) if ("code" in place) lines.add(`${place.code} ${JSON.stringify(text)}`);
  const sorted = [...lines].sort();
  return { sha256: sha256(`${[own, ...sorted].join("\n")}\n`), own, files: found.size, bytes };
}

function filesOf(
  { found }: Resolved,
  digests: Digests,
  bring: (found: FoundName, known: KnownDigest) => RowFile,
): Map<string, RowFile | NamingProblem> {
  const files = new Map<string, RowFile | NamingProblem>();
  for (const [name, each] of found) {
    const known = "code" in each ? each : digests.get(each)!;
    files.set(name, "code" in each || "code" in known ? (known as NamingProblem) : bring(each, known));
  }
  return files;
}

function columnsOf(
  { names }: SourceFile,
  places: readonly ReadonlyMap<string, LedPlace>[],
  files: ReadonlyMap<string, RowFile | NamingProblem>,
): readonly NamingColumn[] {
  return names!.columns.map(({ name }, i): NamingColumn => {
    const led = [...places[i]!].map(
      ([text, place]) => [text, "code" in place ? place : files.get(place.path)!] as const,
    );
    return { name, files: new Map(led) };
  });
}

function allPlaces(file: SourceFile, texts: PathTexts): ReadonlyMap<string, LedPlace>[] {
  return file.names!.columns.map((column, i) => placesOf(column, file, texts[i] ?? []));
}

function pathsAmong(places: readonly ReadonlyMap<string, LedPlace>[]): string[] {
  return places.flatMap((each) => [...each.values()].flatMap((place) => ("path" in place ? [place.path] : [])));
}
