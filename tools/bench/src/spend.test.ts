import { expect, it } from "vitest";
import { childrenCpu } from "./spend.ts";

it.each([
  ["0m0.00s 0m0.00s\n1m2.50s 0m0.25s\n", 62_750],
  ["9m9.00s 9m9.00s\n0m0.000s 0m0.010s\n", 10],
])("what children took: %j", (text, milliseconds) => {
  expect(childrenCpu(text)).toBeCloseTo(milliseconds, 6);
});
