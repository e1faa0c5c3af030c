import { totalmem } from "node:os";
import { describe, expect, it, vi } from "vitest";
import { machineMemoryMiB, usualMemoryMiB } from "./session-memory.ts";

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

describe("memory of the machine", () => {
  const whole = Math.floor(totalmem() / 2 ** 20);

  it.each([
    ["no limit, as control groups of the first version say it", 9_223_372_036_854_772_000, whole],
    ["no limit, as others say it", 0, whole],
    ["a container of 300 MiB", 300 * 2 ** 20, 300],
  ])("%s", (_, constrained, memoryMiB) => {
    vi.spyOn(process, "constrainedMemory").mockReturnValue(constrained);

    expect(machineMemoryMiB()).toBe(memoryMiB);
    vi.restoreAllMocks();
  });
});
