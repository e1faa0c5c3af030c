/** A number in both lanes. */
function both(value: f64): v128 {
  return f64x2.splat(value);
}

/** Up to here the argument is near enough to 0 for the polynomial: ln 2 / 2, without its last 32 bits. */
const NEAR: f64 = reinterpret<f64>(0x3fd6_2e43_0000_0000);
/** From here on the multiple of ln 2 is rounded; before, it is 1: 3 ln 2 / 2, without its last 32 bits. */
const FAR: f64 = reinterpret<f64>(0x3ff0_a2b2_0000_0000);
/** Below 2^-28, e^x is 1 + x. */
const TINY: f64 = reinterpret<f64>(0x3e30_0000_0000_0000);
const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const INVERSE_LN2: f64 = 1.442695040888963387;
/** 2^52 + 1023: a whole number added to it stands, as the exponent of its power of 2, in the lowest bits of the sum. */
const EXPONENT: f64 = 4503599627370496 + 1023;

/**
 * e^x of two numbers, |x| ≤ 700, to the last bit those of V8's `Math.exp`, except that of exactly 1, which is one bit more: of fdlibm's
 * e_exp.c (Sun Microsystems 1993), in which both ways of a branch are computed here and one is selected.
 *
 * x = k ln 2 + r with |r| ≤ ln 2 / 2, and e^r is 1 + 2 r / (R - r) with a polynomial R of r².
 */
export function expOfTwo(x: v128): v128 {
  const size = f64x2.abs(x);
  const sign = v128.and(x, both(-0.0));
  const one = v128.or(both(1), sign);
  const rounded = f64x2.trunc(f64x2.add(f64x2.mul(both(INVERSE_LN2), x), v128.or(both(0.5), sign)));
  const multiple = v128.bitselect(one, rounded, f64x2.lt(size, both(FAR)));
  const k = v128.and(multiple, f64x2.ge(size, both(NEAR)));
  const high = f64x2.sub(x, f64x2.mul(k, both(LN2_HIGH)));
  const low = f64x2.mul(k, both(LN2_LOW));
  const rest = f64x2.sub(high, low);

  const square = f64x2.mul(rest, rest);
  let sum = f64x2.mul(square, both(4.13813679705723846039e-8));
  sum = f64x2.mul(square, f64x2.add(both(-1.6533902205465251539e-6), sum));
  sum = f64x2.mul(square, f64x2.add(both(6.61375632143793436117e-5), sum));
  sum = f64x2.mul(square, f64x2.add(both(-2.77777777770155933842e-3), sum));
  sum = f64x2.mul(square, f64x2.add(both(1.66666666666666019037e-1), sum));
  const c = f64x2.sub(rest, sum);
  const quotient = f64x2.div(f64x2.mul(rest, c), f64x2.sub(both(2), c));
  const ofRest = f64x2.sub(both(1), f64x2.sub(f64x2.sub(low, quotient), high));
  const power = i64x2.shl(f64x2.add(k, both(EXPONENT)), 52);
  return v128.bitselect(f64x2.add(both(1), x), f64x2.mul(ofRest, power), f64x2.lt(size, both(TINY)));
}
