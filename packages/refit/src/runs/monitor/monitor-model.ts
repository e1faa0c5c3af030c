import path from "node:path";
import type { Finding } from "@refit/core/data";
import { logFindings, type DayFile, type LogOddities } from "@refit/core/production";
import { specPath } from "@refit/core/history";
import { manifestPath, type DataLimits, type ModelSpec } from "@refit/core/spec";
import { appendLedger } from "../../ledger/ledger.ts";
import type { Ports } from "../../ports/index.ts";
import type { DayOfLines, JoinedLog, OddLines, OpenedLog } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";
import { readManifest, readSpecs } from "../../rooms/read.ts";
import { compactLog, placeFor } from "./compact-log.ts";
import { makeDays, namesOfDay, storedDays } from "./day-files.ts";
import { keepLog, recallLog, type KnownLog, type OddAnswers } from "./known-log.ts";
import { isLabelsFile, listLog, type LogFolder } from "../log-files.ts";
import { productionSettings } from "./production-settings.ts";
import { noLabels, takeLabels, type LabelPlace, type TakenLabels } from "./take-labels.ts";

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
    openFiles: log?.open.length ?? 0,
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
  readonly log: LogFolder;
  readonly limits: DataLimits;
}

async function readLog(ports: MonitorPorts, repository: Repository, read: LogToRead): Promise<ReadResult> {
  const { log, limits } = read;
  if (log.closed.length === 0 && log.days.length === 0) return nothingRead;
  const scratch = await ports.scratch.open(repository.commonDir);
  let opened: OpenedLog | null = null;
  const memoryMiB = limits.memoryMiB ?? usualMiB;
  const open = async () =>
    (opened ??= await ports.predictionLogs.open({ scratch: scratch.path, limits: { ...limits, memoryMiB } }));
  try {
    return await joinedParts(ports, repository, read, { open, scratch: scratch.path });
  } finally {
    await (opened as OpenedLog | null)?.close();
    await scratch.remove();
  }
}

interface OpenPlaces {
  /** Where nothing is new, it is not opened. */
  open(): Promise<OpenedLog>;
  readonly scratch: string;
}

async function joinedParts(
  ports: MonitorPorts,
  repository: Repository,
  { request, spec, log }: LogToRead,
  { open, scratch }: OpenPlaces,
): Promise<ReadResult> {
  const { model, dryRun } = request;
  const known = await recallLog(ports, repository, model);
  const folder = await placeFor(ports, log, { scratch, dryRun });
  const { days, fresh, lost } = await compactLog(ports, { model, log, folder, known: known.lines, open });
  const named = { name: model, spec };
  const settings = await productionSettings(
    ports,
    repository,
    named,
    days.flatMap(({ versions }) => versions),
  );
  const labels = await labelsOf(ports, repository, { request, spec }, { folder, known: known.labels, open });
  // What labels with errors say is not known, so nothing that is known is replaced.
  if (labels.isRefused) return { parts: new Map(), findings: labels.findings };
  const stale = new Set(
    days.filter((one) => known.days[one.day]?.by !== namesOfDay(one, settings)).map(({ day }) => day),
  );
  const isNew = labels.fresh === null || labels.fresh.length > 0 || stale.size > 0;
  const joined = !isNew
    ? null
    : await (
        await open()
      ).join({
        days,
        labels: labels.paths,
        byKey: spec.labels?.key === true,
        fresh: labels.fresh === null ? null : { days: stale, labels: labels.fresh },
        versions: settings.versions,
      });
  const made = await makeDays(ports, { days, settings, known: known.days, joined });
  if (folder === log.folder) await keepKnown(ports, repository, { model, folder, days, labels, made });
  const odd = days.filter(({ day }) => fresh.has(day)).map((one) => one.odd);
  const looked = Object.entries(made).flatMap(([day, one]) => (one === known.days[day] ? [] : [one.odd]));
  const parts = new Map(Object.entries(made).map(([day, { part }]) => [day, part]));
  return { parts, findings: [...labels.findings, ...logFindings(oddities({ odd, lost, joined, looked }))] };
}

interface ToKeep {
  readonly model: string;
  readonly folder: string;
  readonly days: readonly DayOfLines[];
  readonly labels: TakenLabels;
  readonly made: KnownLog["days"];
}

/** Remembers what was read, and removes labels that were read before and are not needed any more. */
async function keepKnown(
  ports: Pick<Ports, "files">,
  repository: Repository,
  { model, folder, days, labels, made }: ToKeep,
): Promise<void> {
  const children = await ports.files.list(folder);
  const bytes = new Map(children.map((child) => [child.path, child.bytes]));
  const lines = Object.fromEntries(
    days.map(({ localPath, ...day }) => {
      const name = path.basename(localPath);
      return [name, { bytes: bytes.get(name) ?? 0, day }];
    }),
  );
  await keepLog(ports, repository, model, { lines, labels: { by: labels.by, files: labels.files }, days: made });
  const needed = new Set(labels.files.map(({ name }) => name));
  for (const { path: name } of children)
    if (isLabelsFile(name) && !needed.has(name)) await ports.files.remove(path.join(folder, name));
}

interface FoundOdd {
  readonly odd: readonly OddLines[];
  readonly lost: number;
  readonly joined: JoinedLog | null;
  readonly looked: readonly OddAnswers[];
}

function oddities({ odd, lost, joined, looked }: FoundOdd): LogOddities {
  const lines = (name: keyof OddLines) => odd.reduce((total, one) => total + one[name], 0);
  const answers = (name: keyof OddAnswers) => looked.reduce((total, one) => total + one[name], 0);
  return {
    damagedLines: lost + lines("damaged"),
    newerLines: lines("newer"),
    foreignLines: lines("foreign"),
    repeatedIds: lines("repeated"),
    unknownVersions: answers("unknownVersion"),
    unfitAnswers: answers("unfit"),
    unknownClasses: answers("unknownClass"),
    duplicateLabels: joined?.counts.duplicates ?? 0,
    conflictingLabels: joined?.counts.conflicts ?? 0,
    unmatchedLabels: joined?.counts.unmatched ?? 0,
    earlyLabels: joined?.counts.early ?? 0,
  };
}

/** The labels that model.yaml names; none where it names none. */
async function labelsOf(
  ports: MonitorPorts,
  repository: Repository,
  { request, spec }: Pick<LogToRead, "request" | "spec">,
  place: LabelPlace,
): Promise<TakenLabels> {
  const { labels } = spec;
  if (labels === undefined) return { ...noLabels, fresh: place.known.by === "" ? [] : null };
  const from = { workTree: request.dryRun };
  const named = { file: manifestPath(labels.data), namedBy: specPath(request.model, repository) };
  const manifest = await readManifest(ports, repository, named, from);
  return takeLabels(ports, repository, { spec, labels, manifest, salt: request.salt, workTree: from.workTree }, place);
}
