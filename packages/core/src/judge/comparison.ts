import type { Finding } from "../data/finding.ts";
import type { HoldoutFacts } from "../lineage/lineage.ts";
import type { CalibrationBin } from "../metrics/calibration.ts";
import type { MetricName } from "../spec/model-spec.ts";
import type { PairedComparison } from "../statistics/compare-paired.ts";
import type { AnswerFacts } from "./answer-facts.ts";
import type { AnchorBest } from "./anchor-best.ts";
import type { CostFacts } from "./cost.ts";
import type { SettingChange } from "../digest/changed-settings.ts";
import type { FairnessFacts } from "./measure-fairness.ts";

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
  /** Of the improvement; with the method, a reader can recompute every test from it. */
  readonly standardError: number | null;
  readonly method: PairedComparison["method"];
  /** Of a metric of the model's own, whose name does not tell; absent: built in. */
  readonly higherIsBetter?: boolean;
}

/** The challenger against a model that gives every row the same answer. */
export interface DummyRow extends Omit<MetricRow, "champion"> {
  readonly dummy: number | undefined;
}

export interface SliceRow {
  readonly column: string;
  readonly value: string;
  readonly rows: number;
  /** Too few rows, or of one class only: shown, never gated on. */
  readonly sufficient: boolean;
  readonly metrics: readonly MetricRow[];
  /** One-sided p of "not worse than the champion here", on the primary metric; `null`: not tested. */
  readonly pRegression: number | null;
  /** The same after Holm's adjustment over all sufficient slices. */
  readonly pHolm: number | null;
}

/** A statistical test of the primary metric. */
export interface TestResult {
  readonly against: "champion" | "anchor";
  readonly kind: "harm" | "non-inferiority" | "superiority";
  readonly improvement: number | undefined;
  /** Of the improvement; `null`: the holdout holds no information on it. */
  readonly standardError: number | null;
  readonly method: PairedComparison["method"];
  /** In the metric's unit: what the challenger may be worse by, or the harm that the holdout must be able to show; else 0. */
  readonly margin: number;
  /**
   * One-sided, of "worse by the margin", or "no better"; of a test for harm, of "no worse", which passes above alpha. `null`: the
   * holdout holds no information on it.
   */
  readonly p: number | null;
  readonly alpha: number;
  /** Smallest true difference that this holdout shows four times in five, in the metric's unit. */
  readonly detectable: number | null;
  readonly passed: boolean;
}

/** What a reader needs to draw the same resamples. */
export interface BootstrapFacts {
  readonly seed: number;
  readonly replicates: number;
  /** Groups that were drawn as a whole; `null`: each row for itself. */
  readonly groups: number | null;
}

/** What the probabilities of a binary model are worth, bin by bin. */
export interface CalibrationFacts {
  /** `null`: there is none. */
  readonly champion: readonly CalibrationBin[] | null;
  readonly challenger: readonly CalibrationBin[];
}

/** What is declared of models that refit has not trained, and what follows from it. */
export interface ElsewhereFacts {
  /** `null`: refit has trained it. */
  readonly challenger: DeclaredModel | null;
  readonly champion: DeclaredModel | null;
  /** The challenger is the model that is live, byte by byte. */
  readonly isChampion: boolean;
}

export interface DeclaredModel {
  /** Newest row that it has learned from, ISO 8601; `null`: nobody said it. */
  readonly trainedUntil: string | null;
  /** Rows of this comparison that it may have seen. */
  readonly maySeen: number;
  /** Rows of the holdout that it has no prediction for, which were left out; absent: it answers every row. */
  readonly unanswered?: number;
}

/** Champion and challenger on the same holdout, in one run: one look. */
export interface Comparison {
  readonly kind: ComparisonKind;
  /**
   * The champion has learned from rows of the holdout, so a model of its settings that has not was scored in its place:
   * procedures are compared.
   */
  readonly procedures: boolean;
  readonly holdout: HoldoutFacts;
  readonly minRows: number;
  /** Holdout rows of each class that the model knows; `null`: it predicts a number. */
  readonly classRows: readonly number[] | null;
  /** How the learner that was chosen, or its settings, differ from the champion's; empty: not at all, or nothing to compare with. */
  readonly learnerChange: readonly SettingChange[];
  readonly primary: MetricName;
  readonly metrics: readonly MetricRow[];
  readonly bootstrap: BootstrapFacts;
  readonly dummy: DummyRow;
  /** How answers lie to the truth; absent or `null`: it was not looked at. */
  readonly answers?: AnswerFacts | null;
  /** `null`: no binary task. */
  readonly calibration: CalibrationFacts | null;
  /** The primary metric on rows whose feature values no training row has; `null`: that is all of them. */
  readonly withoutDuplicates: { readonly rows: number; readonly metric: MetricRow } | null;
  readonly slices: readonly SliceRow[];
  /** Declared slice and fairness columns with no row to show. */
  readonly missingSlices: readonly string[];
  readonly tests: readonly TestResult[];
  /** `null`: the anchor did not score best, or was not asked. */
  readonly anchor: AnchorBest | null;
  /** Per entry of `fairness`. */
  readonly fairness: readonly FairnessFacts[];
  readonly cost: CostFacts;
  /** Of a regression whose versions start as a canary: by what the absolute errors of the champion are divided; absent: it is none. */
  readonly errorScale?: number;
  /** Of models that were trained elsewhere, which refit cannot ask what they have learned from; absent: there is none. */
  readonly elsewhere?: ElsewhereFacts;
  /** Overlap, leakage and insane predictions; an error or suspect among them blocks. */
  readonly findings: readonly Finding[];
}
