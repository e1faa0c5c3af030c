import { describe, expect, it } from "vitest";
import { usualMemoryMiB } from "./session-memory.ts";

describe("memory of a session that nobody has set", () => {
  it.each<[machineMiB: number, columns: number, memoryMiB: number, why: string]>([
    [8000, 20, 2000, "a quarter of the machine"],
    [512, 20, 400, "never less than narrow tables need"],
    [24_000, 2000, 6000, "a quarter that is enough for a wide file"],
    [8000, 5000, 3400, "what a wide file needs, beyond a quarter"],
    [8000, 10_000, 4000, "not more than half of the machine"],
  ])("on a machine of %i MiB, %i columns: %i (%s)", (machineMiB, columns, memoryMiB) => {
    expect(usualMemoryMiB(machineMiB, columns)).toBe(memoryMiB);
  });
});
