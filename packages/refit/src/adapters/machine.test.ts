import { availableParallelism, totalmem } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";
import { machineMemoryMiB, partOf, SHARED_BY, threadsHere } from "./machine.ts";

describe("memory of the machine", () => {
  const whole = Math.floor(totalmem() / 2 ** 20);

  it.each([
    ["no limit, as control groups of the first version say it", 9_223_372_036_854_772_000, whole],
    ["no limit, as others say it", 0, whole],
    ["a container of 300 MiB", 300 * 2 ** 20, 300],
  ])("%s", (_, constrained, memoryMiB) => {
    vi.spyOn(process, "constrainedMemory").mockReturnValue(constrained);

    expect(machineMemoryMiB()).toBe(memoryMiB);
  });
});

describe("a machine that several processes share", () => {
  it.each([
    ["two", "2", 2],
    ["nobody said", "", 1],
    ["not a number", "many", 1],
    ["less than one", "0", 1],
  ])("%s: each has its part of memory and threads, and at least a thread", (_why, said, sharers) => {
    vi.spyOn(process, "constrainedMemory").mockReturnValue(3000 * 2 ** 20);
    vi.stubEnv(SHARED_BY, said);

    expect(machineMemoryMiB()).toBe(Math.floor(3000 / sharers));
    expect(threadsHere()).toBe(Math.max(1, Math.floor(availableParallelism() / sharers)));
  });
});

describe("memory that a person has said", () => {
  it.each([
    ["is all of one process", 1000, "", 1000],
    ["is all of one process, however little", 10, "1", 10],
    ["is divided among several", 1001, "4", 250],
    ["is enough for DuckDB in each of them", 100, "4", 64],
  ])("%s", (_what, memoryMiB, said, part) => {
    vi.stubEnv(SHARED_BY, said);

    expect(partOf(memoryMiB)).toBe(part);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
