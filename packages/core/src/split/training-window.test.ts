import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trainingPolicy } from "../spec/training-policy.ts";
import { trainingWindow } from "./training-window.ts";

const DAY = 86_400_000;
const times = Float64Array.of(0, 1, 2, 3, 3, 9, 10).map((day) => day * DAY);
const window = (policy: object, rows = Uint32Array.from(times.keys())) =>
  trainingWindow(rows, times, trainingPolicy.parse(policy));

describe("trainingWindow", () => {
  it.each<[why: string, policy: object, rows: number[]]>([
    ["days count back from the newest row", { days: 7 }, [3, 4, 5, 6]],
    ["the newest rows", { rows: 3 }, [4, 5, 6]],
    ["all, where there are fewer", { rows: 99 }, [0, 1, 2, 3, 4, 5, 6]],
    ["all that fade", { halfLifeDays: 1 }, [0, 1, 2, 3, 4, 5, 6]],
  ])("%s", (_why, policy, rows) => {
    expect([...window(policy).rows]).toEqual(rows);
  });

  it("counts from the newest of the rows that are given", () => {
    expect([...window({ days: 1 }, Uint32Array.of(0, 1, 2, 3)).rows]).toEqual([2, 3]);
  });

  it("halves what a row counts with every half-life, and weighs 1 on average", () => {
    const { decay } = window({ halfLifeDays: 3.5, days: 7 });

    expect(decay![0]! / decay![3]!).toBeCloseTo(0.25, 12);
    expect(decay!.reduce((sum, each) => sum + each, 0) / 4).toBeCloseTo(1, 12);
    expect(window({ days: 7 }).decay).toBeNull();
  });

  it("never keeps an older row than one that it leaves out, and always keeps the newest", () => {
    const policy = fc.oneof(
      fc.record({ days: fc.double({ min: 0.1, max: 20, noNaN: true }) }),
      fc.record({ rows: fc.integer({ min: 1, max: 9 }) }),
    );
    fc.assert(
      fc.property(policy, fc.subarray([...times.keys()], { minLength: 1 }), (asked, rows) => {
        const kept = [...window(asked, Uint32Array.from(rows)).rows];

        expect(kept).toEqual(rows.slice(-kept.length));
        expect(kept.length).toBeGreaterThan(0);
      }),
    );
  });
});
