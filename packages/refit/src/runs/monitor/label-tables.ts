import type { Finding } from "@refit/core/data";
import { ColumnMissingError, TimeTypeError } from "@refit/core/errors";
import type { DataManifest, LabelsSpec, ModelSpec } from "@refit/core/spec";
import { withTable } from "../../data/source-table.ts";
import { digestFiles, fetchData } from "../../data/snapshot-files.ts";
import { fetchTables } from "../../data/fetch-tables.ts";
import type { Ports } from "../../ports/index.ts";
import type { LabelTable } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";

type LabelPorts = Pick<Ports, "sources" | "scratch" | "tables" | "out">;

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

export interface ReadLabels {
  readonly findings: readonly Finding[];
  /** Labels that `use` was not given, since their data have errors. */
  readonly isRefused: boolean;
}

/**
 * Reads labels as any other data: with the schema and `prepare` of their manifest.
 *
 * @param use gets none where the data have errors; what it gets goes when it has ended.
 * @throws ColumnMissingError, TimeTypeError, PrepareInvalidError
 */
export async function withLabels<T>(
  ports: LabelPorts,
  repository: Repository,
  source: LabelSource,
  use: (labels: readonly LabelTable[], read: ReadLabels) => Promise<T>,
): Promise<T> {
  const { manifest, labels, workTree } = source;
  const listing = await ports.sources.list(repository, manifest, { workTree });
  for (const notice of listing.notices) ports.out.notice(notice);
  if (listing.files.length === 0) return use([], { findings: listing.findings, isRefused: false });
  const sources = await digestFiles(ports, repository, listing.files);
  const { files } = await fetchData(ports, repository, { sources, tables: new Map() });
  const tables = await fetchTables(ports, repository, manifest);
  const request = { dataset: labels.data, files, tables, manifest, knownTypes: [], toPrepare: true };
  return withTable(ports, repository, request, async (table) => {
    const findings = [...listing.findings, ...table.findings];
    if (table.findings.some(({ severity }) => severity === "error")) return use([], { findings, isRefused: true });
    const { about, target, time } = columnsOf(source);
    const key = "id" in about ? [about.id] : about.key;
    const prepared = await table
      .prepare({ sql: manifest.prepare ?? null, target, time, key })
      .catch(inLabels("id" in about));
    const type = prepared.columns.find(({ name }) => name === time)!.type;
    if (type !== "date" && type !== "datetime") throw new TimeTypeError(time, type);
    const localPath = await prepared.write([...new Set([...key, target, time])]);
    return use([{ localPath, target, time, about }], { findings, isRefused: false });
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
