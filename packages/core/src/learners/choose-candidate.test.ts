import { describe, expect, it } from "vitest";
import { chooseCandidate } from "./choose-candidate.ts";

type Row = [value: number | undefined, sizeBytes: number];

describe("chooseCandidate", () => {
  it.each<[why: string, rows: Row[], higherIsBetter: boolean, chosen: number | null]>([
    [
      "highest",
      [
        [0.7, 1],
        [0.8, 9],
        [0.6, 1],
      ],
      true,
      1,
    ],
    [
      "lowest",
      [
        [0.7, 1],
        [0.8, 1],
        [0.6, 9],
      ],
      false,
      2,
    ],
    [
      "of equals the smaller",
      [
        [0.8, 9],
        [0.8, 5],
        [0.8, 7],
      ],
      true,
      1,
    ],
    [
      "of equal equals the first",
      [
        [0.8, 5],
        [0.8, 5],
      ],
      true,
      0,
    ],
    [
      "no value never wins",
      [
        [undefined, 1],
        [Number.NaN, 1],
        [-3, 9],
        [Infinity, 1],
      ],
      true,
      2,
    ],
    [
      "nor where lower is better",
      [
        [-Infinity, 1],
        [5, 1],
      ],
      false,
      1,
    ],
    [
      "none has a value",
      [
        [undefined, 1],
        [Number.NaN, 1],
      ],
      true,
      null,
    ],
    ["no candidates", [], true, null],
  ])("%s", (_why, rows, higherIsBetter, chosen) => {
    const candidates = rows.map(([value, sizeBytes], index) => ({ name: `c${index}`, value, sizeBytes }));

    expect(chooseCandidate(candidates, { higherIsBetter })).toBe(chosen === null ? null : candidates[chosen]);
  });
});
