import type { FeatureSpec, Finding, Profile, Split, TargetSpec } from "@refit/core/data";
import type { HoldoutFacts, Lineage } from "@refit/core/history";
import type { Column, FeatureMatrix } from "@refit/core/runtime";
import type { PreparedTable } from "../ports/tables.ts";

/** One side of the split: features and encoded target of its rows. */
export interface Part {
  readonly rows: Uint32Array;
  readonly target: Float64Array;
  /** Sample weights, one per row; absent: all 1. */
  readonly weights?: Float64Array;
  readonly features: FeatureMatrix;
  /** Epoch milliseconds, one per row; only of rows that are learned from, and with `time`. */
  readonly times?: Float64Array;
}

/** A transform as it was fitted to some rows, and what it makes of any row. */
export interface Transform {
  readonly target: TargetSpec;
  readonly featureSpec: FeatureSpec;
  /** Encoded target of every row; NaN where it is missing. */
  readonly labels: Float64Array;
  part(rows: Uint32Array): Promise<Part>;
}

/** Some of the rows given, in their order. */
export type RowPicker = (rows: Uint32Array) => Promise<Uint32Array>;

/** Rows in their final order, split, with the transform as fitted to the training side. Columns are read as they are needed. */
export interface Prepared extends Transform {
  readonly table: PreparedTable;
  readonly read: (name: string) => Promise<Column | null>;
  /** Epoch milliseconds of every row, ascending; `null`: without `time`. */
  readonly times: Float64Array | null;
  /** Rows with a target, ascending. */
  readonly labelled: Uint32Array;
  readonly split: Split;
  /** Training and validation rows together, ascending. */
  readonly trainingSide: Uint32Array;
  /** Of the data and the features, with what `lookForLeakage` finds. */
  findings(): Promise<readonly Finding[]>;
  /** Sample weights, one per row; `null`: all 1. */
  readonly weights: Float64Array | null;
  /** Holdout rows with exactly the feature values of a training row. */
  duplicates(): Promise<Uint32Array>;
  /** Begins to look for leakage, which is else done when somebody asks: a good time is while a program of the user's runs. */
  readonly lookForLeakage: () => void;
  /** Of all files of the snapshot, by sha256. */
  profiles(): Promise<ReadonlyMap<string, Profile>>;
  /** Fits the transform to other rows. */
  fit(rows: Uint32Array): Promise<Transform>;
  /**
   * The rows that both models are judged on, and their facts.
   *
   * @param champion what it says of itself; `null`: there is none.
   * @param pick leaves out more of them, where a model that was trained elsewhere asks for that.
   */
  scoredOn(champion: Lineage | null, pick: RowPicker): Promise<{ readonly part: Part; readonly facts: HoldoutFacts }>;
}
