import { docsPage } from "../errors/docs-page.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { flatName } from "../history/model-names.ts";
import type { Lineage } from "../lineage/lineage.ts";
import type { Probes } from "../serving/probes.ts";
import { formatNumber } from "./format-number.ts";
import { cell, jsonBlock } from "./markdown.ts";
import type { ShownVersion } from "./shown-version.ts";

/** What decides how a version can be used. */
export interface UsedVersion {
  /** Where it is, from the root of the repository. */
  readonly folder: string;
  readonly lineage: Pick<Lineage, "model" | "learner">;
  readonly features: Pick<FeatureSpec, "inputs" | "target">;
  /** `null`: the model answers by a program or a library of its own, and not everywhere. */
  readonly probes: Probes | null;
}

interface NamedVersion extends Pick<UsedVersion, "folder" | "lineage"> {
  /** Such as `v3`. */
  readonly version: string;
  /** A commit that has it. */
  readonly commit: string;
  readonly live: boolean;
  /** Whether our own predictors answer for its learner. */
  readonly answersAnywhere: boolean;
}

/** How to use one version, for a terminal and for programs; each a single command or call. */
export function waysToUse({
  folder,
  lineage,
  version,
  commit,
  live,
  answersAnywhere,
}: NamedVersion): ShownVersion["use"] {
  const { model, learner } = lineage;
  const page = (name: string) => docsPage(name);
  const predict = `refit predict ${model} new-rows.csv --version ${version} --output predictions.csv`;
  const exporting = `refit export ${model}@${version} --to onnx`;
  const isFile = learner.name === "onnx" || typeof learner.settings["onnx"] === "string";
  const node = `loadVersion((await fromGit({ repository: ".", revision: "${commit}", folder: "${folder}" })).read)`;
  const ways: readonly (ShownVersion["use"][number] | false)[] = [
    learner.name !== "predictions" && { from: "files", how: predict, page: page("predict.md") },
    answersAnywhere && { from: "node", how: node, page: page("use-a-model.md") },
    (answersAnywhere || isFile) && { from: "python", how: exporting, page: page("use-a-model-in-python.md") },
    answersAnywhere && live && { from: "http", how: `refit serve ${model}`, page: page("serve.md") },
  ];
  return ways.filter((way) => way !== false);
}

/** The heading of this part of the card. */
export const USE_HEADING = "## How to use it";

/**
 * How to use a version, as Markdown: commands and programs that run as they are, with a made-up row and its answer.
 *
 * Nothing of the data is in a command or a program: they read it from a file.
 */
export function howToUse(version: UsedVersion): string[] {
  const { lineage, probes } = version;
  return [
    USE_HEADING,
    `In the repository of the model. The commands take the version that is live; an earlier one has a name such as \`${lineage.model}@v3\`.`,
    ...files(version),
    ...(probes === null ? [] : everywhere(version, probes)),
    `[More about it](${docsPage("use-a-model.md")})`,
  ];
}

function files({ lineage: { model, learner }, features }: UsedVersion): string[] {
  if (learner.name === "predictions") return ["It is a list of predictions, which answers for the rows in it alone."];
  const path = flatName(model);
  const predicts = features.inputs.every(({ type }) => type !== "file")
    ? ["Rows of files:", `\`\`\`sh\nrefit predict ${model} new-rows.csv --output predictions.csv\n\`\`\``]
    : ["It reads files that rows name, so that only the program that trained it answers."];
  const isFile = learner.name === "onnx" || typeof learner.settings["onnx"] === "string";
  if (!isFile) return predicts;
  return [
    ...predicts,
    `The ONNX file that it holds, into \`${path}-onnx/\`:`,
    `\`\`\`sh\nrefit export ${model} --to onnx\n\`\`\``,
  ];
}

/** What our own predictors answer for: the runtime, the server, and exported graphs. */
function everywhere({ folder, lineage: { model }, features }: UsedVersion, probes: Probes): string[] {
  const { row, answer } = shownProbe(probes);
  const classes = features.target.classes !== null;
  return [
    "A made-up row, to be saved as `rows.json`. It has every column that the model reads, as it is after `prepare` of the data manifest:",
    jsonBlock({ records: [row] }),
    answerWords(features.target, answer),
    `**Node.js**, with the package [\`@refit/runtime\`](${docsPage("use-a-model.md")}):`,
    nodeProgram(folder, classes),
    `**Python**, with the packages \`onnxruntime\` and \`numpy\`, in the folder \`${flatName(model)}-onnx\` that \`refit export ${model} --to onnx\` writes, beside \`rows.json\`:`,
    pythonProgram,
    `**HTTP**, while \`refit serve ${model}\` runs ([\`@refit/serve\`](${docsPage("serve.md")})):`,
    `\`\`\`sh\ncurl -s http://127.0.0.1:8080/models/${encodeURIComponent(model)}/predict -d @rows.json\n\`\`\``,
  ];
}

/** Of the first row everything is missing. */
function shownProbe({ rows, answers }: Probes): { row: Probes["rows"][number]; answer: readonly number[] } {
  const filled = (place: number) => Object.values(rows[place]!).filter((value) => value !== null).length;
  const most = rows.reduce((best, _, place) => (filled(place) > filled(best) ? place : best), 0);
  return { row: rows[most]!, answer: answers[most]! };
}

function answerWords({ name, classes }: FeatureSpec["target"], answer: readonly number[]): string {
  if (classes === null) return `The answer: ${formatNumber(answer[0]!)}, the value of ${cell(name)}.`;
  const [first] = answer;
  const probabilities = answer.length === 1 ? [1 - first!, first!] : answer;
  const named = probabilities.map((value, place) => `${cell(String(classes[place]))} ${formatNumber(value)}`);
  return `The answer, probabilities of the values of ${cell(name)}: ${named.join(", ")}.`;
}

function nodeProgram(folder: string, classes: boolean): string {
  return `\`\`\`js
import { readFile } from "node:fs/promises";
import { loadVersion } from "@refit/runtime";
import { fromFolder } from "@refit/runtime/node";

const version = await loadVersion(fromFolder("${folder}"));
const { records } = JSON.parse(await readFile("rows.json", "utf8"));
const { answers } = await version.predictMany(records);
for (const answer of answers) console.log(answer.${classes ? "probabilities" : "value"});
\`\`\``;
}

const pythonProgram = `\`\`\`python
import json

from use_model import Model

with open("rows.json", encoding="utf-8") as file:
    records = json.load(file)["records"]
print(Model("model.onnx").predict(records))
\`\`\``;
