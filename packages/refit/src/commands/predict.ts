import path from "node:path";
import { UsageError } from "@refit/core/errors";
import type { InputKind } from "@refit/core/data";
import { counted, quoteForTerminal } from "@refit/core/report";
import { checkModelName } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { answeringVersion, type AnsweringVersion } from "../runs/predict/answering-version.ts";
import { formatOf, standard } from "../runs/predict/given-files.ts";
import { predict, type Predicted } from "../runs/predict/predict.ts";
import { refuseInsideVersion } from "../versions/read-whole.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit predict <model> <file>… [--version vN] [--input raw|prepared] [--output FILE] [--format csv|jsonl|parquet] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary = "Predict rows of CSV, JSON Lines or Parquet files with the live version, or an earlier one.";
export const examples = [
  ["refit predict churn new.csv --output predictions.csv", "with the live version"],
  ["refit predict churn - --format jsonl < new.jsonl", "from a pipe"],
  ["refit predict churn new.parquet --version v2 --output predictions.parquet", "with an earlier version"],
] as const;
export const options = {
  version: { type: "string" },
  input: { type: "string" },
  output: { type: "string" },
  format: { type: "string" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  version: "v3, or a tree id; default: what is live on the base branch",
  input:
    "kind of rows: raw, as in the data files, or prepared, as `prepare` returns them; default: raw if the version can prepare single rows",
  output:
    "the file for the predictions; its ending says whether CSV, JSON Lines or Parquet; default: -, which is standard output",
  format: "format of standard input and output: csv, jsonl or parquet; default: csv",
  ...limitHelp,
  json: "print model, version, tree id, rows and columns as JSON; needs --output",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...files] = args;
  if (model === undefined || files.length === 0) {
    throw new UsageError("predict needs a model and at least one file, or - for standard input.", usage);
  }
  checkModelName(model);
  const output = flags.output ?? standard;
  const json = flags.json === true;
  if (json && output === standard) throw new UsageError("--json needs --output, since both print.", usage);
  const standardFormat = formatWord(flags.format);
  const place = output === standard ? null : path.resolve(ports.workTree.here, output);
  if (place !== null && files.some((file) => path.resolve(ports.workTree.here, file) === place)) {
    throw new UsageError(`--output ${quoteForTerminal(output)} is one of the files that are read.`, usage);
  }
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  if (place !== null) await refuseInsideVersion(ports, repository, place, usage);
  const version = await answeringVersion(ports, repository, model, flags.version);
  const { input, why } = inputOf(version, flags.input);
  ports.out.notice(`${model} ${version.name} (tree ${version.treeId}) answers ${input} rows${why}.`);
  const format = place === null ? standardFormat : writtenFormat(output);
  const predicted = await predict(ports, repository, {
    version,
    input,
    files,
    inputFormat: standardFormat,
    format,
    output: place,
    usage,
  });
  for (const sentence of remarks(predicted)) ports.out.notice(sentence);
  if (json) ports.out.print(JSON.stringify({ ...predicted, output }, null, 2));
  else if (place !== null) ports.out.print(`${counted(predicted.rows, "row")} in ${output}`);
  return 0;
}

const formats = ["csv", "jsonl", "parquet"] as const;

function formatWord(word: string = "csv"): (typeof formats)[number] {
  const found = formats.find((format) => format === word);
  if (found === undefined)
    throw new UsageError(`--format ${quoteForTerminal(word)} is not csv, jsonl or parquet.`, usage);
  return found;
}

/** @throws UsageError for what can be read and not be written. */
function writtenFormat(output: string): (typeof formats)[number] {
  const { format, delimiter } = formatOf(output, usage);
  if (delimiter === null && !/\.gz$/i.test(output)) return format;
  throw new UsageError(`${quoteForTerminal(output)} cannot be written: name it .csv, .jsonl or .parquet.`, usage);
}

/** What the rows are, and why nobody had to say it, as a clause. */
function inputOf({ features }: AnsweringVersion, word: string | undefined): { input: InputKind; why: string } {
  if (word === "raw" || word === "prepared") return { input: word, why: "" };
  if (word !== undefined) throw new UsageError(`--input ${quoteForTerminal(word)} is not raw or prepared.`, usage);
  if (features.rowWise === true) return { input: "raw", why: "" };
  const why =
    features.rowWise === false
      ? "`prepare` looks at other rows"
      : "it does not say whether single rows can be prepared";
  return { input: "prepared", why: `, since ${why}` };
}

function remarks({ unanswered, ignored }: Predicted): string[] {
  const names = ignored.slice(0, 20).map((name) => quoteForTerminal(name));
  const more = ignored.length > 20 ? ` and ${ignored.length - 20} more` : "";
  const unread = `${counted(ignored.length, "column")} not read: ${names.join(", ")}${more}.`;
  const left = `${counted(unanswered, "row")} without a prediction: \`prepare\` leaves them out.`;
  return [...(ignored.length === 0 ? [] : [unread]), ...(unanswered === 0 ? [] : [left])];
}
