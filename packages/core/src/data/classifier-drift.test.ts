import { describe, expect, it } from "vitest";

import { randomBits } from "../statistics/resampling/random-bits.ts";
import { judgeClassifier } from "./classifier-drift.ts";

const sides = (each: number) => Float64Array.from({ length: 2 * each }, (_, row) => Number(row >= each));
const scoresOf = (isNew: Float64Array, moved: number, seed = 1) => {
  const next = randomBits(seed);
  return isNew.map((side) => next() / 4_294_967_296 + moved * side);
};

describe("judgeClassifier", () => {
  it.each<[what: string, each: number, moved: number, status: string]>([
    ["the same", 800, 0, "ok"],
    ["apart", 800, 0.5, "drift"],
    ["surely apart, and so little that it does not matter", 5000, 0.05, "ok"],
    ["too few", 499, 5, "insufficient"],
    ["just enough", 500, 5, "drift"],
    ["none", 0, 0, "insufficient"],
  ])("%s", (_what, each, moved, status) => {
    const isNew = sides(each);

    expect(judgeClassifier(isNew, scoresOf(isNew, moved), ["x"])).toMatchObject({ status, rows: each });
  });

  it("says what it told them by, how well, and how surely", () => {
    const isNew = sides(500);

    expect(judgeClassifier(isNew, isNew, ["speed"])).toMatchObject({
      auc: 1,
      p: expect.closeTo(0, 9),
      features: ["speed"],
    });
    expect(judgeClassifier(isNew, new Float64Array(1000), [])).toMatchObject({ auc: 0.5, p: 0.5 });
  });

  it("is not alarmed by chance", () => {
    const isNew = sides(500);
    const alarms = Array.from({ length: 200 }, (_, seed) => judgeClassifier(isNew, scoresOf(isNew, 0, seed), []));

    expect(alarms.filter(({ status }) => status === "drift")).toEqual([]);
    expect(alarms.filter(({ p }) => p! < 0.05).length).toBeGreaterThan(2);
    expect(alarms.filter(({ p }) => p! < 0.05).length).toBeLessThan(20);
  });
});
