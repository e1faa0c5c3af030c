import type { BinnedColumn, BinnedNumeric } from "./bin-features.ts";
import type { SplitRule } from "./split.ts";
import type { Tree } from "./tree.ts";

/** The rule as a table, [256]: 1 for each bin that goes left. */
export function routeBins(rule: SplitRule): Uint8Array {
  const goesLeft = new Uint8Array(256);
  if (rule.kind === "numeric") {
    goesLeft.fill(1, 1, rule.lastLeft + 1);
    goesLeft[0] = rule.missingLeft ? 1 : 0;
  } else {
    for (const code of rule.codes) goesLeft[code] = 1;
  }
  return goesLeft;
}

/** Stands for "every value goes left, missing goes right": no edge lies behind the last bin, and JSON has no infinity. */
export const NO_THRESHOLD = Number.MAX_VALUE;

/** The rule as the model file holds it: a threshold, or a list of codes. */
export function storedRule(rule: SplitRule, column: BinnedColumn): Tree["rule"][number] {
  if (rule.kind === "categorical") return rule.codes;
  return (column as BinnedNumeric).edges[rule.lastLeft - 1] ?? NO_THRESHOLD;
}

/**
 * Move the rows that go left to the front, in place. Both sides keep their order. O(rows).
 *
 * @param rows [rows of the leaf]: numbers of training rows.
 * @param bins [training rows]: each row's bin in the column of the split.
 * @param goesLeft [256]: 1 for each bin that goes left, else 0.
 * @param scratch [≥ rows of the leaf]: its content is lost.
 * @returns how many go left.
 */
export function partitionRows(rows: Uint32Array, bins: Uint8Array, goesLeft: Uint8Array, scratch: Uint32Array): number {
  let left = 0;
  let right = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const isLeft = goesLeft[bins[row]!]!;
    // Written to both sides, kept on one: which way a row goes cannot be predicted, so a branch would cost more.
    rows[left] = row;
    scratch[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}
