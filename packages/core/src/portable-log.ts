import { halves, HIGH, LN2_HIGH, LN2_LOW, word } from "./portable-math.ts";

/** The natural logarithm of a positive number that is not subnormal, such as odds. */
export function portableLog(x: number): number {
  word[0] = x;
  const bits = halves[HIGH]!;
  const fraction = bits & 0xfffff;
  // x = 2^k (1 + f), and 1 + f lies between the roots of 1/2 and 2.
  const carry = (fraction + 0x95f64) & 0x100000;
  halves[HIGH] = fraction | (carry ^ 0x3ff00000);
  const k = (bits >> 20) - 1023 + (carry >> 20);
  const f = word[0] - 1;
  if ((0xfffff & (2 + fraction)) < 3) {
    if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k * LN2_HIGH - (rest - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const r = odd + even;
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f;
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}
