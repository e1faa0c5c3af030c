import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdoutPolicy, validationPolicy } from "../spec/model-spec.ts";
import { splitRows, type Split, type SplitRequest } from "./split-rows.ts";

const DAY = 86_400_000;

function request(more: {
  times?: number[];
  positions?: number[];
  holdout?: object;
  validation?: object;
  learnedUntil?: number;
}): SplitRequest {
  const count = (more.times ?? more.positions)!.length;
  return {
    rows: Uint32Array.from({ length: count }, (_, i) => i),
    time: more.times === undefined ? null : { name: "day", values: Float64Array.from(more.times, (t) => t * DAY) },
    positions: Float64Array.from(more.positions ?? new Array<number>(count).fill(0.5)),
    policy: holdoutPolicy.parse(more.holdout ?? {}),
    validation: validationPolicy.parse(more.validation ?? { fraction: 0.25 }),
    learnedUntil: more.learnedUntil === undefined ? null : more.learnedUntil * DAY,
  };
}
const parts = ({ train, validation, holdout }: Split) => [[...train], [...validation], [...holdout]];

describe("splitRows by time", () => {
  it.each<[why: string, times: number[], holdout: object, expected: number[][]]>([
    ["days count back from the newest row", [0, 1, 2, 3, 8, 9], { days: 1 }, [[0, 1, 2], [3], [4, 5]]],
    ["the border belongs to the holdout", [0, 1, 2, 3, 4, 5], { days: 2 }, [[0, 1], [2], [3, 4, 5]]],
    [
      "the newest share",
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      { fraction: 0.2 },
      [
        [0, 1, 2, 3, 4, 5],
        [6, 7],
        [8, 9],
      ],
    ],
    ["a fifth by default", [0, 1, 2, 3, 4], {}, [[0, 1, 2], [3], [4]]],
    [
      "ties at the border are held out",
      [0, 1, 2, 3, 7, 7, 7, 7, 9, 9],
      { fraction: 0.3 },
      [[0, 1, 2], [3], [4, 5, 6, 7, 8, 9]],
    ],
    ["ties at the inner border are validation", [0, 1, 5, 5, 5, 9], { fraction: 0.2 }, [[0, 1], [2, 3, 4], [5]]],
  ])("%s", (_why, times, holdout, expected) => {
    expect(parts(splitRows(request({ times, holdout })))).toEqual(expected);
  });

  it("says from when to when", () => {
    const byDays = splitRows(request({ times: [0, 1, 2, 3, 7, 10], holdout: { days: 4 } }));
    const byShare = splitRows(request({ times: [0, 1, 2, 3, 7, 10], holdout: { fraction: 0.3 } }));

    expect(byDays).toMatchObject({ kind: "temporal", from: 6 * DAY, to: 10 * DAY, trainedUntil: 3 * DAY });
    expect(byShare).toMatchObject({ kind: "temporal", from: 7 * DAY, to: 10 * DAY, trainedUntil: 3 * DAY });
  });

  it.each<[why: string, learnedUntil: number, holdout: object, expected: object]>([
    ["nothing of it", 5, { days: 3 }, { from: 6, trainedUntil: 5, unseen: true }],
    ["some of it, and enough is newer", 7, { days: 3, minRows: 2 }, { from: 8, trainedUntil: 7, unseen: true }],
    ["some of it, and too little is newer", 7, { days: 3, minRows: 3 }, { from: 6, trainedUntil: 5, unseen: false }],
    ["all of it", 9, { days: 3, minRows: 1 }, { from: 6, trainedUntil: 5, unseen: false }],
    ["some of a share", 8, { fraction: 0.3, minRows: 1 }, { from: 9, trainedUntil: 8, unseen: true }],
  ])("begins after what the champion has learned from: %s", (_why, learnedUntil, holdout, expected) => {
    const split = splitRows(request({ times: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], holdout, learnedUntil }));

    const { from, trainedUntil, unseen } = split;
    expect({ from: from! / DAY, trainedUntil: trainedUntil! / DAY, unseen }).toEqual(expected);
    expect(split.holdout.at(0)).toBe(from! / DAY);
  });

  it.each<[why: string, validation: object, holdout: object, first: number]>([
    ["a share", { fraction: 0.25 }, { days: 2 }, 10],
    ["days before the holdout", { days: 3 }, { days: 2 }, 11],
    ["twice the holdout's days by default", {}, { days: 2 }, 10],
    ["twice what a share spans by default", {}, { fraction: 0.2 }, 10],
    ["at most half of the rows by default", {}, { days: 6 }, 5],
    ["a fifth where the holdout spans nothing", {}, { fraction: 0.05 }, 13],
  ])("validation is the newest of the rest: %s", (_why, validation, holdout, first) => {
    const times = Array.from({ length: 17 }, (_, day) => day);

    expect(splitRows(request({ times, holdout, validation })).validation.at(0)).toBe(first);
  });

  it("splits only the rows asked for", () => {
    const all = request({ times: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });

    const split = splitRows({ ...all, rows: Uint32Array.of(1, 3, 5, 7, 9) });

    expect(parts(split)).toEqual([[1, 3, 5], [7], [9]]);
  });

  it.each<[why: string, times: number[], holdout: object, code: string, message: RegExp]>([
    ["no rows", [], {}, "too-few-rows", /0 rows/],
    ["one row", [0], {}, "too-few-rows", /1 rows.*would be empty/],
    [
      "a window over everything",
      [0, 1, 2],
      { days: 9 },
      "too-few-rows",
      /training gets 0, validation 0, holdout 3; train and validation would be empty\.$/,
    ],
    ["one instant", [4, 4, 4, 4], {}, "too-few-rows", /Rows with equal times stay together/],
    [
      "a row without time",
      [0, 1, 2, Number.NaN],
      {},
      "time-missing",
      /1 of 4 rows have no value in the time column "day"/,
    ],
  ])("refuses %s", (_why, times, holdout, code, message) => {
    let thrown: unknown;
    try {
      splitRows(request({ times, holdout }));
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("names copies where few different rows leave a part empty", () => {
    const positions = Array.from({ length: 40 }, (_, i) => (i < 35 ? 0.1 : 0.9));

    expect(() => splitRows(request({ positions }))).toThrow(
      expect.objectContaining({
        code: "too-few-rows",
        message: expect.stringMatching(/stay together, and there are only 2 different rows\.$/),
        hint: expect.stringContaining("Remove the copies"),
      }),
    );
  });

  it("never trains on a row that is as new as the holdout, and loses none", () => {
    const times = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });
    const holdout = fc.oneof(
      fc.record({ days: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ fraction: fc.double({ min: 0.01, max: 0.9, noNaN: true }) }),
    );
    fc.assert(
      fc.property(times, holdout, (unsorted, policy) => {
        const sorted = unsorted.toSorted((a, b) => a - b);
        let split: Split;
        try {
          split = splitRows(request({ times: sorted, holdout: policy }));
        } catch {
          return;
        }
        const [train, validation, held] = parts(split).map((rows) => rows.map((row) => sorted[row]!));

        expect(Math.max(...train!)).toBeLessThan(Math.min(...validation!));
        expect(Math.max(...validation!)).toBeLessThan(Math.min(...held!));
        expect(parts(split).flat()).toEqual([...sorted.keys()]);
        expect(split.trainedUntil).toBeLessThan(split.from!);
      }),
    );
  });
});

describe("splitRows by hash", () => {
  it("cuts the unit interval", () => {
    const split = splitRows(request({ positions: [0, 0.199, 0.2, 0.399, 0.4, 0.999], holdout: { fraction: 0.2 } }));

    expect(parts(split)).toEqual([
      [4, 5],
      [2, 3],
      [0, 1],
    ]);
    expect(split).toMatchObject({ kind: "hash", fraction: 0.2, from: null, to: null, trainedUntil: null });
  });

  it("refuses an empty side and says which", () => {
    expect(() => splitRows(request({ positions: [0.5, 0.6] }))).toThrow(/validation and holdout would be empty/);
  });

  it("never moves a row when rows are added or reordered", () => {
    const positions = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 40 });
    const fixed = [0.01, 0.3, 0.99]; // one row for each part, so that none is empty
    const sides = (all: number[]) => {
      const split = splitRows(request({ positions: all }));
      const side = new Map<number, string>();
      for (const part of ["train", "validation", "holdout"] as const) {
        for (const row of split[part]) {
          expect(side.get(all[row]!) ?? part).toBe(part);
          side.set(all[row]!, part);
        }
      }
      return side;
    };
    fc.assert(
      fc.property(positions, positions, (some, more) => {
        const before = sides([...fixed, ...some]);
        const after = sides([...more, ...some.toReversed(), ...fixed]);

        for (const [position, side] of before) expect(after.get(position)).toBe(side);
      }),
    );
  });
});
