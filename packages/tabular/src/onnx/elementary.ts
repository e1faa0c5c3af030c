import type { Graph, GraphValue } from "./graph.ts";
import { DOUBLE, INT64 } from "./proto.ts";
import { placeAmong } from "./place-among.ts";

// e^x and log x by additions, multiplications and divisions alone, in the order of fdlibm (Sun Microsystems, 1993), which `Math.exp` and
// `Math.log` follow in V8: any runtime then gives our bits, while its own Exp and Log differ in the last digits.

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** A number by the higher half of its bits, the lower one being 0. */
function byHighWord(word: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, word);
  return view.getFloat64(0);
}

function powersOfTwo(lowest: number, highest: number): number[] {
  return Array.from({ length: highest - lowest + 1 }, (_, i) => byHighWord((1023 + lowest + i) * 0x10_00_00));
}

const HALF_LN2 = byHighWord(0x3fd62e43);
const TINY = byHighWord(0x3e300000);
const EXP = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
  4.13813679705723846039e-8,
] as const;

/** Beyond it a power of two has no 64-bit float of full precision. */
export const EXP_LIMIT = 700;

/**
 * e^x, to the bit of `Math.exp`.
 *
 * @param x [N, K], from -limit to limit. @param limit at most `EXP_LIMIT`.
 */
export function exp(g: Graph, x: GraphValue, limit: number): GraphValue {
  const distance = g.abs(x);
  const rounded = g.add(g.mul(Math.LOG2E, x), g.mul(0.5, g.apply("Sign", [x])));
  const power = g.choose(g.less(distance, HALF_LN2), 0n, g.cast(rounded, INT64));
  const times = g.cast(power, DOUBLE);
  const high = g.sub(x, g.mul(times, LN2_HIGH));
  const low = g.mul(times, LN2_LOW);
  const rest = g.sub(high, low);
  const square = g.mul(rest, rest);
  const series = g.sub(rest, g.mul(square, polynomial(g, square, EXP)));
  const ratio = g.div(g.mul(rest, series), g.sub(2, series));
  const reduced = g.sub(1, g.sub(g.sub(low, ratio), high));
  const most = Math.ceil(limit / Math.LN2) + 1;
  const scale = g.gather(g.list(powersOfTwo(-most, most)), g.add(power, BigInt(most)));
  const usual = g.choose(g.less(distance, TINY), g.add(1, x), g.mul(reduced, scale));
  // V8 gives the nearest number there, which fdlibm misses.
  return g.choose(g.equal(x, 1), Math.E, usual);
}

/** first + t·(second + t·(third + …)) */
function polynomial(g: Graph, t: GraphValue, [first, ...more]: readonly number[]): GraphValue {
  const [second, ...others] = more;
  const inner = others.length === 0 ? g.mul(t, second!) : g.mul(t, polynomial(g, t, more));
  return g.add(first!, inner);
}

/** Where a mantissa is halved, so that what remains lies around 1. */
const SQRT2 = 1 + 0x6a09c / 0x100000;
const SMALL = 1 / 0x100000;
/** Around √2 and its half the formula is another one. */
const MIDDLE_ABOVE = 0x6147a / 0x100000;
const MIDDLE_BELOW = (0x6b852 - 0x100000) / 0x200000;
const LOG_EVEN = [3.999999999940941908e-1, 2.222219843214978396e-1, 1.531383769920937332e-1] as const;
const LOG_ODD = [
  6.66666666666673513e-1, 2.857142874366239149e-1, 1.818357216161805012e-1, 1.479819860511658591e-1,
] as const;

/**
 * The natural logarithm, to the bit of `Math.log`.
 *
 * @param x [N, 1], from 2^-most to 2^most.
 */
export function log(g: Graph, x: GraphValue, most: number): GraphValue {
  const steps = powersOfTwo(-most - 1, most).map((step) => SQRT2 * step);
  const power = g.sub(placeAmong(g, x, steps), BigInt(most + 1));
  const times = g.cast(power, DOUBLE);
  const inverses = g.list(powersOfTwo(-most - 1, most + 1));
  const scale = g.gather(inverses, g.sub(BigInt(most + 1), power));
  const f = g.sub(g.mul(x, scale), 1);
  const [high, low] = [g.mul(times, LN2_HIGH), g.mul(times, LN2_LOW)];
  const ending = (inner: GraphValue) => g.sub(high, g.sub(inner, f));

  const s = g.div(f, g.add(2, f));
  const z = g.mul(s, s);
  const w = g.mul(z, z);
  const r = g.add(g.mul(z, polynomial(g, w, LOG_ODD)), g.mul(w, polynomial(g, w, LOG_EVEN)));
  const halfSquare = g.mul(g.mul(0.5, f), f);
  const middle = ending(g.sub(halfSquare, g.add(g.mul(s, g.add(halfSquare, r)), low)));
  const outer = ending(g.sub(g.mul(s, g.sub(f, r)), low));
  const isMiddle = g.either(g.atMost(MIDDLE_ABOVE, f), g.less(f, MIDDLE_BELOW));
  const near = g.mul(g.mul(f, f), g.sub(0.5, g.mul(0.333333333333333333, f)));
  const isNear = g.apply("And", [g.atMost(-SMALL, f), g.less(f, SMALL)]);
  return g.choose(isNear, ending(g.sub(near, low)), g.choose(isMiddle, middle, outer));
}
