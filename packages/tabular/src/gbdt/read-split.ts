import type { NodeSplit, SplitRule } from "./split.ts";
import { RESULT_NUMBERS, type Workbench } from "./workbench.ts";

/**
 * The split that gains most of those that a count found for a leaf; `null`: none gains. Of equal ones the first column's.
 *
 * @param columns those that the leaf may be split on, ascending.
 * @param child 0: the leaf that was counted; 1: the other.
 */
export function readSplit({ tree, columns: shapes }: Workbench, columns: Uint32Array, child: 0 | 1): NodeSplit | null {
  const { results } = tree;
  const first = child * shapes.length;
  let best = -1;
  let gain = 0;
  for (const column of columns) {
    const ofColumn = results[(first + column) * RESULT_NUMBERS]!;
    if (ofColumn > gain) {
      gain = ofColumn;
      best = column;
    }
  }
  if (best === -1) return null;
  const at = (first + best) * RESULT_NUMBERS;
  const found = results.subarray(at, at + RESULT_NUMBERS);
  const [, gradient, hessian, rows] = found as unknown as [number, number, number, number];
  return { column: best, gain, rule: ruleOf(found, shapes[best]!.kind), left: { gradient, hessian, rows } };
}

/** @param found [RESULT_NUMBERS], as `kernels/splits.ts` leaves it. */
export function ruleOf(found: Float64Array, kind: SplitRule["kind"]): SplitRule {
  if (kind === "numeric") return { kind, lastLeft: found[4]!, missingLeft: found[5] === 1 };
  const bits = new Uint8Array(found.buffer, found.byteOffset + 48, 32);
  const codes: number[] = [];
  for (let code = 0; code < 256; code++) if (((bits[code >> 3]! >> (code & 7)) & 1) === 1) codes.push(code);
  return { kind, codes };
}
