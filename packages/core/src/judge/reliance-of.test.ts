import { describe, expect, it } from "vitest";
import type { FeatureMatrix } from "../learners/learner.ts";
import { visitShuffled } from "../learners/shuffle-importance.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { relianceOf, type RelianceRequest } from "./reliance-of.ts";

const ROWS = 600;
const next = randomBits(3);
const uniform = (): number => next() / 4_294_967_296;
const column = (name: string) => ({
  kind: "numeric" as const,
  name,
  values: Float32Array.from({ length: ROWS }, uniform),
});
const features: FeatureMatrix = { rows: ROWS, columns: [column("strong"), column("weak"), column("unused")] };
const predict = ({ columns }: FeatureMatrix): Float64Array => {
  const [strong, weak] = columns as [ReturnType<typeof column>, ReturnType<typeof column>];
  return Float64Array.from(strong.values, (value, row) => (3 * value + weak.values[row]!) / 4);
};
const target = predict(features).map((score) => (score + uniform() / 4 > 0.62 ? 1 : 0));

async function request(change: Partial<RelianceRequest> = {}): Promise<RelianceRequest> {
  const groups = new Map(features.columns.map(({ name }) => [name, new Set([name])]));
  const shuffled = new Map<string, { predictions: Float64Array }>();
  await visitShuffled({ predict }, features, { groups, seed: 5 }, (name, _answers, moved) => {
    shuffled.set(name, { predictions: moved.slice() });
  });
  return {
    task: "binary",
    classes: 2,
    target,
    answers: { predictions: predict(features) },
    shuffled,
    groups: null,
    weights: null,
    primary: "rocAuc",
    seed: 5,
    replicates: 200,
    ...change,
  };
}

describe("what a model relies on", () => {
  it.each(["rocAuc", "logLoss"] as const)(
    "%s: most on the input that decides, and not on one that it never reads",
    async (primary) => {
      const found = relianceOf(await request({ primary }));

      expect(found.map(({ input }) => input)).toEqual(["strong", "weak", "unused"]);
      const [strong, weak, unused] = found.map(({ metric }) => metric);
      expect(strong!.interval![1]).toBeLessThan(weak!.interval![0]);
      expect(weak!.interval![1]).toBeLessThan(0);
      expect(unused).toMatchObject({ improvement: 0, interval: null });
      // Without the input that decides it guesses: a fair share of what a constant would lose.
      if (primary === "rocAuc") expect(strong!.challenger).toBeLessThan(0.72);
    },
  );

  it("widens the interval for rows that come together, and follows weights", async () => {
    const width = ({ interval }: { readonly interval: readonly [number, number] | null }) =>
      interval![1] - interval![0];
    const of = (change: Partial<RelianceRequest>) =>
      request(change).then((made) => relianceOf(made).find(({ input }) => input === "strong")!.metric);
    const alone = await of({ primary: "brier" });

    const together = await of({ primary: "brier", groups: Int32Array.from({ length: ROWS }, (_, row) => row % 6) });
    const few = await of({
      primary: "brier",
      weights: Float64Array.from({ length: ROWS }, (_, row) => (row < 60 ? 1 : 0)),
    });

    expect(width(together)).not.toBe(width(alone));
    expect(width(few)).toBeGreaterThan(2 * width(alone));
  });

  it("says nothing where the metric is not defined", async () => {
    expect(relianceOf(await request({ target: new Float64Array(ROWS) }))).toEqual([]);
  });
});
