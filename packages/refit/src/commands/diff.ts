import { UsageError } from "@refit/core/errors";
import { columns, formatNumber } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { diffVersions } from "../runs/diff-versions.ts";
import type { Flags } from "./command.ts";

export const usage = "refit diff <model> [vA] [vB] [--json]";
export const summary = "Compare two versions; by default the champion and the open proposal.";
export const examples = [
  ["refit diff churn", "the champion and the open proposal"],
  ["refit diff churn v1 v3", "two versions"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the differences as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, first, second, ...more] = args;
  if (model === undefined || more.length > 0)
    throw new UsageError("diff needs a model and at most two versions.", usage);
  const repository = await ports.git.locate();
  const { a, b, sameHoldout, metrics, changed } = await diffVersions(ports, repository, model, [first, second]);
  if (flags.json === true) {
    ports.out.print(JSON.stringify({ model, a, b, sameHoldout, metrics, changed }, null, 2));
    return 0;
  }
  if (!sameHoldout)
    ports.out.notice(
      "The two were measured on different holdouts; `evaluation.json` has the comparison on the same rows.",
    );
  const table = metrics.map(({ metric, a: before, b: after, improvement: better }) => [
    metric,
    before === undefined ? "–" : formatNumber(before),
    after === undefined ? "–" : formatNumber(after),
    better === undefined ? "" : `${better >= 0 ? "better" : "worse"} by ${formatNumber(Math.abs(better))}`,
  ]);
  for (const line of columns([["metric", a.label, b.label, ""], ...table])) ports.out.print(line);
  for (const change of changed) ports.out.print(change);
  return 0;
}
