import { RowsSeenError } from "@refit/core/errors";
import { declaredOf, type CandidateSettings, type OnnxSettings } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import type { Prepared } from "../products/prepared.ts";

type TimedRows = Pick<Prepared, "split" | "times">;

/**
 * The validation rows that candidates are chosen by: of models that were trained elsewhere, only those that they are said not to have
 * learned from, and then of all candidates, since only the same rows are a comparison.
 *
 * @returns rows of the table; all validation rows where refit trains every candidate.
 */
export function comparedRows(
  { holdout }: Pick<ModelSpec, "holdout">,
  candidates: readonly CandidateSettings[],
  { split, times }: TimedRows,
): Uint32Array {
  const admitted = candidates.filter((each) => whyNotJudged({ holdout }, candidates, each, { split, times }) === null);
  const until = Math.max(...admitted.map(instantOf));
  return until === -Infinity ? split.validation : newerThan(until, split.validation, times);
}

/**
 * Why a model that was trained elsewhere cannot be judged on these rows; `null`: it can, or refit trains it. One of several candidates
 * needs as many validation rows as a verdict needs rows, since it is chosen by them; a single one is not chosen.
 */
export function whyNotJudged(
  { holdout: { minRows } }: Pick<ModelSpec, "holdout">,
  candidates: readonly CandidateSettings[],
  candidate: CandidateSettings,
  { split, times }: TimedRows,
): RowsSeenError | null {
  const until = instantOf(candidate);
  if (until === -Infinity) return null;
  const { file } = candidate as unknown as OnnxSettings;
  const model = { file, trainedUntil: new Date(until).toISOString() };
  if (newerThan(until, split.holdout, times).length === 0) return new RowsSeenError(model, { of: "holdout" });
  if (candidates.length === 1) return null;
  const rows = newerThan(until, split.validation, times).length;
  return rows < minRows ? new RowsSeenError(model, { of: "validation", rows, minRows }) : null;
}

/** Rows of those given that are later than an instant. */
export function newerThan(until: number, rows: Uint32Array, times: TimedRows["times"]): Uint32Array {
  return times === null ? new Uint32Array(0) : rows.filter((row) => times[row]! > until);
}

/** Epoch milliseconds; -Infinity where refit trains it. */
function instantOf(candidate: CandidateSettings): number {
  const declared = declaredOf(candidate);
  return declared === null ? -Infinity : Date.parse(declared.trainedUntil);
}
