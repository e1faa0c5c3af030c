import { expect, it } from "vitest";
import { populationStability } from "./population-stability.ts";

it("has nothing to move where all is in one bin", () => {
  expect(populationStability([40], [7])).toEqual({ psi: 0, critical: 0, expected: 0, p: 1 });
  expect(populationStability([0], [7])).toBeNull();
});
