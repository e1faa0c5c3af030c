import path from "node:path";
import { finding, type Finding } from "@refit/core/data";
import { SourceVanishedError } from "@refit/core/errors";
import { asOwnRows, type DataManifest } from "@refit/core/spec";
import type { ArrivalTime, ArrivedFile } from "../../ports/arrivals.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { FetchedData, FetchedFile, SourceFile, Sources } from "../../ports/sources.ts";
import { blobId, sha256 } from "../../sha256.ts";

/** A data file of today, and when each of its rows came; `null`: they were always known. */
interface HistoricFile {
  readonly file: FetchedFile;
  /** Paths of the manifest's entries that list it. */
  readonly sources: ReadonlySet<string>;
  readonly rows: ArrivedFile | null;
}

/** All data files of today, and when each of their rows came. */
export interface History {
  readonly files: readonly HistoricFile[];
  /** Of the further tables, by name. */
  readonly tables: ReadonlyMap<string, readonly HistoricFile[]>;
  /** Of all rows of the model, ascending, epoch milliseconds. */
  readonly times: Float64Array;
}

type ArrivalPorts = Pick<Ports, "arrivals" | "sources">;

/** @throws BacktestTimeError */
export async function readArrivals(
  ports: ArrivalPorts,
  repository: Repository,
  manifest: DataManifest,
  where: ArrivalTime,
): Promise<History> {
  const files = await filesOf(ports, repository, manifest, where);
  const tables = new Map<string, readonly HistoricFile[]>();
  for (const table of manifest.tables ?? []) {
    const { availableAt } = table;
    const known = availableAt === undefined ? null : { ...where, time: availableAt };
    tables.set(table.name, await filesOf(ports, repository, asOwnRows(table, manifest), known));
  }
  const times = Float64Array.from(files.flatMap(({ rows }) => [...(rows?.times ?? [])])).sort();
  return { files, tables, times };
}

/** @param where `null`: rows were always known. */
async function filesOf(
  ports: ArrivalPorts,
  repository: Repository,
  manifest: DataManifest,
  where: ArrivalTime | null,
): Promise<readonly HistoricFile[]> {
  const listing = await ports.sources.list(repository, manifest, { workTree: false });
  const sources = await sourcesByFile(ports, repository, manifest);
  const files: HistoricFile[] = [];
  for (const source of listing.files) {
    const file = await ports.sources.fetch(repository, source);
    const rows = where && (await ports.arrivals.open(file, manifest, where));
    files.push({ file, rows, sources: sources.get(file.path)! });
  }
  return files;
}

/** Which entries list each file, by its path: the name of a table or of a pointer says nothing of the files behind it. */
async function sourcesByFile({ sources }: ArrivalPorts, repository: Repository, manifest: DataManifest) {
  const byFile = new Map<string, Set<string>>();
  for (const source of manifest.sources) {
    const { files } = await sources.list(repository, { ...manifest, sources: [source] }, { workTree: false });
    for (const file of files) byFile.set(file.path, (byFile.get(file.path) ?? new Set()).add(source.path));
  }
  return byFile;
}

/** Data files as they were at an instant. */
export interface ArrivedFiles {
  readonly files: readonly FetchedFile[];
  readonly findings: readonly Finding[];
}

export interface ArrivedData extends ArrivedFiles {
  /** Of the further tables, by name. */
  readonly tables: ReadonlyMap<string, ArrivedFiles>;
}

/** Epoch milliseconds. The label of a row may be known later than what tells of it. */
export interface ArrivedUntil {
  readonly rows: number;
  /** Rows of further tables. */
  readonly tables: number;
}

/** Files, and what is written of them. */
interface ArrivalPlace {
  readonly manifest: DataManifest;
  readonly folder: string;
}

/** Writes what had come until then below a folder; a file that is whole stays where it is. */
export async function dataUntil(
  ports: Pick<Ports, "files">,
  history: History,
  place: ArrivalPlace,
  instant: ArrivedUntil,
): Promise<ArrivedData> {
  const tables = new Map<string, ArrivedFiles>();
  for (const table of place.manifest.tables ?? []) {
    const ofTable = { ...place, manifest: asOwnRows(table, place.manifest) };
    tables.set(table.name, await filesUntil(ports, history.tables.get(table.name) ?? [], ofTable, instant.tables));
  }
  return { ...(await filesUntil(ports, history.files, place, instant.rows)), tables };
}

/** All tables of the data, as they are opened together. */
export function fetchedTables({ tables }: ArrivedData): FetchedData["tables"] {
  return new Map([...tables].map(([name, { files }]) => [name, files]));
}

async function filesUntil(
  ports: Pick<Ports, "files">,
  files: readonly HistoricFile[],
  { manifest, folder }: ArrivalPlace,
  instant: number,
): Promise<ArrivedFiles> {
  const arrived: FetchedFile[] = [];
  const present = new Set<string>();
  for (const { file, rows, sources } of files) {
    const bytes = rows && (await rows.until(instant, folder));
    if (rows !== null && bytes === null) continue;
    for (const source of sources) present.add(source);
    if (bytes === null) {
      arrived.push(file);
      continue;
    }
    const digest = sha256(bytes);
    if (digest === (file.named?.own ?? file.sha256)) {
      arrived.push(file);
      continue;
    }
    const localPath = path.join(folder, `${digest}${path.extname(file.path)}`);
    if ((await ports.files.list(folder)).every((entry) => entry.path !== path.basename(localPath)))
      await ports.files.write(localPath, bytes, { lasting: false });
    arrived.push({ ...file, ...cutOf(file, digest, bytes), localPath });
  }
  const missing = manifest.sources.filter((source) => !present.has(source.path));
  return {
    files: arrived,
    findings: missing.map((source) => finding("no-files", {}, `No file matches ${JSON.stringify(source.path)} yet.`)),
  };
}

/** What some of the rows of a file are known by. @param digest of their bytes */
function cutOf(
  { blob: whole, named }: FetchedFile,
  digest: string,
  bytes: Uint8Array,
): Pick<FetchedFile, "blob" | "bytes" | "identity" | "named" | "sha256"> {
  const size = bytes.byteLength;
  if (named !== undefined) {
    // What rows name is today's in each night, so that two cuts of one file differ where their own bytes do. Git has none of them: what
    // compares rows with those of an earlier night then goes by the digests that it kept.
    const both = sha256(`${digest} ${named.sha256}\n`);
    return { bytes: size, sha256: both, blob: null, identity: both, named: { ...named, sha256: both, own: digest } };
  }
  const blob = whole && blobId(bytes, whole);
  return { bytes: size, sha256: digest, blob, identity: blob ?? digest };
}

/** Data files that are there already, as a source of a repository that does not hold them. */
export function arrivedSources(schemes: readonly string[], { tables, ...own }: ArrivedData): Sources {
  // A file may be listed for the model and for a table, with other rows that have come.
  const nameOf = ({ path: name, identity }: SourceFile) => JSON.stringify([name, identity]);
  const all = [own, ...tables.values()].flatMap(({ files }) => files);
  const byName = new Map(all.map((file) => [nameOf(file), file]));
  return {
    schemes,
    async list(_, { ofTable }) {
      const { files, findings } = (ofTable === undefined ? own : tables.get(ofTable)) ?? { files: [], findings: [] };
      return { files, findings, notices: [] };
    },
    knownDigest: async (_, file) => byName.get(nameOf(file))?.sha256 ?? null,
    watched: async () => [],
    earlier: async () => null,
    async fetch(_, file) {
      const arrived = byName.get(nameOf(file));
      if (arrived === undefined) throw new SourceVanishedError(file.path);
      return arrived;
    },
  };
}
