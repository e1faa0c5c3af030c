/*
 * The exponential, here, and the logarithm, in `portable-log.ts`, with the same bits on every engine. `Math.exp` and `Math.log` are left to the engine: those of
 * V8 up to Node 24 are fdlibm's, and newer browsers have others, which differ in the last bit of every few values. These are fdlibm's
 * too (e_exp.c and e_log.c; Sun Microsystems, 1993: "Permission to use, copy, modify, and distribute this software is freely granted,
 * provided that this notice is preserved"), so that answers in a browser are those of training. Errors below 1 ulp.
 */

export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

export const word = new Float64Array([1]);
export const halves = new Int32Array(word.buffer);
/** Which half has the exponent, which is that of 1 here: machines differ. */
export const HIGH = halves[0] === 0 ? 1 : 0;

/** 2^k. @param k from -1022 to 1023. */
function powerOfTwo(k: number): number {
  halves[1 - HIGH] = 0;
  halves[HIGH] = (k + 1023) << 20;
  return word[0]!;
}

/** e^x. Example: 1 gives `Math.E`. */
export function portableExp(x: number): number {
  if (!(x <= 709.782712893384)) return x * Infinity;
  if (x < -745.1332191019411) return 0;
  const size = Math.abs(x);
  if (size < 3.725290298461914e-9) return 1 + x;
  if (x === 1) return Math.E;
  // x = k ln 2 + r, and |r| is at most half of ln 2.
  const k = size < 0.3465735912322998 ? 0 : Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const series =
    0.16666666666666602 +
    t *
      (-0.0027777777777015593 +
        t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8)));
  const c = r - t * series;
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k === 1024) return y * 2 * 8.98846567431158e307;
  return k < -1021 ? y * powerOfTwo(k + 1000) * 9.332636185032189e-302 : y * powerOfTwo(k);
}
