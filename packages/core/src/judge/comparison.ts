import type { Finding } from "../data/finding.ts";
import type { HoldoutFacts } from "../lineage/lineage.ts";
import type { MetricName } from "../spec/model-spec.ts";

/**
 * - `first-model`: there is no champion, absolute gates only
 * - `refresh`: same settings, newer data
 * - `change`: other settings (spec, manifest, code or learner)
 * - `contract-change`: the champion cannot answer today's question, so the challenger is judged as a first model
 */
export type ComparisonKind = "first-model" | "refresh" | "change" | "contract-change";

/** One metric on the same rows; `undefined` where the metric does not exist for them. */
export interface MetricRow {
  readonly metric: MetricName;
  readonly champion: number | undefined;
  readonly challenger: number | undefined;
  /** Positive: the challenger is better, in the metric's own unit. */
  readonly improvement: number | undefined;
  /** 90 % interval of the improvement; `null` where none was computed. */
  readonly interval: readonly [number, number] | null;
  /** One-sided p of "no better than the champion". */
  readonly pSuperior: number | null;
}

export interface SliceRow {
  readonly column: string;
  readonly value: string;
  readonly rows: number;
  /** Too few rows, or of one class only: shown, never gated on. */
  readonly sufficient: boolean;
  readonly metrics: readonly MetricRow[];
}

/** A statistical test of the primary metric. */
export interface TestResult {
  readonly against: "champion" | "anchor";
  readonly kind: "non-inferiority" | "superiority";
  /** Non-inferiority: the margin in the metric's unit; 0 for superiority. */
  readonly margin: number;
  /** `null`: the holdout holds no information on it. */
  readonly p: number | null;
  readonly alpha: number;
  /** Smallest true difference that this holdout shows four times in five, in the metric's unit. */
  readonly detectable: number | null;
  readonly passed: boolean;
}

/** Champion and challenger on the same holdout, in one run: one look. */
export interface Comparison {
  readonly kind: ComparisonKind;
  readonly holdout: HoldoutFacts;
  readonly minRows: number;
  readonly primary: MetricName;
  readonly metrics: readonly MetricRow[];
  readonly slices: readonly SliceRow[];
  /** Declared slice columns with no row to show. */
  readonly missingSlices: readonly string[];
  readonly tests: readonly TestResult[];
  /** Overlap and leakage; an error or suspect among them blocks. */
  readonly findings: readonly Finding[];
}
