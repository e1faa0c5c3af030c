import path from "node:path";
import type { Ports } from "../../ports/index.ts";
import type { DayOfLines, OpenedLog } from "../../ports/prediction-logs.ts";
import { sha256 } from "../../sha256.ts";
import type { ModelLog } from "./log-files.ts";

interface LogToCompact {
  readonly model: string;
  readonly log: ModelLog;
  /** Where Parquet files go: the log's own folder, whose other files then go, or another one, and the log stays as it is. */
  readonly folder: string;
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
export async function compactLog(
  ports: Pick<Ports, "files" | "out">,
  opened: OpenedLog,
  { model, log, folder }: LogToCompact,
): Promise<CompactedLog> {
  const isOwn = folder === log.folder;
  const before = await opened.compacted(log.days.map(({ localPath }) => localPath));
  const all: DayOfLines[] = [...before];
  const fresh = new Set<string>();
  let lost = 0;
  const replace = async (days: readonly DayOfLines[], made: readonly DayOfLines[], files: readonly string[]) => {
    const kept = new Set(made.map(({ localPath }) => localPath));
    const gone = days.filter(({ localPath }) => !kept.has(localPath));
    for (const { localPath } of gone)
      all.splice(
        all.findIndex((one) => one.localPath === localPath),
        1,
      );
    all.push(...made.filter(({ localPath }) => all.every((one) => one.localPath !== localPath)));
    for (const { day } of made) fresh.add(day);
    if (isOwn) for (const file of [...files, ...gone.map(({ localPath }) => localPath)]) await ports.files.remove(file);
  };
  const names = [...new Set(log.closed.map(({ day }) => day))].sort();
  for (const [i, day] of names.entries()) {
    ports.out.progress("Reading the log", i / names.length);
    const paths = log.closed.filter((file) => file.day === day).map(({ localPath }) => localPath);
    const days = all.filter((one) => one.day === day);
    const files = await Promise.all(
      paths.map(async (localPath) => ({ localPath, day, sha256: await digestOf(ports, localPath) })),
    );
    const made = await opened.compact({ model, files, days, folder });
    lost += made.lost;
    await replace(days, made.days, paths);
  }
  for (const day of new Set(all.map((one) => one.day))) {
    const days = all.filter((one) => one.day === day);
    if (days.length > 1) await replace(days, (await opened.compact({ model, files: [], days, folder })).days, []);
  }
  return { days: all.sort((a, b) => (a.day < b.day ? -1 : 1)), fresh, lost };
}

async function digestOf({ files }: Pick<Ports, "files">, file: string): Promise<string> {
  return sha256((await files.read(file)) ?? new Uint8Array());
}

/** Where Parquet files may be written: beside the log, or in a folder of this run where nothing may be. */
export async function placeFor(
  { files }: Pick<Ports, "files">,
  { folder }: ModelLog,
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
