import type { FeatureMatrix } from "@refit/core/runtime";

/** Why a model answers a row as it does, in numbers that add up to its score. */
export interface Explainer {
  /** [outputs]: mean score of the background rows, which is what the contributions of a row start from. */
  readonly expected: Float64Array;
  /**
   * SHAP values, in the unit of the score: the value itself for regression (of trees that count, its logarithm), log-odds for binary, one
   * score per class before the softmax for multiclass. `expected` and the contributions of a row add up to its score.
   *
   * @returns one array [rows × columns] per output, with the contributions of a row next to each other.
   * @throws ArtifactInvalidError when the columns are not the model's.
   */
  contributions(features: FeatureMatrix): Float64Array[];
}
