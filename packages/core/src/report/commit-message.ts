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
}): string {
  const { model, comparison, verdict, reasons, inputDigest, learnedUntil } = input;
  const primary = primaryRow(comparison);
  const value = primary?.challenger === undefined ? "undefined" : formatNumber(primary.challenger);
  const before = primary?.champion === undefined ? "" : `${formatNumber(primary.champion)} → `;
  return [
    proposalTitle(model, comparison.kind, learnedUntil),
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

/** @param learnedUntil of what would ship, ISO 8601; `null`: without `time`. */
export function proposalTitle(model: string, kind: Comparison["kind"], learnedUntil: string | null): string {
  const until = learnedUntil === null ? "" : `, learned until ${learnedUntil.slice(0, 10)}`;
  return kind === "first-model" ? `refit(${model}): first model${until}` : `refit(${model}): new model${until}`;
}
