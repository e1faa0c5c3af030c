import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TargetSpec } from "../features/feature-spec.ts";
import { shadowFacts, type ShadowRequest } from "./shadow-facts.ts";

const binary: TargetSpec = { name: "left", task: "binary", classes: [false, true] };
const weather: TargetSpec = { name: "weather", task: "multiclass", classes: ["fog", "rain", "sun"] };
const price: TargetSpec = { name: "price", task: "regression", classes: null };

const asked = (
  target: TargetSpec,
  [champion, challenger]: readonly [readonly number[], readonly number[]],
  more: Partial<ShadowRequest> & { readonly thresholds?: readonly [number, number] } = {},
) => {
  const { thresholds = [0.5, 0.5], ...rest } = more;
  return shadowFacts({
    target,
    champion: { predictions: Float64Array.from(champion), threshold: thresholds[0] },
    challenger: { predictions: Float64Array.from(challenger), threshold: thresholds[1] },
    slices: [],
    sensitive: false,
    ...rest,
  });
};

const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);

describe("shadowFacts", () => {
  it("counts what two classes are decided, each version by its own threshold", () => {
    const facts = asked(
      binary,
      [
        [0.1, 0.4, 0.6, 0.9],
        [0.1, 0.4, 0.6, 0.2],
      ],
      { thresholds: [0.5, 0.3] },
    );

    expect(facts.decisions).toEqual({
      agreed: 2,
      flips: [
        { from: "false", to: "true", rows: 1 },
        { from: "true", to: "false", rows: 1 },
      ],
    });
    expect(facts.scores).toMatchObject({ of: "true", champion: 0.5, challenger: expect.closeTo(0.325, 12) });
    expect(facts.scores.meanMove).toBeCloseTo(0.175, 12);
  });

  it("names flips of more classes, the most frequent first, and shows no value of a sensitive target", () => {
    const answers = [
      [1, 0, 0, 1, 0, 0, 0, 1, 0],
      [0, 0, 1, 0, 0, 1, 0.1, 0.8, 0.1],
    ] as const;

    expect(asked(weather, answers).decisions).toEqual({ agreed: 1, flips: [{ from: "fog", to: "sun", rows: 2 }] });
    expect(asked(weather, answers, { sensitive: true }).decisions!.flips).toEqual([
      { from: "class 1", to: "class 3", rows: 2 },
    ]);
    expect(asked(weather, answers).scores).toMatchObject({ of: null, champion: null, challenger: null, ks: null });
    expect(asked(weather, answers).scores.meanMove).toBeCloseTo(2.2 / 3, 12);
    expect(asked(binary, [[0.1], [0.9]], { sensitive: true }).scores.of).toBe("class 2");
  });

  it("has no decisions of numbers, and no distance of equal answers", () => {
    const same = [1, 2, 3];

    expect(asked(price, [same, same])).toMatchObject({
      decisions: null,
      scores: { of: null, champion: 2, challenger: 2, meanMove: 0, ks: 0, jsDistanceBase2: null },
    });
    expect(asked(price, [same, [11, 12, 13]]).scores).toMatchObject({ meanMove: 10, ks: 1 });
    expect(
      asked(binary, [
        [0.2, 0.8],
        [0.2, 0.8],
      ]).scores,
    ).toMatchObject({ ks: 0, jsDistanceBase2: 0 });
    expect(
      asked(binary, [
        [0.2, 0.2],
        [0.8, 0.8],
      ]).scores,
    ).toMatchObject({ ks: 1, jsDistanceBase2: 1 });
  });

  it("tests slices against all other rows, adjusted over all of them, and none of few rows", () => {
    const before = new Array<number>(1000).fill(0.1);
    // Of the first 200 rows 20 are decided otherwise, of the other 800 none are.
    const now = before.map((value, row) => (row < 200 && row % 10 === 0 ? 0.9 : value));
    const slices = [
      { column: "plan", value: "basic", members: range(0, 200) },
      { column: "plan", value: "pro", members: range(200, 1000) },
      { column: "mood", value: "calm", members: range(900, 990) },
      { column: "all", value: "1", members: range(0, 1000) },
    ];

    const [basic, pro, calm, all] = asked(binary, [before, now], { slices }).slices;

    expect(basic).toMatchObject({ rows: 200, flipped: 20, moreThanElsewhere: true });
    expect(basic!.meanMove).toBeCloseTo(0.08, 12);
    expect(basic!.p!).toBeLessThan(1e-10);
    expect(basic!.pHolm).toBeCloseTo(2 * basic!.p!, 15);
    expect(pro).toMatchObject({ flipped: 0, moreThanElsewhere: false, p: basic!.p });
    expect(calm).toMatchObject({ rows: 90, p: null, pHolm: null });
    expect(all).toMatchObject({ p: null, moreThanElsewhere: false });
  });

  it("tests moves of numbers by Welch's test", () => {
    const before = Array.from({ length: 400 }, (_, row) => row);
    const now = before.map((value, row) => value + (row < 200 ? 5 : 1) + (row % 2));
    const slices = [{ column: "a", value: "b", members: range(0, 200) }];

    const [found] = asked(price, [before, now], { slices }).slices;

    expect(found).toMatchObject({ flipped: null, moreThanElsewhere: true, meanMove: 5.5 });
    expect(found!.p!).toBeLessThan(1e-10);
    const still = asked(price, [before, before.map((value) => value + 1)], { slices }).slices[0]!;
    expect(still).toMatchObject({ moreThanElsewhere: false, p: 1 });
  });

  it("does not depend on the order of the rows", () => {
    const pairs = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    const of = (rows: readonly (readonly [number, number])[]) =>
      asked(binary, [rows.map(([a]) => a), rows.map(([, b]) => b)]);
    fc.assert(
      fc.property(pairs, (rows) => {
        const [there, back] = [of(rows), of(rows.toReversed())];
        expect(back.decisions).toEqual(there.decisions);
        expect(back.scores.ks).toBe(there.scores.ks);
        expect(back.scores.meanMove).toBeCloseTo(there.scores.meanMove, 12);
      }),
    );
  });
});
