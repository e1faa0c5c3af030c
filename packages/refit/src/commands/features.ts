import path from "node:path";
import { answerOf, type FeaturesAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import { counted, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { materialize, type Materialized } from "../runs/materialize.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit features materialize <view> [--model NAME] [--at TIME] [--out FOLDER] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary = "Write the newest values of a feature view by key as Parquet, for batch use and serving.";
export const examples = [
  ["refit features materialize customer-spend", "the newest values by key, as Parquet"],
  ["refit features materialize customer-spend --at 2026-03-01", "the values as they were on that day"],
] as const;
export const options = {
  model: { type: "string" },
  at: { type: "string" },
  out: { type: "string" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  model: "the model whose rows, key and time are used, if models read the view with different ones",
  at: "only what was known then, such as 2024-01-31 or 2024-01-31T06:00:00Z; default: everything",
  out: "the folder for the file, relative to the root of the repository; default: features",
  ...limitHelp,
  json: "print file, digest, columns and findings as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, view, ...more] = args;
  if (word !== "materialize" || view === undefined || more.length > 0) {
    throw new UsageError("features needs the word materialize and one view.", usage);
  }
  const at = flags.at === undefined ? null : Date.parse(flags.at);
  if (Number.isNaN(at)) throw new UsageError(`--at ${flags.at} is not a time such as 2024-01-31.`, usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const out = flags.out ?? "features";
  const folder = path.resolve(repository.root, out);
  const made = await materialize(ports, repository, { view, model: flags.model ?? null, at, folder });
  if (flags.json === true) ports.out.print(JSON.stringify(answerOf(made) satisfies FeaturesAnswer, null, 2));
  else for (const line of lines(made, out)) ports.out.print(line);
  return made.written === null ? 3 : 0;
}

function lines({ view, key, at, findings, written }: Materialized, out: string): string[] {
  const told = findings.map(({ severity, code, message }) => `${severity} ${code}: ${visibleText(message, 1000)}`);
  if (written === null) return [...told, `${view}: the checks of the data block it, so nothing was written.`];
  const { rows, newest, file, existed } = written;
  const known = at === null ? "" : `, as known at ${at}`;
  const when = newest === null ? "" : `, the newest of ${newest}`;
  const where = existed ? "in a file that was there already" : "written";
  return [
    ...told,
    `${view}: ${counted(rows, "row")}, one for each ${key.join(", ")}${known}${when}; ${where}:`,
    path.join(out, file),
  ];
}
