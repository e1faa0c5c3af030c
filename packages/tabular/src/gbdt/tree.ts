/**
 * A decision tree as parallel arrays, as it stands in the model file.
 *
 * Entry i of `column`, `rule`, `missingLeft`, `left` and `right` is split i; split 0 is the root, and a tree of one leaf has no
 * splits. A child c >= 0 is split c, always a later one than its parent; c < 0 is leaf `-1 - c`.
 */
export interface Tree {
  readonly column: readonly number[];
  /** Numeric column: left when the value is at most this. Categorical column: left when the code is one of these, ascending. */
  readonly rule: readonly (number | readonly number[])[];
  /** 1: missing values of a numeric column go left. Always 0 for a categorical column, where missing is code 0. */
  readonly missingLeft: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What each leaf adds to the score. */
  readonly leaf: readonly number[];
}
