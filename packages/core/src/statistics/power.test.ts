import { expect, it } from "vitest";
import { harmonicAlpha } from "./multiplicity/harmonic-alpha.ts";
import { minimumDetectableEffect } from "./power.ts";

it("detects 2.486 standard errors at one-sided 5 % four times in five", () => {
  expect(minimumDetectableEffect(0.01)).toBeCloseTo(0.01 * (1.6448536269514722 + 0.8416212335729143), 14);
  expect(minimumDetectableEffect(0.01, 0.025, 0.9)).toBeCloseTo(0.01 * (1.959963984540054 + 1.2815515655446004), 14);
});

it("spends the whole alpha over all looks and no more", () => {
  let spent = 0;
  for (let look = 1; look <= 10_000; look++) spent += harmonicAlpha(0.05, look);

  expect(harmonicAlpha(0.05, 30)).toBeCloseTo(3.377372788077927e-5, 15);
  expect(spent).toBeLessThan(0.05);
  expect(spent).toBeGreaterThan(0.0499);
});
