import type { Finding } from "../data/finding.ts";
import type { Gate, MetricName } from "../spec/model-spec.ts";
import type { AnchorBest } from "./anchor-best.ts";
import type { DummyRow, MetricRow, TestResult } from "./comparison.ts";
import type { GuardRow } from "./guards.ts";

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
  | ({ readonly kind: "finding" } & Pick<Finding, "code" | "severity" | "column" | "message" | "hint">)
  | { readonly kind: "undefined-metric"; readonly metric: MetricName }
  | { readonly kind: "missing-slice"; readonly column: string }
  | { readonly kind: "gate-failed"; readonly row: GateRow }
  | { readonly kind: "guard-failed"; readonly row: GuardRow }
  | { readonly kind: "small-groups"; readonly column: string }
  | { readonly kind: "small-slices"; readonly column: string }
  | { readonly kind: "few-rows"; readonly rows: number; readonly minRows: number }
  | { readonly kind: "few-of-class"; readonly rows: number; readonly minRows: number }
  /** The holdout is too small to show whether it is better than a model without features. */
  | { readonly kind: "dummy-undecided"; readonly row: DummyRow }
  /** The primary metric's whole 90 % interval lies below zero. */
  | { readonly kind: "worse"; readonly row: MetricRow }
  /** It was trained elsewhere, and is live already: nothing would change. */
  | { readonly kind: "same-model" }
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
