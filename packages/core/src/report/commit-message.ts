import type { Reason } from "../decide/reason.ts";
import type { Comparison } from "../judge/comparison.ts";
import { primaryRow } from "../judge/primary-row.ts";
import type { Verdict } from "../judge/verdict.ts";
import { scoredRows } from "./elsewhere.ts";
import { formatNumber } from "./format-number.ts";

/** The commit of a proposal. Trailers make it readable by machines; nothing depends on them. */
export function proposalMessage(input: {
  readonly model: string;
  readonly reasons: readonly Reason[];
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  readonly inputDigest: string;
  /** Of what would ship, ISO 8601; `null`: without `time`. */
  readonly learnedUntil: string | null;
  /** The share that it starts with as a canary; `null`: it becomes the champion. */
  readonly canaryPercent?: number | null;
}): string {
  const { model, comparison, verdict, reasons, inputDigest, learnedUntil, canaryPercent = null } = input;
  const primary = primaryRow(comparison);
  const value = primary?.challenger === undefined ? "undefined" : formatNumber(primary.challenger);
  const before = primary?.champion === undefined ? "" : `${formatNumber(primary.champion)} → `;
  return [
    proposalTitle(model, comparison.kind, learnedUntil, canaryPercent),
    "",
    `${comparison.primary} ${before}${value} on ${scoredRows(comparison)}.`,
    "",
    `Refit-Model: ${model}`,
    `Refit-Verdict: ${verdict.kind}`,
    `Refit-Reasons: ${reasons.map((reason) => reason.kind).join(", ") || "none"}`,
    `Refit-Metric: ${comparison.primary}=${primary?.challenger ?? "undefined"}`,
    `Refit-Inputs: ${inputDigest}`,
    "",
  ].join("\n");
}

/**
 * @param learnedUntil of what would ship, ISO 8601; `null`: without `time`.
 * @param canaryPercent the share that it starts with as a canary; `null`: it becomes the champion.
 */
export function proposalTitle(
  model: string,
  kind: Comparison["kind"],
  learnedUntil: string | null,
  canaryPercent: number | null = null,
): string {
  const until = learnedUntil === null ? "" : `, learned until ${learnedUntil.slice(0, 10)}`;
  if (canaryPercent !== null) return `refit(${model}): new model as a canary, ${canaryPercent} % of requests${until}`;
  return kind === "first-model" ? `refit(${model}): first model${until}` : `refit(${model}): new model${until}`;
}
