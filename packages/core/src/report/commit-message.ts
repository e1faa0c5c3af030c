import type { Reason } from "../decide/reason.ts";
import type { Comparison } from "../judge/comparison.ts";
import type { Verdict } from "../judge/judge.ts";
import { formatNumber } from "./format-number.ts";

/** The commit of a proposal. Trailers make it readable by machines; nothing depends on them. */
export function proposalMessage(input: {
  readonly model: string;
  readonly reasons: readonly Reason[];
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  readonly inputDigest: string;
}): string {
  const { model, comparison, verdict, reasons, inputDigest } = input;
  const primary = comparison.metrics.find((row) => row.metric === comparison.primary);
  const value = primary?.challenger === undefined ? "undefined" : formatNumber(primary.challenger);
  const before = primary?.champion === undefined ? "" : `${formatNumber(primary.champion)} → `;
  return [
    proposalTitle(model, comparison),
    "",
    `${comparison.primary} ${before}${value} on ${comparison.holdout.rows} unseen rows.`,
    "",
    `Refit-Model: ${model}`,
    `Refit-Verdict: ${verdict.kind}`,
    `Refit-Reasons: ${reasons.map((reason) => reason.kind).join(", ") || "none"}`,
    `Refit-Metric: ${comparison.primary}=${primary?.challenger ?? "undefined"}`,
    `Refit-Inputs: ${inputDigest}`,
    "",
  ].join("\n");
}

export function proposalTitle(
  model: string,
  { kind, holdout }: { readonly kind: Comparison["kind"]; readonly holdout: { readonly to: string | null } },
): string {
  const until = holdout.to === null ? "" : ` on data up to ${holdout.to.slice(0, 10)}`;
  return kind === "first-model" ? `refit(${model}): first model${until}` : `refit(${model}): new model${until}`;
}
