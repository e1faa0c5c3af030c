import type { LineageFile } from "@refit/core/history";
import type { DataFiles, SnapshotFile } from "../products/snapshot.ts";
import { builtFiles } from "./built-files.ts";
import { SourceAlteredError, SourceVanishedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { FetchedData, FetchedFile, SourceFile } from "../ports/sources.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 as digest } from "../sha256.ts";

/** Names the bytes of every file; only a file whose identity is new is read. */
export async function digestFiles(
  ports: Pick<Ports, "sources" | "out">,
  repository: Repository,
  sources: readonly SourceFile[],
): Promise<SnapshotFile[]> {
  const digestOf = async (source: SourceFile, known: string | null): Promise<SnapshotFile> => {
    if (known !== null) return { source, sha256: known };
    const { sha256, localPath: _, ...fetched } = await ports.sources.fetch(repository, source);
    return { source: fetched, sha256 };
  };
  const files: SnapshotFile[] = [];
  for (const batch of batchesOf(sources, ({ version }) => version !== undefined)) {
    const known = await Promise.all(batch.map((source) => ports.sources.knownDigest(repository, source)));
    if (known.includes(null)) ports.out.progress("Hashing files", files.length / sources.length);
    files.push(...(await allOf(batch.map((source, i) => digestOf(source, known[i]!)))));
  }
  return files;
}

/** Remote files at a time: each waits for its server more than for this machine. */
const atOnce = 8;

/** Neighbours that may be worked on at the same time; others are by themselves. */
function batchesOf<T>(all: readonly T[], mayWait: (each: T) => boolean): T[][] {
  const batches: T[][] = [];
  for (const each of all) {
    const last = batches.at(-1);
    if (last !== undefined && last.length < atOnce && mayWait(last[0]!) && mayWait(each)) last.push(each);
    else batches.push([each]);
  }
  return batches;
}

/** All results, once each has ended: what is still on its way when one fails is not left alone. @throws the first failure */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** A file that git, or its remote place, calls the same as one that the champion was built from has its digest in the lineage. */
export async function identify(
  ports: Pick<Ports, "sources" | "out">,
  repository: Repository,
  files: readonly LineageFile[],
  sources: readonly SourceFile[],
): Promise<SnapshotFile[]> {
  const built = builtFiles(files);
  const known = new Map<SourceFile, SnapshotFile>();
  for (const source of sources) {
    const file = built(source);
    if (file === null) continue;
    const { bytes, version } = file;
    const here = version === undefined ? source : { ...source, bytes, version };
    known.set(source, { source: here, sha256: file.sha256 });
  }
  const others = sources.filter((source) => !known.has(source));
  const digested = await digestFiles(ports, repository, others);
  for (const [i, source] of others.entries()) known.set(source, digested[i]!);
  return sources.map((source) => known.get(source)!);
}

/** Brings the files here that are opened together. @throws as `fetchFiles` does */
export async function fetchData(
  ports: Pick<Ports, "sources">,
  repository: Repository,
  { sources, tables }: DataFiles,
): Promise<FetchedData> {
  const files = await fetchFiles(ports, repository, sources);
  const further = new Map<string, FetchedFile[]>();
  for (const [name, each] of tables) further.set(name, await fetchFiles(ports, repository, each));
  return { files, tables: further };
}

/**
 * Brings the bytes of a snapshot's files here.
 *
 * @throws SourceVanishedError for a file that is gone or no longer has the bytes that were checked, SourceAlteredError for
 * a remote one whose version says that it has.
 */
export async function fetchFiles(
  ports: Pick<Ports, "sources">,
  repository: Repository,
  files: readonly SnapshotFile[],
): Promise<FetchedFile[]> {
  const fetchOne = async ({ source, sha256, only, from }: SnapshotFile): Promise<FetchedFile> => {
    const file = await ports.sources.fetch(repository, source);
    if (file.sha256 !== sha256) throw changed(source, sha256, file.sha256);
    return only === undefined ? file : { ...file, only, ...(from !== undefined && { from }) };
  };
  const fetched: FetchedFile[] = [];
  for (const batch of batchesOf(files, ({ source }) => source.version !== undefined))
    fetched.push(...(await allOf(batch.map(fetchOne))));
  return fetched;
}

function changed(source: SourceFile, was: string, is: string): Error {
  if (source.version === undefined) return new SourceVanishedError(source.path);
  return new SourceAlteredError(source.path, `its sha256 is ${is}, and was ${was} under the same name`);
}

/** Names the rows that are meant: the file's digest, or one of it and of which rows. */
export function contentOf({ sha256, only }: SnapshotFile): string {
  return only === undefined ? sha256 : digest(JSON.stringify([sha256, only]));
}
