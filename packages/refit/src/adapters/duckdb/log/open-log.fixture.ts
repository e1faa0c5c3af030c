import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { sumArm, type SumSettings } from "@refit/core/production";
import { dataLimits } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { onTestFinished } from "vitest";
import type { DayOfLines, JoinedLog, LabelTable, OpenedLog } from "../../../ports/prediction-logs.ts";
import { sha256 } from "../../../sha256.ts";
import { openSession } from "../session.ts";
import { literal } from "../sql-text.ts";
import { duckdbPredictionLogs } from "./prediction-logs.ts";

export const versionA = "a".repeat(40);
export const versionB = "b".repeat(40);
export const churnVersions = new Map(
  [versionA, versionB].map((version) => [version, { task: "binary", classes: [false, true] }] as const),
);
const settings: SumSettings = { task: "binary", classes: 2, metrics: ["rocAuc", "logLoss"] };
export const limits = dataLimits.parse({ memoryMiB: 512 });

export interface MadeLine {
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly p: number;
  readonly key?: string;
  readonly version?: string;
  readonly model?: string;
  readonly format?: number;
  readonly arm?: string;
  readonly other?: number;
}

export function lineText({
  id,
  time,
  p,
  key,
  version = versionA,
  model = "churn",
  format = 1,
  arm,
  other,
}: MadeLine): string {
  const answer = (score: number) => ({ class: score >= 0.5, probabilities: [1 - score, score] });
  const beside =
    other === undefined
      ? {}
      : { other: { version: version === versionA ? versionB : versionA, prediction: answer(other), microseconds: 3 } };
  return JSON.stringify({
    format,
    id,
    time,
    model,
    version,
    key,
    arm,
    input: { plan: "plus" },
    prediction: answer(p),
    ...beside,
    microseconds: 5,
  });
}

/** A log that is open, and the folder that it writes to. */
export async function openLog(): Promise<{ readonly log: OpenedLog; readonly folder: string }> {
  const folder = await temporaryFolder();
  const log = await duckdbPredictionLogs.open({ scratch: path.join(folder, "scratch"), limits });
  onTestFinished(() => log.close());
  await mkdir(path.join(folder, "churn"));
  return { log, folder: path.join(folder, "churn") };
}

/** Compacts texts of files, named by the hour that they are of. */
export async function compacted(
  { log, folder }: Awaited<ReturnType<typeof openLog>>,
  files: Readonly<Record<string, string>>,
  days: readonly DayOfLines[] = [],
): Promise<{ readonly days: readonly DayOfLines[]; readonly lost: number }> {
  const closed = await Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      const localPath = path.join(folder, name);
      await writeFile(localPath, text);
      return { localPath, sha256: sha256(await readFile(localPath)), day: name.slice(0, 10) };
    }),
  );
  return log.compact({ model: "churn", files: closed, days, folder });
}

/** A label table out of SQL rows, such as `('r1', TRUE, TIMESTAMP '2026-12-03 10:00:00')`. */
export async function labelTable(
  folder: string,
  rows: readonly string[],
  about: LabelTable["about"] = { id: "about" },
): Promise<LabelTable> {
  const localPath = path.join(folder, `labels-${sha256(rows.join("\n")).slice(0, 8)}.parquet`);
  const session = await openSession(path.join(folder, "labels"), limits);
  const values = rows.length === 0 ? "(NULL::VARCHAR, NULL::BOOLEAN, NULL::TIMESTAMP)" : rows.join(", ");
  await session.run(
    `COPY (SELECT * FROM (VALUES ${values}) t(about, "left", known) WHERE ${rows.length > 0}) TO ${literal(localPath)} (FORMAT parquet)`,
  );
  await session.close();
  return { localPath, target: "left", time: "known", about };
}

/** Joins days with a table of labels. */
export async function joinedWith(
  { log, folder }: Awaited<ReturnType<typeof openLog>>,
  days: readonly DayOfLines[],
  table: LabelTable,
): Promise<JoinedLog> {
  const file = path.join(folder, "labels-taken.parquet");
  await log.takeLabels(table, file);
  return log.join({ days, labels: [file], byKey: "key" in table.about, fresh: null, versions: churnVersions });
}

/** What is kept of each day, as JSON. */
export async function summed(joined: JoinedLog): Promise<string> {
  const days: Record<string, ReturnType<typeof sumArm>[]> = {};
  for (const { day } of joined.days) {
    const { arms } = await joined.answersOf(day);
    days[day] = arms.map((rows) => sumArm(rows, settings));
  }
  return JSON.stringify(days);
}
