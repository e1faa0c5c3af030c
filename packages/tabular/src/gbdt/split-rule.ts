import type { ColumnShape, NumericShape } from "./bin-features.ts";
import type { SplitRule } from "./split.ts";
import type { Tree } from "./tree.ts";

/** Write the rule as a table. @param goesLeft [256]: 1 for each bin that goes left, else 0. */
export function routeBins(rule: SplitRule, goesLeft: Uint8Array): void {
  goesLeft.fill(0);
  if (rule.kind === "numeric") {
    goesLeft.fill(1, 1, rule.lastLeft + 1);
    goesLeft[0] = rule.missingLeft ? 1 : 0;
  } else {
    for (const code of rule.codes) goesLeft[code] = 1;
  }
}

/** Stands for "every value goes left, missing goes right": no edge lies behind the last bin, and JSON has no infinity. */
export const NO_THRESHOLD = Number.MAX_VALUE;

/** The rule as the model file holds it: a threshold, or a list of codes. */
export function storedRule(rule: SplitRule, column: ColumnShape): Tree["rule"][number] {
  if (rule.kind === "categorical") return rule.codes;
  return (column as NumericShape).edges[rule.lastLeft - 1] ?? NO_THRESHOLD;
}
