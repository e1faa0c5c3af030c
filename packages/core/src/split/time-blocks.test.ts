import { describe, expect, it } from "vitest";
import { timeBlocks } from "./time-blocks.ts";

const HOUR = 3_600_000;
const hours = (...list: readonly number[]) => Float64Array.from(list, (hour) => Date.UTC(2026, 0, 1) + hour * HOUR);

describe("timeBlocks", () => {
  it("cuts at whole stretches from the first instant on, and numbers those that have rows", () => {
    expect(timeBlocks(hours(6, 7, 29, 30, 31, 200), 1)).toEqual({
      groups: Int32Array.of(0, 0, 0, 1, 1, 2),
      count: 3,
    });
  });

  it("does not need rows in order of time, nor whole days", () => {
    expect(timeBlocks(hours(13, 0, 12, 11), 0.5)).toEqual({ groups: Int32Array.of(0, 1, 0, 1), count: 2 });
  });

  it("has no block without rows", () => {
    expect(timeBlocks(hours(), 1)).toEqual({ groups: new Int32Array(0), count: 0 });
  });
});
