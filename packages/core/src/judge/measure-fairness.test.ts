import { describe, expect, it } from "vitest";
import { measureFairness, type FairnessRequest } from "./measure-fairness.ts";

/** Two groups of 200 rows, half positive; `selected` is how many positives and negatives of each group a model selects. */
function predictions(selected: readonly (readonly [positives: number, negatives: number])[]): Float64Array {
  return Float64Array.from({ length: 400 }, (_, row) => {
    const group = Math.floor(row / 200);
    const within = row % 200;
    const [positives, negatives] = selected[group]!;
    const chosen = within < 100 ? within < positives : within - 100 < negatives;
    return chosen ? 0.9 : 0.1;
  });
}
const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
const groups = [
  { value: "a", members: range(0, 200) },
  { value: "b", members: range(200, 400) },
];
const target = Float64Array.from({ length: 400 }, (_, row) => Number(row % 200 < 100));
const fairModel = predictions([
  [80, 20],
  [80, 20],
]);
const request = (change: Partial<FairnessRequest>): FairnessRequest => ({
  column: "region",
  groups,
  target,
  champion: fairModel,
  challenger: fairModel,
  seed: 5,
  replicates: 500,
  ...change,
});

describe("measureFairness", () => {
  it("is less sure where rows are drawn together", () => {
    const challenger = predictions([
      [80, 20],
      [70, 20],
    ]);
    const clusters = Int32Array.from(target, (_, row) => Math.floor(row / 20));
    const width = ({ interval }: { readonly interval: readonly [number, number] | null }) =>
      interval![1] - interval![0];

    const alone = measureFairness(request({ challenger })).opportunityGap;
    const together = measureFairness(request({ challenger, clusters })).opportunityGap;

    expect(together.challenger).toBe(alone.challenger);
    expect(width(together)).toBeGreaterThan(1.5 * width(alone));
  });

  it("weighs rows, and cuts at the threshold", () => {
    const weights = target.map((_, row) => (row % 200 < 50 ? 3 : 1)); // half of the positives
    const rates = (change: Partial<FairnessRequest>) => measureFairness(request(change)).groups[0]!.challenger;

    expect(rates({ weights })).toEqual({ selectionRate: 2 / 3, truePositiveRate: 0.9, falsePositiveRate: 0.2 });
    expect(rates({ settings: { threshold: 0.95 } }).selectionRate).toBe(0);
    expect(rates({ settings: { threshold: 0.1 } }).selectionRate).toBe(1);
  });

  it("has the rates of each group", () => {
    const challenger = predictions([
      [80, 20],
      [40, 10],
    ]);

    const facts = measureFairness(request({ challenger }));

    expect(facts.groups.map(({ challenger: rates }) => rates)).toEqual([
      { selectionRate: 0.5, truePositiveRate: 0.8, falsePositiveRate: 0.2 },
      { selectionRate: 0.25, truePositiveRate: 0.4, falsePositiveRate: 0.1 },
    ]);
    expect(facts.selectionRatio).toMatchObject({ champion: 1, challenger: 0.5 });
    expect(facts.opportunityGap.challenger).toBeCloseTo(0.4, 12);
    expect(facts.selectionRatio.pWorse).toBeLessThan(0.01);
    expect(facts.opportunityGap.pWorse).toBeLessThan(0.01);
    expect(facts.selectionRatio.interval![0]).toBeLessThan(0.5);
    expect(facts.selectionRatio.interval![1]).toBeGreaterThan(0.5);
  });

  it("sees no change between a model and itself", () => {
    const facts = measureFairness(request({}));

    expect(facts.selectionRatio).toMatchObject({ champion: 1, challenger: 1, pWorse: 1 });
    expect(facts.opportunityGap).toMatchObject({ champion: 0, challenger: 0, pWorse: 1 });
  });

  it("does not take a small group for one that can be judged", () => {
    const small = [groups[0]!, { value: "b", members: range(200, 250) }];

    const facts = measureFairness(request({ groups: small }));

    expect(facts.groups.map(({ sufficient }) => sufficient)).toEqual([true, false]);
    expect(facts.selectionRatio).toEqual({ champion: undefined, challenger: undefined, interval: null, pWorse: null });
  });

  it("has no ratio where nobody is selected, and no test without a champion", () => {
    const nobody = new Float64Array(400);

    expect(measureFairness(request({ challenger: nobody })).selectionRatio.challenger).toBeUndefined();
    expect(measureFairness(request({ champion: null })).selectionRatio).toMatchObject({
      champion: undefined,
      challenger: 1,
      pWorse: null,
    });
  });
});
