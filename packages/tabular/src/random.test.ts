import { describe, expect, it } from "vitest";
import { drawSorted, seededRandom } from "./random.ts";

describe("seededRandom", () => {
  it("gives the same numbers for the same seed, on every machine", () => {
    const random = seededRandom(7);

    expect([random(), random(), random()]).toEqual([80_695_229, 407_226_324, 3_558_214_028]);
  });

  it("gives other numbers for the next seed", () => {
    expect(seededRandom(8)()).not.toBe(seededRandom(7)());
  });

  it("is uniform enough that each of 16 boxes gets its share", () => {
    const random = seededRandom(1);
    const boxes = new Float64Array(16);

    for (let i = 0; i < 160_000; i++) boxes[random() >>> 28]! += 1;

    // Four standard deviations of a count with mean 10,000.
    for (const count of boxes) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe("drawSorted", () => {
  it.each([
    [10, 0],
    [10, 1],
    [10, 7],
    [10, 10],
    [0, 0],
  ])("draws from %i exactly %i different numbers in ascending order", (total, count) => {
    const drawn = [...drawSorted(seededRandom(3), total, count)];

    expect(drawn).toHaveLength(count);
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    expect(drawn.every((n) => n < total)).toBe(true);
  });

  it("draws every number equally often", () => {
    const random = seededRandom(5);
    const seen = new Float64Array(5);

    for (let i = 0; i < 10_000; i++) for (const n of drawSorted(random, 5, 2)) seen[n]! += 1;

    for (const count of seen) expect(Math.abs(count - 4000)).toBeLessThan(200);
  });
});
