import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { columns, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Exported } from "../runs/export/export-model.ts";
import { exportFormats, type ExportFormat } from "../runs/export/formats.ts";
import type { Flags } from "./command.ts";

export const usage = "refit export <model>[@vN|@TREE] --to onnx|mlflow [--output FOLDER] [--dry-run] [--json]";
export const summary = "Write a version as an ONNX file, or as a folder for MLflow, with the same answers.";
export const examples = [
  ["refit export churn@v3 --to onnx", "an ONNX file"],
  ["refit export churn --to mlflow --output churn-mlflow", "the live version, as a folder for MLflow"],
] as const;
export const options = {
  to: { type: "string" },
  output: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  to: "onnx: model.onnx and how to load it; mlflow: the same, and what mlflow.pyfunc.load_model needs",
  output:
    "the folder, relative to the current one; default: a name such as churn-onnx. An existing folder is replaced only if refit wrote everything in it",
  "dry-run": "print the digests of the files and write nothing",
  json: "print the folder and the digests of its files as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) throw new UsageError("export needs one model, such as churn@v3.", usage);
  const [model, wanted] = word.split("@") as [string, string | undefined];
  const dryRun = flags["dry-run"] === true;
  const { exportModel } = await import("../runs/export/export-model.ts");
  const exported = await exportModel(ports, { model, wanted, to: formatOf(flags.to), output: flags.output, dryRun });
  if (flags.json === true) ports.out.print(JSON.stringify(exported, null, 2));
  else for (const line of lines(exported, ports.workTree.here, dryRun)) ports.out.print(line);
  return 0;
}

function formatOf(written: string | undefined): ExportFormat {
  const found = exportFormats.find((format) => format === written);
  if (found !== undefined) return found;
  const what = written === undefined ? "export needs a format" : `There is no format ${JSON.stringify(written)}`;
  throw new UsageError(`${what}: --to ${exportFormats.join(" or --to ")}.`, usage);
}

function lines({ model, version, folder, files }: Exported, here: string, dryRun: boolean): string[] {
  const place = visibleText(path.relative(here, folder) || ".", 1000);
  const facts = Object.entries(files).map(([file, { sha256, bytes }]) => [file, `${bytes} bytes`, `sha256 ${sha256}`]);
  return [
    `${model} v${version} ${dryRun ? "would be" : "is"} in ${place}`,
    ...columns(facts).map((line) => `  ${line}`),
  ];
}
