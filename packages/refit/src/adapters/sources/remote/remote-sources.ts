import path from "node:path";
import { finding, type Finding } from "@refit/core/data";
import { quoted, SourceAlteredError, SourceVanishedError } from "@refit/core/errors";
import { remoteKey, type RemoteVersion } from "@refit/core/history";
import { fileColumnsOf, sourceFormat } from "@refit/core/spec";
import type { Repository } from "../../../ports/repository.ts";
import type { FetchedFile, SourceFile } from "../../../ports/sources.ts";
import { sha256 as sha256Of } from "../../../sha256.ts";
import { contentFolder } from "../content-folder.ts";
import { type DigestCache, digestCache } from "../digest-cache.ts";
import type { PlacedFile, SourceReader } from "../source-kind.ts";
import { type ContentStore, contentStore } from "./content-store.ts";
import { download, type Downloaded } from "./download.ts";
import type { SourcePatience } from "./patience.ts";
import type { ListedAt, RemoteFile, RemotePlace, RemoteSource, WantedFile } from "./remote-place.ts";

interface Kept {
  readonly digests: DigestCache;
  readonly store: ContentStore;
  /** What listings are read from: small, and no lineage names it. */
  readonly lists: ContentStore;
}

/** What the manifest says of how a file may be fetched. */
interface Terms {
  readonly source: RemoteSource;
  readonly mostMiB: number;
}

/** One kind of place, and what this process knows of it. */
interface PlaceState {
  readonly scheme: string;
  readonly place: RemotePlace;
  readonly patience: SourcePatience;
  /** By git common directory. */
  readonly kept: Map<string, Kept>;
  readonly listings: Map<string, Promise<readonly RemoteFile[]>>;
  /** By path. */
  readonly terms: Map<string, Terms>;
}

/**
 * Files of remote places. A listing is asked for once in a process, so that all of a run speaks of the same one; bytes are
 * fetched into the content store, once for each version.
 */
export function remoteSources(scheme: string, place: RemotePlace, patience: SourcePatience): SourceReader {
  const state: PlaceState = { scheme, place, patience, kept: new Map(), listings: new Map(), terms: new Map() };
  return {
    async list(repository, manifest, { workTree }) {
      const files = new Map<string, SourceFile>();
      const findings: Finding[] = [];
      const notices = new Set<string>();
      for (const source of manifest.sources) {
        const terms = { source, mostMiB: manifest.limits.downloadMiB ?? usualMiB };
        const at = {
          repository,
          workTree,
          bring: (file: WantedFile) => bringListing(state, repository, file, terms),
        };
        const listed = await listOne(state, at, terms);
        for (const file of listed.files) if (!files.has(file.path)) files.set(file.path, file);
        const unread = fileColumnsOf(manifest).length > 0 ? [] : listed.unread;
        for (const notice of [...unread, ...listed.notices, ...(place.notices?.(source) ?? [])]) notices.add(notice);
        if (listed.files.length === 0) findings.push(nothingThere(source));
      }
      const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
      return { files: sorted, findings, notices: [...notices] };
    },

    async knownDigest(repository, file) {
      const { sha256 } = file.version ?? {};
      return sha256 ?? (await keptIn(state, repository).digests.get(file.identity))?.sha256 ?? null;
    },

    watched: async () => null,

    async earlier(repository, { sources, limits }, { path: name, bytes, version }, { ifKept } = { ifKept: false }) {
      const source = sources.find((entry) => place.names?.(entry, name) === true);
      const format = sourceFormat(name);
      if (source === undefined || format === null) return null;
      const identity = identityOf(scheme, { path: name, bytes, version });
      const mayBeThere = !ifKept && place.keeps?.({ version }) === true;
      if (!mayBeThere && !(await isHere(state, repository, identity))) return null;
      state.terms.set(name, { source, mostMiB: limits.downloadMiB ?? usualMiB });
      return {
        path: name,
        format: format.format,
        delimiter: source.delimiter ?? format.delimiter,
        bytes,
        blob: null,
        identity,
        version,
        scheme,
      };
    },
    fetch: (repository, file) => fetchFile(state, repository, file),
    rowFiles: (repository, file, options) => filesBeside(state, repository, file, options),
  };
}

async function filesBeside(
  state: PlaceState,
  repository: Repository,
  { path: dataFile }: SourceFile,
  { workTree }: { readonly workTree: boolean },
): Promise<ReadonlyMap<string, PlacedFile>> {
  const terms = state.terms.get(dataFile);
  const files = new Map<string, PlacedFile>();
  if (terms === undefined) return files;
  for (const source of state.place.beside?.(terms.source, dataFile) ?? []) {
    const beside = { ...terms, source };
    const bringList = (file: WantedFile) => bringListing(state, repository, file, beside);
    for (const found of await listOnce(state, { repository, workTree, bring: bringList }, source)) {
      const { path: name, bytes, version } = found;
      if (version === null || files.has(name)) continue;
      const identity = identityOf(state.scheme, { path: name, bytes: bytes ?? 0, version });
      const bringFile = async () => {
        state.terms.set(name, beside);
        return fetchFile(state, repository, { path: name, bytes: bytes ?? 0, version, identity });
      };
      files.set(name, { path: name, bytes, identity, bring: bringFile });
    }
  }
  return files;
}

function keptIn({ kept }: PlaceState, { commonDir }: Repository): Kept {
  const here = kept.get(commonDir) ?? {
    digests: digestCache(path.join(commonDir, "refit", "cache", "digests.txt")),
    store: contentStore(contentFolder(commonDir)),
    lists: contentStore(path.join(commonDir, "refit", "cache", "lists")),
  };
  kept.set(commonDir, here);
  return here;
}

async function listOne(state: PlaceState, at: ListedAt, terms: Terms) {
  const { source } = terms;
  const files: SourceFile[] = [];
  const unread: string[] = [];
  const notices: string[] = [];
  for (const found of await listOnce(state, at, source)) {
    const format = sourceFormat(found.path);
    if (format === null) {
      unread.push(`${quoted(found.path, 300)} is not read: ${notReadable}`);
      continue;
    }
    state.terms.set(found.path, terms);
    if (found.version === null) notices.push(`${quoted(found.path, 300)} ${untold}`);
    const { bytes, version } = await versioned(state, at.repository, found);
    const identity = identityOf(state.scheme, { path: found.path, bytes: bytes ?? 0, version });
    const before = await keptIn(state, at.repository).digests.get(identity);
    files.push({
      path: found.path,
      format: format.format,
      delimiter: source.delimiter ?? format.delimiter,
      bytes: bytes ?? before?.bytes ?? 0,
      blob: null,
      identity,
      version: withId(version, before?.versionId),
      scheme: state.scheme,
      ...(found.modifiedAt !== undefined && { modifiedAt: found.modifiedAt }),
    });
  }
  return { files, unread, notices };
}

function listOnce({ listings, place }: PlaceState, at: ListedAt, source: RemoteSource): Promise<readonly RemoteFile[]> {
  const { repository, workTree } = at;
  const key = JSON.stringify([repository.commonDir, repository.baseCommit, workTree, source]);
  const listing = listings.get(key) ?? place.list(source, at);
  listings.set(key, listing);
  listing.catch(() => listings.delete(key));
  return listing;
}

/** A file that nothing tells apart from what it was is fetched, and called by its digest. */
async function versioned(state: PlaceState, repository: Repository, { path: file, bytes, version }: RemoteFile) {
  if (version !== null) return { bytes, version };
  const brought = await bring(state, repository, { path: file, bytes, version }, sha256Of(file));
  return { bytes: brought.bytes, version: { sha256: brought.sha256 } };
}

/** What a listing is read from is named by its content, so that it is fetched once. */
async function bringListing(
  state: PlaceState,
  repository: Repository,
  file: WantedFile,
  terms: Terms,
): Promise<string> {
  const { digests, lists } = keptIn(state, repository);
  const identity = identityOf(state.scheme, { path: file.path, bytes: 0, version: file.version! });
  const before = await digests.get(identity);
  const here = before && (await lists.find(before.sha256));
  if (here !== null) return here;
  const { place, patience } = state;
  const { sha256, bytes, localPath } = await download(lists, patience, {
    place,
    file,
    name: sha256Of(identity),
    ...terms,
  });
  await digests.add(identity, { sha256, bytes });
  return localPath;
}

/** @param name of what is kept where it is interrupted. */
function bring(state: PlaceState, repository: Repository, file: WantedFile, name: string): Promise<Downloaded> {
  const { place, patience, terms } = state;
  return download(keptIn(state, repository).store, patience, { place, file, name, ...terms.get(file.path)! });
}

/** Whether this machine has kept the bytes of a version, so that its place need not have it any more. */
async function isHere(state: PlaceState, repository: Repository, identity: string): Promise<boolean> {
  const { digests, store } = keptIn(state, repository);
  const known = await digests.get(identity);
  return known !== null && (await store.find(known.sha256)) !== null;
}

/** What it takes to ask for a file. */
type FetchableFile = Pick<SourceFile, "path" | "bytes" | "identity" | "version">;

async function fetchFile<Listed extends FetchableFile>(
  state: PlaceState,
  repository: Repository,
  file: Listed,
): Promise<Listed & Pick<FetchedFile, "bytes" | "version" | "sha256" | "localPath">> {
  const { digests, store } = keptIn(state, repository);
  const told = file.version?.["sha256"];
  const before = told === undefined ? await digests.get(file.identity) : { sha256: told, bytes: file.bytes };
  const here = before && (await store.find(before.sha256));
  if (before !== null && here !== null) return { ...file, bytes: before.bytes, sha256: before.sha256, localPath: here };

  const wanted = { path: file.path, bytes: before?.bytes ?? sizeTold(file), version: file.version! };
  const { localPath, sha256, bytes, versionId } = await bring(state, repository, wanted, sha256Of(file.identity));
  if (before !== null && sha256 !== before.sha256) throw differs(file, before.sha256, sha256);
  await digests.add(file.identity, { sha256, bytes, versionId });
  return { ...file, bytes, version: withId(file.version!, versionId), sha256, localPath };
}

const usualMiB = 10_240;
const notReadable = "its name does not end in .csv, .tsv, .jsonl, .ndjson or .parquet.";
const untold =
  "is downloaded in every run: its server sends neither an ETag nor a time that says whether it has changed.";

/** Not every listing has sizes; they are known once a file was fetched. */
const sizeTold = ({ bytes }: FetchableFile) => (bytes === 0 ? null : bytes);

function identityOf(scheme: string, file: Parameters<typeof remoteKey>[0]): string {
  return `${scheme}:${sha256Of(remoteKey(file))}`;
}

function withId(version: RemoteVersion, versionId: string | undefined): RemoteVersion {
  return versionId === undefined ? version : { ...version, versionId };
}

function nothingThere({ path: source }: RemoteSource): Finding {
  return finding("no-files", {}, `There is nothing to read at ${quoted(source, 300)}.`);
}

function differs(file: FetchableFile, was: string, is: string): Error {
  // Its place calls nothing the same: it has moved on.
  if (file.version?.["sha256"] !== undefined)
    return new SourceVanishedError(file.path, { version: `the bytes with sha256 ${was}` });
  return new SourceAlteredError(file.path, `its sha256 is ${is}, and was ${was} under the same name`);
}
