import type { Finding } from "@refit/core/data";
import { logFindings, type DayFile } from "@refit/core/production";
import { specPath } from "@refit/core/history";
import { manifestPath, type DataLimits, type ModelSpec } from "@refit/core/spec";
import { appendLedger } from "../../ledger/ledger.ts";
import type { Ports } from "../../ports/index.ts";
import type { JoinedLog, LabelTable, OpenedLog } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";
import { readManifest, readSpecs } from "../../rooms/read.ts";
import { compactLog, placeFor } from "./compact-log.ts";
import { makeDays, storedDays } from "./day-files.ts";
import { withLabels, type ReadLabels } from "./label-tables.ts";
import { listLog, type ModelLog } from "./log-files.ts";
import { productionSettings } from "./production-settings.ts";

export type MonitorPorts = Parameters<typeof readSpecs>[0] &
  Pick<Ports, "ancestry" | "branches" | "clock" | "predictionLogs" | "scratch" | "tables">;

export interface MonitorRequest {
  readonly model: string;
  /** The folder that `refit serve --log` writes to, absolute; `null`: what the ledger has is shown. */
  readonly log: string | null;
  /** With which keys are hashed; `null`: not known. */
  readonly salt: string | null;
  /** Read the work tree, write nothing. */
  readonly dryRun: boolean;
}

/** What is known of a model in production, and what this run has found. */
export interface MonitoredModel {
  readonly model: string;
  readonly spec: ModelSpec;
  /** All days, oldest first. */
  readonly days: readonly DayFile[];
  readonly findings: readonly Finding[];
  /** Days whose file on the ledger this run has changed, or would change. */
  readonly changed: readonly string[];
  /** Files of the log that a server may still write to. */
  readonly openFiles: number;
}

/** More is never needed beside the rest of the process to stay below 2 GiB. */
const usualMiB = 1024;

/** Reads what is new in the log of a model and among its labels, and brings the days that it is about to the ledger. */
export async function monitorModel(
  ports: MonitorPorts,
  repository: Repository,
  request: MonitorRequest,
): Promise<MonitoredModel> {
  const { model, dryRun } = request;
  const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: dryRun });
  const log = request.log === null ? null : await listLog(ports, request.log, model, ports.clock.now());
  const read =
    log === null ? nothingRead : await readLog(ports, repository, { request, spec, log, limits: manifest.limits });
  const { days, changed } = await storedDays(ports, repository, model, read.parts);
  if (!dryRun && changed.size > 0)
    await appendLedger(ports, repository, { rows: [], files: changed, at: ports.clock.now() });
  return {
    model,
    spec,
    days,
    findings: read.findings,
    changed: [...changed.keys()].map((file) => file.slice(-"2026-01-01.json".length, -".json".length)),
    openFiles: log?.open ?? 0,
  };
}

interface ReadResult {
  readonly parts: Parameters<typeof storedDays>[3];
  readonly findings: readonly Finding[];
}
const nothingRead: ReadResult = { parts: new Map(), findings: [] };

interface LogToRead {
  readonly request: MonitorRequest;
  readonly spec: ModelSpec;
  readonly log: ModelLog;
  readonly limits: DataLimits;
}

async function readLog(ports: MonitorPorts, repository: Repository, read: LogToRead): Promise<ReadResult> {
  const { log, limits } = read;
  if (log.closed.length === 0 && log.days.length === 0) return nothingRead;
  const scratch = await ports.scratch.open(repository.commonDir);
  const opened = await ports.predictionLogs.open({
    scratch: scratch.path,
    limits: { ...limits, memoryMiB: limits.memoryMiB ?? usualMiB },
  });
  try {
    return await joinedParts(ports, repository, read, { opened, scratch: scratch.path });
  } finally {
    await opened.close();
    await scratch.remove();
  }
}

interface OpenPlaces {
  readonly opened: OpenedLog;
  readonly scratch: string;
}

async function joinedParts(
  ports: MonitorPorts,
  repository: Repository,
  { request, spec, log }: LogToRead,
  { opened, scratch }: OpenPlaces,
): Promise<ReadResult> {
  const { model, dryRun } = request;
  const folder = await placeFor(ports, log, { scratch, dryRun });
  const { days, fresh, lost } = await compactLog(ports, opened, { model, log, folder });
  const settings = await productionSettings(
    ports,
    repository,
    { name: model, spec },
    days.flatMap(({ versions }) => versions),
  );
  return labelled(ports, repository, { request, spec }, async (labels, { findings, isRefused }) => {
    // What labels with errors say is not known, so nothing that is known is replaced.
    if (isRefused) return { parts: new Map(), findings };
    const joined = await opened.join({ days, labels, versions: settings.versions });
    const made = await makeDays(ports, repository, { model, days, joined, settings, dryRun });
    const odd = days.filter(({ day }) => fresh.has(day)).map((one) => one.odd);
    return {
      parts: made.parts,
      findings: [...findings, ...logFindings(oddities({ odd, lost, joined, of: made.odd }))],
    };
  });
}

interface FoundOdd {
  readonly odd: readonly {
    readonly damaged: number;
    readonly newer: number;
    readonly foreign: number;
    readonly repeated: number;
  }[];
  readonly lost: number;
  readonly joined: JoinedLog;
  readonly of: Awaited<ReturnType<typeof makeDays>>["odd"];
}

function oddities({ odd, lost, joined: { counts }, of }: FoundOdd): Parameters<typeof logFindings>[0] {
  const sum = (name: keyof FoundOdd["odd"][number]) => odd.reduce((total, one) => total + one[name], 0);
  return {
    damagedLines: lost + sum("damaged"),
    newerLines: sum("newer"),
    foreignLines: sum("foreign"),
    repeatedIds: sum("repeated"),
    unknownVersions: of.unknownVersion,
    unfitAnswers: of.unfit,
    unknownClasses: of.unknownClass,
    duplicateLabels: counts.duplicates,
    conflictingLabels: counts.conflicts,
    unmatchedLabels: counts.unmatched,
    earlyLabels: counts.early,
  };
}

/** Calls `use` with the labels that model.yaml names; with none where it names none. */
async function labelled<T>(
  ports: MonitorPorts,
  repository: Repository,
  { request, spec }: Pick<LogToRead, "request" | "spec">,
  use: (labels: readonly LabelTable[], read: ReadLabels) => Promise<T>,
): Promise<T> {
  const { labels } = spec;
  if (labels === undefined) return use([], { findings: [], isRefused: false });
  const from = { workTree: request.dryRun };
  const named = { file: manifestPath(labels.data), namedBy: specPath(request.model, repository) };
  const manifest = await readManifest(ports, repository, named, from);
  return withLabels(ports, repository, { spec, labels, manifest, salt: request.salt, workTree: from.workTree }, use);
}
