import path from "node:path";
import { flatName } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";

const hour = 3_600_000;
/** A server may write its last lines of an hour so long after it. */
const grace = 60_000;

/** A name that a writer of the log gives: the hour, the process, and the part of it. */
const hourFile = /(?:^|\/)(\d{4}-\d\d-\d\d)T(\d\d)Z-[0-9a-f]{8}(?:-\d+)?\.jsonl$/;
/** A name that `compact` gives. */
const dayFile = /(?:^|\/)(\d{4}-\d\d-\d\d)-[0-9a-f]{16}\.parquet$/;

/** Whose hour is over: nobody writes to it any more. */
function isClosed(file: string, now: number): boolean {
  const [, day, start] = hourFile.exec(file) ?? [];
  return day !== undefined && Date.parse(`${day}T${start}:00:00Z`) + hour + grace <= now;
}

/** The day (UTC) that a file's name says; `null`: it is not one of a log. */
function dayOfName(file: string): string | null {
  return hourFile.exec(file)?.[1] ?? dayFile.exec(file)?.[1] ?? null;
}

/** Whether it has labels that were read. */
export const isLabelsFile = (file: string) => /^labels-[0-9a-f]{16}\.parquet$/.test(file);

/** Whether it has the lines of a whole day, as Parquet. */
const isDayOfLines = (file: string) => dayFile.test(file);

/** What lies in the folder of a model. */
export interface LogFolder {
  /** Absolute. */
  readonly folder: string;
  /** Files whose hour is over, absolute, with the day of each. */
  readonly closed: readonly { readonly localPath: string; readonly day: string; readonly bytes: number }[];
  /** Files of whole days, absolute. */
  readonly days: readonly { readonly localPath: string; readonly bytes: number }[];
  /** Files that a server may still write to. */
  readonly open: number;
}

/** @param log the folder that `refit serve --log` writes to, absolute. */
export async function listLog(
  { files }: Pick<Ports, "files">,
  log: string,
  model: string,
  now: number,
): Promise<LogFolder> {
  const folder = path.join(log, flatName(model));
  const found = (await files.list(folder)).filter(({ isFile }) => isFile);
  const hours = found.filter(({ path: name }) => hourFile.test(name));
  const closed = hours.filter(({ path: name }) => isClosed(name, now));
  return {
    folder,
    closed: closed.map(({ path: name, bytes }) => ({
      localPath: path.join(folder, name),
      day: dayOfName(name)!,
      bytes,
    })),
    days: found
      .filter(({ path: name }) => isDayOfLines(name))
      .map(({ path: name, bytes }) => ({ localPath: path.join(folder, name), bytes })),
    open: hours.length - closed.length,
  };
}
