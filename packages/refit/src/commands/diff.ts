import type { DiffAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import { columns, formatNumber, measuredModelSentence, measuredRowsWords } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { diffVersions, type VersionDiff, type VersionSide } from "../runs/diff/diff-versions.ts";
import type { Flags } from "./command.ts";

export const usage = "refit diff <model> [vA] [vB] [--no-score] [--json]";
export const summary =
  "Compare two versions on the same rows; by default the champion and the open proposal. Where no run has measured both, both are scored on today's data.";
export const examples = [
  ["refit diff churn", "the champion and the open proposal"],
  ["refit diff churn v1 v3", "two versions"],
] as const;
export const options = { "no-score": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  "no-score": "read no data: compare only what one run has measured on the same rows",
  json: "print the differences as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, first, second, ...more] = args;
  if (model === undefined || more.length > 0)
    throw new UsageError("diff needs a model and at most two versions.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const request = { model, wanted: [first, second], score: flags["no-score"] !== true };
  const diff = await diffVersions(ports, repository, request);
  if (flags.json === true) {
    ports.out.print(JSON.stringify({ model, ...diff } satisfies DiffAnswer, null, 2));
    return 0;
  }
  for (const line of diff.compared === null ? sideBySide(diff) : comparedLines(diff, diff.compared))
    ports.out.print(line);
  for (const change of diff.changed) ports.out.print(change);
  return 0;
}

function comparedLines({ a, b }: VersionDiff, { on, metrics, ...models }: NonNullable<VersionDiff["compared"]>) {
  const rows = metrics.map(({ metric, a: before, b: after, improvement }) => [
    metric,
    formatNumber(before),
    formatNumber(after),
    betterWords(improvement),
  ]);
  return [
    `Both measured on the same ${measuredRowsWords(on)}.`,
    ...[measuredModelSentence(a.label, models.a), measuredModelSentence(b.label, models.b)].filter(
      (sentence) => sentence !== null,
    ),
    ...columns([["metric", a.label, b.label, ""], ...rows]),
  ];
}

function betterWords(improvement: number): string {
  if (improvement === 0) return "equal";
  return `${improvement > 0 ? "better" : "worse"} by ${formatNumber(Math.abs(improvement))}`;
}

/** Numbers that say nothing of each other. */
function sideBySide({ a, b, whyNot }: VersionDiff): string[] {
  const names = [...new Set([a, b].flatMap(({ metrics }) => Object.keys(metrics)))];
  const number = ({ metrics }: VersionSide, name: string) =>
    metrics[name] === undefined ? "–" : formatNumber(metrics[name]);
  const measuredOn = ({ label, judgedOn }: VersionSide) =>
    `${label} was measured on ${judgedOn === null ? "rows that it does not name" : measuredRowsWords(judgedOn)}.`;
  return [
    `These numbers cannot be compared. ${whyNot}`,
    ...(a.treeId === b.treeId ? [measuredOn(a)] : [measuredOn(a), measuredOn(b)]),
    ...columns([["metric", a.label, b.label], ...names.map((name) => [name, number(a, name), number(b, name)])]),
  ];
}
