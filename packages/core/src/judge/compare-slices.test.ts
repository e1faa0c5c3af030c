import { describe, expect, it } from "vitest";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { compareSlices, type SliceGroup, type SliceRequest } from "./compare-slices.ts";

const rows = 1250;
const next = randomBits(11);
const uniform = () => (next() + 0.5) / 4_294_967_296;
const target = Float64Array.from({ length: rows }, () => Number(uniform() < 0.4));
const model = () => target.map((y) => 0.1 + 0.2 * y + 0.7 * uniform());
const champion = model();
/** Five slices of 240 rows and one of 50. */
const slices: SliceGroup[] = Array.from({ length: 6 }, (_, i) => ({
  column: i < 3 ? "size" : "phase",
  value: `v${i}`,
  members: Uint32Array.from({ length: i < 5 ? 240 : 50 }, (_unused, row) => 240 * i + row),
}));
/** As good as the champion, but for one slice in which it guesses. */
const challenger = model().map((p, row) => (row >= 480 && row < 720 ? uniform() : p));
const request: SliceRequest = {
  task: "binary",
  classes: 2,
  target,
  champion: { predictions: champion },
  challenger: { predictions: challenger },
  groups: null,
  weights: null,
  metrics: ["rocAuc", "logLoss"],
  primary: "rocAuc",
  seed: 1,
  replicates: 200,
};

describe("compareSlices", () => {
  const found = compareSlices(slices, request);

  it("finds the slice that got worse, and no other", () => {
    expect(found.filter(({ pHolm }) => pHolm !== null && pHolm < 0.05).map(({ value }) => value)).toEqual(["v2"]);
    expect(found[2]!.metrics[0]!.improvement).toBeLessThan(-0.15);
  });

  it("adjusts over all slices that are large enough, whatever their column", () => {
    const tested = found.flatMap(({ pRegression }) => pRegression ?? []);
    expect(tested).toHaveLength(5);

    const smallest = Math.min(...tested);
    expect(found[2]!.pRegression).toBe(smallest);
    expect(found[2]!.pHolm).toBeCloseTo(5 * smallest, 12);
  });

  it("can still be sure when there are more slices than a bootstrap of 200 could tell apart", () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ ...slices[2]!, value: `copy ${i}` }));

    const adjusted = compareSlices(many, { ...request, primary: "logLoss" });

    expect(adjusted[0]!.metrics[1]!.method).toBe("paired-bootstrap");
    expect(adjusted[0]!.pHolm).toBeLessThan(0.05);
  });

  it("weighs the rows of a slice", () => {
    const weights = target.map((_, row) => (row < 120 ? 1 : 3));
    const [first] = compareSlices(slices, { ...request, weights });
    const half = { ...slices[0]!, members: slices[0]!.members.slice(120) };
    const [light] = compareSlices([half], { ...request, weights });
    const [plain] = compareSlices([half], { ...request, weights: null });

    expect(first!.metrics[1]!.challenger).not.toBeCloseTo(found[0]!.metrics[1]!.challenger!, 4);
    expect(light!.metrics[1]!.challenger).toBeCloseTo(plain!.metrics[1]!.challenger!, 12); // all alike in it
    expect(first!.metrics[0]!.method).toBe("paired-bootstrap");
  });

  it("shows a small slice without a test, and all of them without a champion", () => {
    expect(found[5]).toMatchObject({ rows: 50, sufficient: false, pRegression: null, pHolm: null });
    expect(found[5]!.metrics[0]!.challenger).toBeTypeOf("number");

    const alone = compareSlices(slices, { ...request, champion: null });
    expect(alone.every(({ pRegression, pHolm }) => pRegression === null && pHolm === null)).toBe(true);
  });
});
