import type { FeatureSpec, Finding, Profile, Split, TargetSpec } from "@refit/core/data";
import type { HoldoutFacts } from "@refit/core/history";
import type { Column, FeatureMatrix } from "@refit/core/runtime";
import type { PreparedTable } from "../ports/tables.ts";

/** One side of the split: features and encoded target of its rows. */
export interface Part {
  readonly rows: Uint32Array;
  readonly target: Float64Array;
  /** Sample weights, one per row; absent: all 1. */
  readonly weights?: Float64Array;
  readonly features: FeatureMatrix;
}

/** Rows in their final order, split, with the fitted transform. Columns are read from the table as they are needed. */
export interface Prepared {
  readonly table: PreparedTable;
  readonly read: (name: string) => Promise<Column | null>;
  readonly split: Split;
  /** Training and validation rows together, ascending. */
  readonly trainingSide: Uint32Array;
  readonly target: TargetSpec;
  readonly featureSpec: FeatureSpec;
  readonly findings: readonly Finding[];
  /** Encoded target of every row; NaN where it is missing. */
  readonly labels: Float64Array;
  /** Sample weights, one per row; `null`: all 1. */
  readonly weights: Float64Array | null;
  /** Holdout rows with exactly the feature values of a training row. */
  readonly duplicates: Uint32Array;
  /** Of all files of the snapshot, by sha256. */
  profiles(): Promise<ReadonlyMap<string, Profile>>;
  part(rows: Uint32Array): Promise<Part>;
  /** The holdout without the rows that the champion was trained on, and its facts. @param champion its holdout. */
  scoredOn(champion: HoldoutFacts | null): Promise<{ readonly part: Part; readonly facts: HoldoutFacts }>;
}
