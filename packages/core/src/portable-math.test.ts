import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { portableLog } from "./portable-log.ts";
import { portableExp } from "./portable-math.ts";
import { randomBits } from "./statistics/resampling/random-bits.ts";

/** sha256 over the bits of the function's values. */
function digestOf(values: Float64Array): string {
  return createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex").slice(0, 16);
}

const next = randomBits(7);
const unit = () => next() / 4_294_967_296;
const scores = Float64Array.from({ length: 200_000 }, (_, i) => (unit() - 0.5) * [1500, 120, 4, 1e-8][i % 4]!);
const odds = Float64Array.from({ length: 200_000 }, (_, i) => [1, 4, 1e7, 1e300][i % 4]! * (unit() + 1e-9));

it("is what Math is where models were trained until now, to the last bit", () => {
  expect(digestOf(scores.map(portableExp))).toBe("668735d8103af51e");
  expect(digestOf(odds.map(portableLog))).toBe("9f55566129bd9e33");
});

it.each([
  [0, 1],
  [-0, 1],
  [1, Math.E],
  [-Infinity, 0],
  [Infinity, Infinity],
  [NaN, NaN],
  [709.782712893384, 1.7976931348622732e308],
  [709.7827128933841, Infinity],
  [-745.1332191019411, 5e-324],
  [-745.1332191019412, 0],
  [-740, 4.2e-322],
  [1e-300, 1],
])("e^%d is %d", (x, expected) => {
  expect(portableExp(x)).toBe(expected);
});

it.each([
  [1, 0],
  [2, Math.LN2],
  [0.5, -Math.LN2],
  [1.000000000931322574615478515625, 9.313225741817976e-10],
  [Number.MAX_VALUE, 709.782712893384],
  [2.2250738585072014e-308, -708.3964185322641],
])("the logarithm of %d is %d", (x, expected) => {
  expect(portableLog(x)).toBe(expected);
});
