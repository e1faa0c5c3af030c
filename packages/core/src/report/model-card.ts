import type { FeatureSpec } from "../features/feature-spec.ts";
import type { Comparison } from "../judge/comparison.ts";
import { learnedUntil } from "../lineage/learned-until.ts";
import type { Declared, Lineage } from "../lineage/lineage.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import type { Probes } from "../serving/probes.ts";
import { formatNumber } from "./format-number.ts";
import { howToUse, type UsedVersion } from "./how-to-use.ts";
import { cell, prose, table } from "./markdown.ts";

export interface ModelCardInput extends Pick<UsedVersion, "folder"> {
  readonly spec: ModelSpec;
  readonly lineage: Omit<Lineage, "files">;
  readonly evaluation: Pick<Comparison, "metrics">;
  readonly features: FeatureSpec;
  /** `null`: the version has none. */
  readonly probes: Probes | null;
}

/**
 * README.md of a version: Hugging Face front matter with a model index, what people say of the model, facts, and how to use it.
 * No times, no verdict.
 */
export function modelCard({ folder, spec, lineage, evaluation, features, probes }: ModelCardInput): string {
  const values = evaluation.metrics.filter((row) => row.challenger !== undefined);
  return [
    frontMatter(spec, lineage, values),
    `# ${lineage.model}`,
    "",
    `Predicts ${cell(spec.target)} (${spec.task}) with the learner \`${lineage.learner.name}\`. ${lineage.declared === undefined ? "Made" : "Scored"} by refit.`,
    "",
    ...saidByPeople(spec).flatMap((part) => [part, ""]),
    learnedWords(lineage),
    "",
    table(
      ["metric", "holdout"],
      values.map((row) => [row.metric, formatNumber(row.challenger!)]),
    ),
    "",
    "## Inputs",
    "",
    table(
      ["column", "type"],
      features.inputs.map(({ name, type }) => [cell(name), type]),
    ),
    "",
    ...howToUse({ folder, lineage, features, probes }).flatMap((part) => [part, ""]),
    "Where it comes from, with digests of every file: `lineage.json`. How it compared with the version before: `evaluation.json`.",
    "",
  ].join("\n");
}

/** Words of model.yaml. */
function saidByPeople({ card }: Pick<ModelSpec, "card">): string[] {
  const { owner, use, limits } = card ?? {};
  return [
    ...(owner === undefined ? [] : [`**Owner:** ${cell(owner)}`]),
    ...(use === undefined ? [] : ["## Intended use", ...prose(use)]),
    ...(limits === undefined ? [] : ["## Limits", ...prose(limits)]),
    ...(use === undefined && limits === undefined ? [] : ["## What it has learned"]),
  ];
}

function learnedWords(lineage: ModelCardInput["lineage"]): string {
  const { judgedArtifact, trainedRows, holdout, reproducible, declared, startedFrom } = lineage;
  if (declared !== undefined) return declaredWords(declared, lineage);
  const until = learnedUntil(lineage);
  const learned = `It has learned from ${trainedRows} rows${until === null ? "" : ` up to ${until.slice(0, 10)}`}${startedFrom === undefined ? "" : ", going on from the model of the version before it"}.`;
  const rows = `${holdout.rows} rows${holdoutWords(lineage)}`;
  return typeof judgedArtifact === "string"
    ? `${learned} The numbers below were measured on ${rows}, with a model of the same settings that had not seen them.`
    : `${learned} The numbers below were measured on ${rows} that it has not seen.${reproducible === false ? notAgain : ""}`;
}

/** Nobody here knows what it has learned from. */
function declaredWords({ by, trainedUntil }: Declared, lineage: ModelCardInput["lineage"]): string {
  const { holdout } = lineage;
  const rows = `The numbers below were measured on ${holdout.rows} rows${holdoutWords(lineage)}`;
  const where = by === "candidate" ? "model.yaml says" : "Whoever imported it said";
  if (trainedUntil === null)
    return `It was trained elsewhere. Nobody has said until when, so it may have seen the rows of the numbers below. ${rows}.`;
  const until = trainedUntil.slice(0, 10);
  const isNewer = holdout.from !== null && holdout.from > trainedUntil;
  const seen = isNewer ? `${rows}, which are newer` : `${rows}, some of which it may have seen`;
  return `It was trained elsewhere. ${where} that it has learned from no row after ${until}; that is declared, not measured. ${seen}.`;
}

const notAgain = " Training it again gives another model, so that its answers can be checked, and not how it was made.";

function holdoutWords({ holdout }: ModelCardInput["lineage"]): string {
  return holdout.from === null ? "" : ` (${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)})`;
}

const taskTypes = {
  binary: "tabular-classification",
  multiclass: "tabular-classification",
  regression: "tabular-regression",
} as const;

function frontMatter(spec: ModelSpec, lineage: ModelCardInput["lineage"], rows: Comparison["metrics"]): string {
  const metricLines = rows.flatMap((row) => [
    `          - type: ${yamlWord(row.metric)}`,
    `            value: ${yamlNumber(row.challenger!)}`,
  ]);
  return [
    "---",
    "library_name: refit",
    `tags: [${taskTypes[spec.task]}]`,
    "model-index:",
    `  - name: ${yamlWord(lineage.model)}`,
    "    results:",
    "      - task:",
    `          type: ${taskTypes[spec.task]}`,
    "        dataset:",
    `          type: ${yamlWord(spec.data)}`,
    `          name: ${yamlWord(spec.data)}`,
    `          revision: ${lineage.inputDigest}`,
    ...(metricLines.length > 0 ? ["        metrics:", ...metricLines] : ["        metrics: []"]),
    "---",
    "",
  ].join("\n");
}

/** Names that YAML 1.1, which Python reads, would take for a number, a date or a truth value are quoted. */
function yamlWord(name: string): string {
  const isPlain = /^[a-z][A-Za-z0-9/_-]*$/.test(name) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}

/** In YAML 1.1 a number with an exponent is one only with a dot: 1.0e-7. */
function yamlNumber(value: number): string {
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
}
