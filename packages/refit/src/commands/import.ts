import path from "node:path";
import { ImportInvalidError, quoted, UsageError } from "@refit/core/errors";
import { terminalReport } from "@refit/core/report";
import { declaredInstant } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { ImportProposal } from "../runs/import-model.ts";
import { modelToImport, type ImportedModel } from "../versions/imported-model.ts";
import type { Flags } from "./command.ts";
import { howToMerge } from "./how-to-merge.ts";
import { limitHelp, limitOption } from "./limits.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";

export const usage =
  "refit import <model> --onnx FILE [--trained-until TIME] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
export const summary =
  "Propose the model that is in use today as the first version, so that the next one is compared with it.";
export const options = {
  onnx: { type: "string" },
  "trained-until": { type: "string" },
  ...pushOptions,
  ...limitOption,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  onnx: "the model, as an ONNX file",
  "trained-until":
    "the newest row that it has learned from: a day such as 2026-03-31, or a time with a zone. Left out: it may have seen every row, and reports say so",
  ...pushHelp,
  ...limitHelp,
  "dry-run": "read the work tree, print the proposal and write nothing",
  json: "print the proposal as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("import needs one model.", usage);
  const imported = await readImport(ports, flags);
  const dryRun = flags["dry-run"] === true;
  const { importModel } = await import("../runs/import-model.ts");
  const proposal = await sayingPublished(ports, () => importModel(ports, { model, imported, dryRun }));
  if (flags.json === true) ports.out.print(JSON.stringify(proposal, null, 2));
  else for (const line of lines(proposal, dryRun)) ports.out.print(line);
  return 0;
}

async function readImport(
  { files, workTree }: Pick<Ports, "files" | "workTree">,
  flags: Flags,
): Promise<ImportedModel> {
  if (flags.onnx === undefined) throw new UsageError("import needs a model: --onnx FILE.", usage);
  const bytes = await files.read(path.resolve(workTree.here, flags.onnx));
  if (bytes === null)
    throw new ImportInvalidError(
      `There is no file ${quoted(flags.onnx, 200)}.`,
      "Correct the path: it counts from the current folder.",
    );
  return modelToImport("onnx", bytes, untilOf(flags["trained-until"]));
}

function untilOf(written: string | undefined): string | null {
  if (written === undefined) return null;
  const at = declaredInstant(written);
  if (at !== null) return new Date(at).toISOString();
  const expected = "a day such as 2026-03-31, or a time with a zone such as 2026-03-31T06:00:00Z";
  throw new UsageError(`--trained-until ${quoted(written)} is not ${expected}.`, usage);
}

function lines({ model, branch, url, report }: ImportProposal, dryRun: boolean): string[] {
  return [
    `${model}: ${dryRun ? "would propose" : "proposed"} an import on ${branch}.`,
    ...(url === null ? [] : [`  proposal: ${url}`, `  to make it the champion: ${howToMerge({ url, branch })}`]),
    "",
    ...terminalReport(report),
  ];
}
