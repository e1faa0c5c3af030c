import path from "node:path";
import { flatName } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";

const hour = 3_600_000;
/** A server may write its last lines of an hour so long after it. */
const grace = 60_000;

/** A name that a writer of the log gives: the hour, the process, and the part of it. */
const hourFile = /(?:^|\/)(\d{4}-\d\d-\d\dT\d\d)Z-[0-9a-f]{8}(?:-\d+)?\.jsonl$/;
/** A name that `compact` gives. */
const dayFile = /(?:^|\/)(\d{4}-\d\d-\d\d)-[0-9a-f]{16}\.parquet$/;
/** Labels that `refit monitor` has read, by what their keys hash to. It makes them again. */
const labelsFile = /(?:^|\/)labels-[0-9a-f]{16}\.parquet$/;

export const isLabelsFile = (file: string) => labelsFile.test(file);

/** What the name of a file with lines says. */
export interface LinesName {
  /** `hour`: JSON Lines of one process. `day`: Parquet, lines of all. */
  readonly kind: "hour" | "day";
  /** When it began, in UTC: `2026-12-01T09`, or `2026-12-01`. */
  readonly began: string;
  /** When it ended, in milliseconds since 1970. */
  readonly ended: number;
}

/** @returns `null`: it has no lines of a log. */
export function linesName(file: string): LinesName | null {
  const [, start] = hourFile.exec(file) ?? [];
  if (start !== undefined) return { kind: "hour", began: start, ended: Date.parse(`${start}:00:00Z`) + hour };
  const [, day] = dayFile.exec(file) ?? [];
  return day === undefined ? null : { kind: "day", began: day, ended: Date.parse(day) + 24 * hour };
}

/** Whether somebody may still write to it. */
export const isOpen = ({ kind, ended }: LinesName, now: number) => kind === "hour" && now < ended + grace;

/** A file with lines, in the folder of a model. */
export interface LogFile {
  /** Absolute. */
  readonly localPath: string;
  readonly began: string;
  /** That it began on, in UTC. */
  readonly day: string;
  readonly bytes: number;
}

/** What lies in the folder of a model. */
export interface LogFolder {
  /** Absolute. */
  readonly folder: string;
  /** JSON Lines whose hour is over. */
  readonly closed: readonly LogFile[];
  /** JSON Lines that a server may still write to. */
  readonly open: readonly LogFile[];
  /** Whole days, as Parquet. */
  readonly days: readonly LogFile[];
}

/** @param log the folder that `refit serve --log` writes to, absolute. */
export async function listLog(
  { files }: Pick<Ports, "files">,
  log: string,
  model: string,
  now: number,
): Promise<LogFolder> {
  const folder = path.join(log, flatName(model));
  const found: Record<"closed" | "open" | "days", LogFile[]> = { closed: [], open: [], days: [] };
  for (const { path: file, bytes, isFile } of await files.list(folder)) {
    const name = isFile ? linesName(file) : null;
    if (name === null) continue;
    const { kind, began } = name;
    const place = kind === "day" ? found.days : isOpen(name, now) ? found.open : found.closed;
    place.push({ localPath: path.join(folder, file), began, day: began.slice(0, 10), bytes });
  }
  return { folder, closed: found.closed, open: found.open, days: found.days };
}
