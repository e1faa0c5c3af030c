import { predictionLine } from "@refit/core/production";
import { dataLimits } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { NewestLinesRequest, OpenedLog } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";
import { jsonOrNull } from "../../sealed-json.ts";
import { listLog, type LogFile, type LogFolder } from "../log-files.ts";

/** What was answered to a row. */
export type ServedPrediction = ReturnType<typeof predictionLine.parse>["prediction"];

/** A row that was answered. */
export interface LoggedRow {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What versions answered to it, by their tree ids. */
  readonly answers: ReadonlyMap<string, ServedPrediction>;
}

export interface LoggedPart {
  /** The newest of them, newest first. */
  readonly rows: readonly LoggedRow[];
  /** That were opened. */
  readonly files: number;
  /** Lines that are not a prediction of this model. */
  readonly damaged: number;
  /** Lines whose id another line has, too. */
  readonly repeated: number;
}

export type LogPorts = Pick<Ports, "clock" | "files" | "predictionLogs" | "scratch">;

/** Of which model, in which log. */
export interface LogPlace {
  /** Absolute; what `refit serve --log` writes to. */
  readonly folder: string;
  readonly model: string;
}

/**
 * The newest rows of a model's prediction log, as it stands: JSON Lines and days that `refit monitor` has compacted. Files are read from the
 * newest backwards, so that of a long log little is read. Of lines with the same id the newest counts, whatever file it is in.
 */
export async function newestLogged(
  ports: LogPorts,
  repository: Pick<Repository, "commonDir">,
  place: LogPlace,
  most: number,
): Promise<LoggedPart> {
  const list = () => listLog(ports, place.folder, place.model, ports.clock.now());
  for (;;) {
    const listed = await list();
    try {
      return await newestIn(ports, repository, listed, { model: place.model, most });
    } catch (error) {
      // A monitor that compacts meanwhile has put lines into other files.
      if (pathsOf(await list()) === pathsOf(listed)) throw error;
    }
  }
}

const pathsOf = ({ closed, open, days }: LogFolder) =>
  JSON.stringify([...closed, ...open, ...days].map(({ localPath }) => localPath).sort());

type LogPart = Pick<NewestLinesRequest, "files" | "days">;

/** Files that belong together since any of them may have the newest line, the newest first: those of an hour, or of a day that is compacted. */
function inParts({ closed, open, days }: LogFolder): readonly LogPart[] {
  const compacted = new Set(days.map(({ day }) => day));
  const parts = new Map<string, { readonly files: LogFile[]; readonly days: string[] }>();
  const partOf = ({ day, began }: LogFile) => {
    const name = compacted.has(day) ? day : began;
    const part = parts.get(name) ?? { files: [], days: [] };
    parts.set(name, part);
    return part;
  };
  for (const file of [...closed, ...open]) partOf(file).files.push(file);
  for (const file of days) partOf(file).days.push(file.localPath);
  return [...parts].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, part]) => part);
}

type LinesWanted = Pick<NewestLinesRequest, "model" | "most">;

async function newestIn(
  { predictionLogs, scratch }: LogPorts,
  { commonDir }: Pick<Repository, "commonDir">,
  listed: LogFolder,
  wanted: LinesWanted,
): Promise<LoggedPart> {
  const parts = inParts(listed);
  if (parts.length === 0) return { rows: [], files: 0, damaged: 0, repeated: 0 };
  const temporary = await scratch.open(commonDir);
  let log: OpenedLog | null = null;
  try {
    log = await predictionLogs.open({ scratch: temporary.path, limits: dataLimits.parse({}) });
    return await newestOf(log, parts, wanted);
  } finally {
    await log?.close();
    await temporary.remove();
  }
}

async function newestOf(
  log: Pick<OpenedLog, "newest">,
  parts: readonly LogPart[],
  { model, most }: LinesWanted,
): Promise<LoggedPart> {
  const found = new Map<string, LoggedRow>();
  const counts = { files: 0, damaged: 0, repeated: 0 };
  for (const part of parts) {
    const { lines, damaged, repeated } = await log.newest({ ...part, model, most });
    const rows = lines.map(rowOf).filter((row) => row !== null);
    counts.files += part.files.length + part.days.length;
    counts.damaged += damaged + lines.length - rows.length;
    counts.repeated += repeated;
    for (const row of rows) {
      const known = found.get(row.id);
      if (known !== undefined) counts.repeated += 1;
      if (known === undefined || isNewer(row, known)) found.set(row.id, row);
    }
    if (found.size >= most) break;
  }
  const newest = [...found.values()].sort((a, b) => (isNewer(a, b) ? -1 : 1));
  return { rows: newest.slice(0, most), ...counts };
}

const answeredRow = predictionLine.pick({ id: true, time: true, input: true, version: true, prediction: true });
const otherVersion = predictionLine.pick({ version: true, prediction: true });

/** `null`: it lacks what a replay needs. */
function rowOf(line: string): LoggedRow | null {
  const value = jsonOrNull(line);
  const read = answeredRow.safeParse(value);
  if (!read.success) return null;
  const { id, time, input, version, prediction } = read.data;
  // Where two versions were asked, the second one's answer stands beside the first.
  const other = otherVersion.safeParse((value as { readonly other?: unknown }).other);
  const answers = new Map(other.success ? [[other.data.version, other.data.prediction]] : []);
  return { id, time, input, answers: answers.set(version, prediction) };
}

/** In an order of all rows: by time, and of one time by id. */
function isNewer(a: LoggedRow, b: LoggedRow): boolean {
  const [first, second] = [Date.parse(a.time), Date.parse(b.time)];
  return first === second ? a.id > b.id : first > second;
}
