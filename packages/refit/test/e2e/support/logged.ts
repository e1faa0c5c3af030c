import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fromMap, loadVersion, type LoadedVersion } from "../../../../runtime/src/index.ts";
import { predictionLog } from "../../../../serve/src/index.ts";
import { logFolder } from "../../../../serve/src/node.ts";
import { churnCsv } from "./churn.ts";
import type { Scene } from "./scene.ts";

export type PreparedRow = Readonly<Record<"day" | "plan", string> & { complaints: number; hours: number | null }>;

/** Rows as people might ask about them. */
export function askedRows(rows: number, seed = 9): PreparedRow[] {
  const [, ...lines] = churnCsv({ rows, from: "2026-05-01", seed }).trimEnd().split("\n");
  return lines.map((line) => {
    const [, day, plan, hours, complaints] = line.split(",") as [string, string, string, string, string];
    return { day, plan, hours: hours === "" ? null : Number(hours), complaints: Number(complaints) };
  });
}

/** The live version at a commit, as a server opens it. */
export async function servedVersion(scene: Scene, commit: string): Promise<LoadedVersion> {
  const { git } = await scene.ports();
  const treeId = await scene.git("rev-parse", `${commit}:models/churn/champion`);
  const entries = await git.list(treeId);
  const contents = await git.read(entries.map(({ id }) => id));
  const files = new Map(entries.map(({ path: name }, i) => [name, contents[i]!]));
  return loadVersion(fromMap(files), { treeId });
}

interface LogWords {
  /** Relative to the repository. */
  readonly folder?: string;
  readonly omit?: readonly string[];
  readonly at?: string;
}

/** Lets a version answer, and writes down what it answers, as `refit serve --log` does. */
export async function logAnswers(
  { root }: Scene,
  version: LoadedVersion,
  rows: readonly PreparedRow[],
  { folder = "predictions", omit = [], at = "2026-06-01T09:30:00Z" }: LogWords = {},
): Promise<void> {
  const log = predictionLog(logFolder(path.join(root, folder)), { columns: () => ({ key: [], omit }) });
  const { answers } = await version.predictMany(rows);
  const requestId = `request-${at}`;
  log.note({ version, requestId, rows, sent: rows, answers, at: Date.parse(at), milliseconds: 1 });
  await log.close();
}

/** The text of all files of the log. */
export async function logTexts({ root }: Scene, folder = "predictions"): Promise<ReadonlyMap<string, string>> {
  const place = path.join(root, folder, "churn");
  const names = await readdir(place);
  const texts = await Promise.all(names.map(async (name) => readFile(path.join(place, name), "utf8")));
  return new Map(names.map((name, i) => [path.join(folder, "churn", name), texts[i]!]));
}
