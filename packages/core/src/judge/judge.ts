import type { Finding } from "../data/finding.ts";
import type { Gate, MetricName } from "../spec/model-spec.ts";
import type { Comparison, MetricRow, SliceRow, TestResult } from "./comparison.ts";
import type { AnchorBest } from "./anchor-best.ts";
import { LEAST_PER_CLASS, shortOfClass } from "./class-rows.ts";
import { isWorse } from "./is-worse.ts";
import { sliceName } from "../spec/slice-name.ts";
import { guardRows, type GuardRow, type Guards } from "./guards.ts";

export interface GateRow {
  readonly gate: Gate;
  /** The slice it was applied to; `null`: all rows. */
  readonly slice: { readonly column: string; readonly value: string } | null;
  /** What was compared: a metric's value, or the improvement. */
  readonly value: number | undefined;
  readonly limit: number;
  /** p of "not worse than the champion": Holm's of a `significant` gate, its own of a `critical` one; else `null`. */
  readonly p: number | null;
  /**
   * `skipped`: it compares with a champion and there is none. `insufficient`: no value of its slice has enough rows.
   */
  readonly result: "passed" | "failed" | "skipped" | "undefined" | "insufficient";
}

/**
 * - `promote`: every gate passed and the test allows it
 * - `inconclusive`: every gate passed, the evidence is too weak
 * - `hold`: a gate or a guard failed, or it is shown to be worse than the champion
 * - `block`: it cannot be judged, or must not be
 */
export interface Verdict {
  readonly kind: "promote" | "inconclusive" | "hold" | "block";
  readonly gates: readonly GateRow[];
  /** Fairness and budget. */
  readonly guards: readonly GuardRow[];
  /** Why it is not `promote`, each as one code; empty for `promote`. */
  readonly because: readonly VerdictReason[];
}

export type VerdictReason =
  | { readonly kind: "no-gate" }
  | ({ readonly kind: "finding" } & Pick<Finding, "code" | "severity" | "column" | "message">)
  | { readonly kind: "undefined-metric"; readonly metric: MetricName }
  | { readonly kind: "missing-slice"; readonly column: string }
  | { readonly kind: "gate-failed"; readonly row: GateRow }
  | { readonly kind: "guard-failed"; readonly row: GuardRow }
  | { readonly kind: "small-groups"; readonly column: string }
  | { readonly kind: "small-slices"; readonly column: string }
  | { readonly kind: "few-rows"; readonly rows: number; readonly minRows: number }
  | { readonly kind: "few-of-class"; readonly rows: number; readonly minRows: number }
  /** The primary metric's whole 90 % interval lies below zero. */
  | { readonly kind: "worse"; readonly row: MetricRow }
  /** The version that was last proved better scores best. */
  | ({ readonly kind: "anchor-best" } & AnchorBest)
  /** A refresh, and the champion has learned from the rows: nothing newer can judge it. */
  | { readonly kind: "nothing-newer"; readonly minRows: number }
  | {
      readonly kind: "test-failed";
      readonly against: "champion" | "anchor";
      readonly test: TestResult["kind"];
      /** Smallest difference that the holdout can show, where that is more than the margin: it is too small to decide. */
      readonly detectable?: number;
    };

/**
 * Judge a comparison by the gates, the guardrails and the test. Pure; never throws; fails closed: what cannot be computed does not pass.
 *
 * Gates compare point estimates; the tests carry the statistics. Too little evidence is `inconclusive`, and so is a
 * fairness rule or a critical gate whose groups are too small to judge.
 */
export function judge(comparison: Comparison, gates: readonly Gate[], policy: Guards = noGuards): Verdict {
  const rows = gates.flatMap((gate) => applyGate(gate, comparison));
  const guards = guardRows(comparison, policy);
  const blocking = blockingReasons(comparison, gates, rows);
  if (blocking.length > 0) return { kind: "block", gates: rows, guards, because: blocking };

  const failed: VerdictReason[] = [
    ...rows.filter((row) => row.result === "failed").map((row) => ({ kind: "gate-failed" as const, row })),
    ...guards.filter((row) => row.result === "failed").map((row) => ({ kind: "guard-failed" as const, row })),
    ...shownWorse(comparison),
  ];
  const { anchor } = comparison;
  const better: VerdictReason[] = anchor === null ? [] : [{ kind: "anchor-best", ...anchor }];
  if (failed.length > 0) return { kind: "hold", gates: rows, guards, because: [...failed, ...better] };
  const weak = weakEvidence(comparison, rows, guards);
  if (weak.length === 0) return { kind: "promote", gates: rows, guards, because: [] };
  return { kind: "inconclusive", gates: rows, guards, because: [...weak, ...better] };
}

/** Harm beyond chance is not too little evidence. */
function shownWorse({ metrics, primary }: Comparison): VerdictReason[] {
  const row = metrics.find(({ metric }) => metric === primary);
  return row !== undefined && isWorse(row) ? [{ kind: "worse", row }] : [];
}

const noGuards: Guards = { fairness: [], budget: {} };

function blockingReasons(comparison: Comparison, gates: readonly Gate[], rows: readonly GateRow[]): VerdictReason[] {
  const reasons: VerdictReason[] = [];
  if (gates.length === 0) reasons.push({ kind: "no-gate" });
  for (const { severity, code, column, message } of comparison.findings) {
    if (severity !== "warning") reasons.push({ kind: "finding", code, severity, column, message });
  }
  const undefinedMetrics = new Set(rows.filter((row) => row.result === "undefined").map((row) => row.gate.metric));
  const primary = comparison.metrics.find((row) => row.metric === comparison.primary);
  if (primary?.challenger === undefined) undefinedMetrics.add(comparison.primary);
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

function applyGate(gate: Gate, comparison: Comparison): GateRow[] {
  if (gate.slice === undefined) return [gateRow(gate, null, comparison.metrics, comparison)];
  const name = sliceName(gate.slice);
  const slices = comparison.slices.filter((s) => s.sufficient && (name === "*" || s.column === name));
  if (slices.length > 0) return slices.map((slice) => gateRow(gate, slice, slice.metrics, comparison));
  const { limit } = reading(gate, undefined);
  const result = isRelative(gate) && !hasChampion(comparison) ? "skipped" : "insufficient";
  return [{ gate, slice: null, value: undefined, limit, p: null, result }];
}

function gateRow(gate: Gate, slice: SliceRow | null, values: readonly MetricRow[], comparison: Comparison): GateRow {
  const measured = values.find((candidate) => candidate.metric === gate.metric);
  const { value, limit, passed } = reading(gate, measured);
  const tested = gate.significant === true ? slice?.pHolm : gate.critical === true ? slice?.pRegression : null;
  const row = {
    gate,
    value,
    limit,
    slice: slice === null ? null : { column: slice.column, value: slice.value },
    p: tested ?? null,
  };
  if (isRelative(gate) && !hasChampion(comparison)) return { ...row, value: undefined, result: "skipped" };
  if (value === undefined || !Number.isFinite(value)) return { ...row, result: "undefined" };
  const isDropShown = row.p !== null && row.p < SLICE_ALPHA;
  const excused = gate.significant === true && row.p !== null && !isDropShown;
  const caught = gate.critical === true && isDropShown;
  return { ...row, result: (passed(value) || excused) && !caught ? "passed" : "failed" };
}

function isRelative({ maxRegression, minImprovement }: Gate): boolean {
  return maxRegression !== undefined || minImprovement !== undefined;
}

function hasChampion({ kind }: Comparison): boolean {
  return kind === "refresh" || kind === "change";
}

const SLICE_ALPHA = 0.05;

/** Equal within this is equal, so that identical models pass `maxRegression: 0`. */
const TIE = 1e-12;

function reading(gate: Gate, row: MetricRow | undefined) {
  const { min, max, maxRegression, minImprovement } = gate;
  if (min !== undefined) return { value: row?.challenger, limit: min, passed: (v: number) => v >= min - TIE };
  if (max !== undefined) return { value: row?.challenger, limit: max, passed: (v: number) => v <= max + TIE };
  if (maxRegression !== undefined) {
    return { value: row?.improvement, limit: maxRegression, passed: (v: number) => v >= -maxRegression - TIE };
  }
  const least = minImprovement ?? 0;
  return { value: row?.improvement, limit: least, passed: (v: number) => v >= least - TIE };
}
