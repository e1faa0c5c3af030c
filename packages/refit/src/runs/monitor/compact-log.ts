import path from "node:path";
import type { Ports } from "../../ports/index.ts";
import type { ClosedFile, DayOfLines, OpenedLog } from "../../ports/prediction-logs.ts";
import { sha256 } from "../../sha256.ts";
import type { KnownLog } from "./known-log.ts";
import type { LogFolder } from "../log-files.ts";

interface LogToCompact {
  readonly model: string;
  readonly log: LogFolder;
  /** Where Parquet files go: the log's own folder, whose other files then go, or another one, and the log stays as it is. */
  readonly folder: string;
  readonly known: KnownLog["lines"];
  open(): Promise<OpenedLog>;
}

export interface CompactedLog {
  /** One for each day. */
  readonly days: readonly DayOfLines[];
  /** Days of which there is a new file. */
  readonly fresh: ReadonlySet<string>;
  /** Lines that are not JSON. */
  readonly lost: number;
}

/**
 * Makes one Parquet file of all lines of each day. What it was made of is removed once it is there: who is killed in between leaves both, and
 * the next run makes the same of them.
 */
export async function compactLog(ports: Pick<Ports, "files" | "out">, request: LogToCompact): Promise<CompactedLog> {
  const { model, log, folder, open } = request;
  const isOwn = folder === log.folder;
  let all = await describedDays(request);
  const fresh = new Set<string>();
  let lost = 0;
  const compact = async (day: string, files: readonly ClosedFile[]) => {
    const before = all.filter((one) => one.day === day);
    const made = await (await open()).compact({ model, files, days: before, folder });
    lost += made.lost;
    const names = new Set(made.days.map(({ localPath }) => localPath));
    all = [...all.filter((one) => !before.includes(one) && !names.has(one.localPath)), ...made.days];
    for (const one of made.days) fresh.add(one.day);
    if (!isOwn) return;
    const gone = [...files, ...before].filter(({ localPath }) => !names.has(localPath));
    for (const { localPath } of gone) await ports.files.remove(localPath);
  };
  const names = [...new Set(log.closed.map(({ day }) => day))].sort();
  for (const [i, day] of names.entries()) {
    ports.out.progress("Reading the log", i / names.length);
    const closed = log.closed.filter((file) => file.day === day);
    await compact(day, await Promise.all(closed.map((file) => digested(ports, file))));
  }
  for (const day of new Set(all.map((one) => one.day)))
    if (all.filter((one) => one.day === day).length > 1) await compact(day, []);
  return { days: all.toSorted((a, b) => (a.day < b.day ? -1 : 1)), fresh, lost };
}

/** What was compacted before. A file that was not there the last time is asked what it is. */
async function describedDays({ log, known, open }: LogToCompact): Promise<readonly DayOfLines[]> {
  const days: DayOfLines[] = [];
  const others: string[] = [];
  for (const { localPath, bytes } of log.days) {
    const before = known[path.basename(localPath)];
    if (before?.bytes === bytes) days.push({ ...before.day, localPath });
    else others.push(localPath);
  }
  return others.length === 0 ? days : [...days, ...(await (await open()).compacted(others))];
}

async function digested(
  { files }: Pick<Ports, "files">,
  { localPath, day }: LogFolder["closed"][number],
): Promise<ClosedFile> {
  return { localPath, day, sha256: sha256((await files.read(localPath)) ?? new Uint8Array()) };
}

/** Where Parquet files may be written: beside the log, or in a folder of this run where nothing may be. */
export async function placeFor(
  { files }: Pick<Ports, "files">,
  { folder }: LogFolder,
  { scratch, dryRun }: { readonly scratch: string; readonly dryRun: boolean },
): Promise<string> {
  if (dryRun) return scratch;
  const trial = path.join(folder, ".refit-monitor");
  try {
    await files.write(trial, new Uint8Array(), { lasting: false });
    await files.remove(trial);
    return folder;
  } catch {
    return scratch;
  }
}
