import type { Gate } from "../spec/model-spec.ts";
import { applyGates } from "./apply-gates.ts";
import { LEAST_PER_CLASS, shortOfClass } from "./class-rows.ts";
import type { Comparison } from "./comparison.ts";
import { guardRows, type GuardRow, type Guards } from "./guards.ts";
import { isWorse } from "./is-worse.ts";
import { primaryRow } from "./primary-row.ts";
import { sliceName } from "../spec/slice-name.ts";
import type { GateRow, Verdict, VerdictReason } from "./verdict.ts";

/**
 * Judge a comparison by the gates, the guardrails and the test. Pure; never throws; fails closed: what cannot be computed does not pass.
 *
 * Gates compare point estimates; the tests carry the statistics. Too little evidence is `inconclusive`, and so is a
 * fairness rule or a critical gate whose groups are too small to judge.
 */
export function judge(comparison: Comparison, gates: readonly Gate[], policy: Guards = noGuards): Verdict {
  const rows = applyGates(gates, comparison);
  const guards = guardRows(comparison, policy);
  const blocking = blockingReasons(comparison, gates, rows);
  if (blocking.length > 0) return { kind: "block", gates: rows, guards, because: blocking };

  const failed: VerdictReason[] = [
    ...rows.filter((row) => row.result === "failed").map((row) => ({ kind: "gate-failed" as const, row })),
    ...guards.filter((row) => row.result === "failed").map((row) => ({ kind: "guard-failed" as const, row })),
    ...shownWorse(comparison),
    ...(comparison.elsewhere?.isChampion === true ? [{ kind: "same-model" as const }] : []),
  ];
  const { anchor } = comparison;
  const better: VerdictReason[] = anchor === null ? [] : [{ kind: "anchor-best", ...anchor }];
  if (failed.length > 0) return { kind: "hold", gates: rows, guards, because: [...failed, ...better] };
  const weak = weakEvidence(comparison, rows, guards);
  if (weak.length === 0) return { kind: "promote", gates: rows, guards, because: [] };
  return { kind: "inconclusive", gates: rows, guards, because: [...weak, ...better] };
}

/** Harm beyond chance is not too little evidence. */
function shownWorse(comparison: Comparison): VerdictReason[] {
  const row = primaryRow(comparison);
  return row !== undefined && isWorse(row) ? [{ kind: "worse", row }] : [];
}

const noGuards: Guards = { fairness: [], budget: {} };

function blockingReasons(comparison: Comparison, gates: readonly Gate[], rows: readonly GateRow[]): VerdictReason[] {
  const reasons: VerdictReason[] = [];
  if (gates.length === 0) reasons.push({ kind: "no-gate" });
  for (const { severity, code, column, message, hint } of comparison.findings) {
    if (severity !== "warning") reasons.push({ kind: "finding", code, severity, column, message, hint });
  }
  const undefinedMetrics = new Set(rows.filter((row) => row.result === "undefined").map((row) => row.gate.metric));
  if (primaryRow(comparison)?.challenger === undefined) undefinedMetrics.add(comparison.primary);
  for (const metric of undefinedMetrics) reasons.push({ kind: "undefined-metric", metric });
  for (const column of comparison.missingSlices) reasons.push({ kind: "missing-slice", column });
  return reasons;
}

function weakEvidence(comparison: Comparison, gates: readonly GateRow[], guards: readonly GuardRow[]): VerdictReason[] {
  const reasons: VerdictReason[] = [];
  const { kind: compared, procedures, minRows } = comparison;
  const { rows } = comparison.holdout;
  if (rows < minRows) reasons.push({ kind: "few-rows", rows, minRows });
  const short = shortOfClass(comparison.classRows);
  if (short !== null) reasons.push({ kind: "few-of-class", rows: short, minRows: LEAST_PER_CLASS });
  const isUndecided = comparison.findings.some(({ code }) => code === "dummy-undecided");
  const overChampion = primaryRow(comparison)?.improvement;
  // Whoever is as good as the live model need not be better than none.
  if (isUndecided && (overChampion === undefined || overChampion < 0))
    reasons.push({ kind: "dummy-undecided", row: comparison.dummy });
  if (procedures && compared === "refresh") reasons.push({ kind: "nothing-newer", minRows });
  for (const test of comparison.tests) {
    if (test.passed) continue;
    const { against, kind, margin, detectable } = test;
    const isTooSmall = margin > 0 && detectable !== null && detectable > margin;
    reasons.push({ kind: "test-failed", against, test: kind, ...(isTooSmall && { detectable }) });
  }
  const small = guards.flatMap(({ column, result }) => (column !== null && result === "insufficient" ? [column] : []));
  for (const column of new Set(small)) reasons.push({ kind: "small-groups", column });
  const unjudged = gates.filter(({ gate, result }) => gate.critical === true && result === "insufficient");
  for (const column of new Set(unjudged.map(({ gate }) => sliceName(gate.slice!)))) {
    reasons.push({ kind: "small-slices", column });
  }
  return reasons;
}
