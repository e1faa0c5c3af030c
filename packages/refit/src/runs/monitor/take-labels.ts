import { createHmac } from "node:crypto";
import path from "node:path";
import type { Finding } from "@refit/core/data";
import { ColumnMissingError, TimeTypeError } from "@refit/core/errors";
import type { DataManifest, LabelsSpec, ModelSpec } from "@refit/core/spec";
import { fetchTables } from "../../data/fetch-tables.ts";
import { digestFiles, fetchData } from "../../data/snapshot-files.ts";
import { withTable } from "../../data/source-table.ts";
import type { Ports } from "../../ports/index.ts";
import type { LabelTable, OpenedLog } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";
import type { SnapshotFile } from "../../products/snapshot.ts";
import { sha256 } from "../../sha256.ts";
import type { KnownLog, TakenFile } from "./known-log.ts";

type LabelPorts = Pick<Ports, "files" | "sources" | "scratch" | "tables" | "out">;

/** Where labels are, and how they are read. */
export interface LabelSource {
  readonly spec: Pick<ModelSpec, "key" | "target">;
  readonly labels: LabelsSpec;
  readonly manifest: DataManifest;
  /** With which keys are hashed; `null`: not known. */
  readonly salt: string | null;
  /** Whether files come from the work tree. */
  readonly workTree: boolean;
}

/** Where labels go that were read, and what was read before. */
export interface LabelPlace {
  /** What is written there lies beside the log, where keys may lie. */
  readonly folder: string;
  readonly known: KnownLog["labels"];
  open(): Promise<OpenedLog>;
}

export interface TakenLabels {
  readonly files: readonly TakenFile[];
  readonly by: string;
  /** Absolute paths of all. */
  readonly paths: readonly string[];
  /** Of those that were not there before; `null`: what was there before is gone, or was read otherwise. */
  readonly fresh: readonly string[] | null;
  readonly findings: readonly Finding[];
  /** The data have errors: what labels say is not known. */
  readonly isRefused: boolean;
}

export const noLabels: TakenLabels = { files: [], by: "", paths: [], fresh: [], findings: [], isRefused: false };

/** More files than this take longer to open than to make one of them. */
const mostFiles = 32;

/**
 * Reads labels as any other data, with the schema and `prepare` of their manifest: files that are new, where each can be read by itself.
 *
 * @throws ColumnMissingError, TimeTypeError, PrepareInvalidError
 */
export async function takeLabels(
  ports: LabelPorts,
  repository: Repository,
  source: LabelSource,
  place: LabelPlace,
): Promise<TakenLabels> {
  const { manifest, workTree } = source;
  const listing = await ports.sources.list(repository, manifest, { workTree });
  for (const notice of listing.notices) ports.out.notice(notice);
  const sources = await digestFiles(ports, repository, listing.files);
  const tables = await fetchTables(ports, repository, manifest);
  const others = [...tables.values()].flatMap((files) => files.map((file) => file.sha256));
  const by = nameOf(source, others);
  const kept = await keptFiles(ports, source, place, { by, digests: new Set(sources.map((file) => file.sha256)) });
  const covered = new Set(kept.flatMap(({ of }) => of));
  const missing = sources.filter((file) => !covered.has(file.sha256));
  const whole = place.known.by === by && kept.length === place.known.files.length;
  const taken = missing.length === 0 ? null : await read(ports, repository, source, { by, missing, place });
  const files = [...kept, ...(taken?.file === undefined ? [] : [taken.file])];
  const pathOf = ({ name }: TakenFile) => path.join(place.folder, name);
  return {
    files,
    by,
    paths: files.map(pathOf),
    fresh: whole ? (taken?.file === undefined ? [] : [pathOf(taken.file)]) : null,
    findings: [...listing.findings, ...(taken?.findings ?? [])],
    isRefused: taken !== null && taken.file === undefined,
  };
}

/** Names the settings by which labels are read. What tells of the salt is too short to find it by. */
function nameOf({ spec, labels, manifest, salt }: LabelSource, tables: readonly string[]): string {
  const { schema, prepare, views, viewTexts } = manifest;
  const mark = salt === null ? null : createHmac("sha256", salt).update("labels").digest("hex").slice(0, 6);
  const settings = [labels, spec.key, spec.target, schema, prepare, views, viewTexts, manifest.tables, tables, mark];
  return sha256(JSON.stringify(settings)).slice(0, 32);
}

/** Those of the files that were read before which are as they were, and are about data that are still there. */
async function keptFiles(
  { files }: Pick<Ports, "files">,
  { manifest }: LabelSource,
  { folder, known }: LabelPlace,
  { by, digests }: { readonly by: string; readonly digests: ReadonlySet<string> },
): Promise<readonly TakenFile[]> {
  if (known.by !== by || known.files.length >= mostFiles) return [];
  // A query may look from a row at rows of other files.
  const isAlone = manifest.prepare !== undefined;
  const kept: TakenFile[] = [];
  for (const file of known.files) {
    const isCurrent = file.of.every((digest) => digests.has(digest)) && (!isAlone || file.of.length === digests.size);
    const bytes = isCurrent ? await files.read(path.join(folder, file.name)).catch(() => null) : null;
    if (bytes !== null && sha256(bytes) === file.sha256) kept.push(file);
  }
  return kept;
}

interface LabelsToRead {
  readonly by: string;
  readonly missing: readonly SnapshotFile[];
  readonly place: LabelPlace;
}

/** @returns without a file where the data have errors. */
async function read(
  ports: LabelPorts,
  repository: Repository,
  source: LabelSource,
  { by, missing, place }: LabelsToRead,
): Promise<{ readonly findings: readonly Finding[]; readonly file?: TakenFile }> {
  const { manifest, labels } = source;
  const { files } = await fetchData(ports, repository, { sources: missing, tables: new Map() });
  const tables = await fetchTables(ports, repository, manifest);
  const request = { dataset: labels.data, files, tables, manifest, knownTypes: [], toPrepare: true };
  return withTable(ports, repository, request, async (table) => {
    const { findings } = table;
    if (findings.some(({ severity }) => severity === "error")) return { findings };
    const { about, target, time } = columnsOf(source);
    const key = "id" in about ? [about.id] : about.key;
    const sql = manifest.prepare ?? null;
    const prepared = await table.prepare({ sql, target, time, key }).catch(inLabels("id" in about));
    const type = prepared.columns.find(({ name }) => name === time)!.type;
    if (type !== "date" && type !== "datetime") throw new TimeTypeError(time, type);
    const localPath = await prepared.write([...new Set([...key, target, time])]);
    const of = missing.map((file) => file.sha256).sort();
    const name = `labels-${sha256(JSON.stringify([by, of])).slice(0, 16)}.parquet`;
    const written = path.join(place.folder, name);
    await (await place.open()).takeLabels({ localPath, target, time, about }, written);
    return { findings, file: { name, of, sha256: sha256((await ports.files.read(written))!) } };
  });
}

/** A column that is missing among the labels is one that `labels` names. */
const inLabels =
  (byId: boolean) =>
  (error: unknown): never => {
    if (!(error instanceof ColumnMissingError)) throw error;
    const role = error.role === "key" && byId ? "id" : error.role;
    throw new ColumnMissingError(`labels.${role}`, error.column, error.known);
  };

function columnsOf({ spec, labels, salt }: LabelSource): Omit<LabelTable, "localPath"> {
  const about = labels.id === undefined ? { key: [spec.key ?? []].flat(), salt } : { id: labels.id };
  return { target: labels.target ?? spec.target, time: labels.time, about };
}
