import path from "node:path";
import { answerOf, type ImportAnswer } from "@refit/core/answers";
import { quoted, UsageError } from "@refit/core/errors";
import { terminalReport } from "@refit/core/report";
import { declaredInstant } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { ImportProposal, ImportSource } from "../runs/import-model.ts";
import type { Flags } from "./command.ts";
import { howToMerge } from "./how-to-merge.ts";
import { limitHelp, limitOption } from "./limits.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";

export const usage =
  "refit import <model> (--onnx FILE | --predictions FILE) [--trained-until TIME] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
export const summary =
  "Propose the model that is in use today as the first version, so that the next one is compared with it.";
export const examples = [
  ["refit import churn --onnx churn.onnx", "a model in ONNX"],
  [
    "refit import churn --predictions predictions.csv --trained-until 2026-03-31",
    "a model of which only predictions are available",
  ],
] as const;
export const options = {
  onnx: { type: "string" },
  predictions: { type: "string" },
  "trained-until": { type: "string" },
  ...pushOptions,
  ...limitOption,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  onnx: "the model, as an ONNX file",
  predictions:
    "instead of the model, what it has predicted, as CSV, Parquet or JSON Lines: the columns of `key`, and `prediction` (the probability of the positive class, or the value) or a column for each class",
  "trained-until":
    "the newest row that it has learned from: a day such as 2026-03-31, or a time with a zone; default: it may have seen every row, and reports say so",
  ...pushHelp,
  ...limitHelp,
  "dry-run": "read the work tree, print the proposal and write nothing",
  json: "print the proposal as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("import needs one model.", usage);
  const request = { model, source: sourceOf(ports, flags), trainedUntil: untilOf(flags["trained-until"]) };
  const dryRun = flags["dry-run"] === true;
  const { importModel } = await import("../runs/import-model.ts");
  const proposal = await sayingPublished(ports, () => importModel(ports, { ...request, dryRun }));
  if (flags.json === true) ports.out.print(JSON.stringify(answerOf(proposal) satisfies ImportAnswer, null, 2));
  else for (const line of lines(proposal, dryRun, ports.out.width)) ports.out.print(line);
  return 0;
}

function sourceOf({ workTree }: Pick<Ports, "workTree">, { onnx, predictions }: Flags): ImportSource {
  if ((onnx === undefined) === (predictions === undefined))
    throw new UsageError("import needs a model (--onnx FILE), or its predictions (--predictions FILE).", usage);
  const written = onnx ?? predictions!;
  const file = { written, localPath: path.resolve(workTree.here, written) };
  return { kind: onnx === undefined ? "predictions" : "onnx", file };
}

function untilOf(written: string | undefined): string | null {
  if (written === undefined) return null;
  const at = declaredInstant(written);
  if (at !== null) return new Date(at).toISOString();
  const expected = "a day such as 2026-03-31, or a time with a zone such as 2026-03-31T06:00:00Z";
  throw new UsageError(`--trained-until ${quoted(written)} is not ${expected}.`, usage);
}

function lines({ model, branch, url, report }: ImportProposal, dryRun: boolean, width?: number): string[] {
  return [
    `${model}: ${dryRun ? "would propose" : "proposed"} an import on ${branch}.`,
    ...(url === null ? [] : [`  proposal: ${url}`, `  to make it the champion: ${howToMerge({ url, branch })}`]),
    "",
    ...terminalReport(report, width),
  ];
}
