import { describe, expect, it } from "vitest";
import { limitsFrom } from "./limits-from.ts";

describe("--limit", () => {
  it.each<[words: string[], limits: object]>([
    [[], {}],
    [["memoryMiB=2000"], { memoryMiB: 2000 }],
    [["memoryMiB=64", "prepareSeconds=0.5", "spillMiB=0"], { memoryMiB: 64, prepareSeconds: 0.5, spillMiB: 0 }],
    [["memoryMiB=100", "memoryMiB=200"], { memoryMiB: 200 }],
  ])("%j", (words, limits) => {
    expect(limitsFrom({ limit: words }, "refit run")).toEqual(limits);
  });

  it.each([
    [
      "memory=2GB",
      "memory=2GB is not NAME=NUMBER with one of the names prepareSeconds, memoryMiB, spillMiB, downloadMiB.",
    ],
    ["memoryMiB", "is not NAME=NUMBER"],
    ["=5", "is not NAME=NUMBER"],
    ["toString=5", "is not NAME=NUMBER"],
    ["memoryMiB=", "is not NAME=NUMBER"],
    ["memoryMiB=2GB", "memoryMiB=2GB is not a number that memoryMiB can have"],
    ["memoryMiB=63", "memoryMiB=63 is not a number that memoryMiB can have"],
    ["memoryMiB=64.5", "is not a number"],
    ["prepareSeconds=0", "is not a number"],
    ["spillMiB=-1", "is not a number"],
    ["prepareSeconds=Infinity", "is not a number"],
  ])("%s is refused", (word, said) => {
    expect(() => limitsFrom({ limit: [word] }, "refit run")).toThrow(
      expect.objectContaining({
        code: "usage",
        message: expect.stringContaining(said),
      }),
    );
  });
});

describe("--memory", () => {
  it.each<[memory: string, memoryMiB: number]>([
    ["800MiB", 800],
    ["4GiB", 4096],
    ["1.5gib", 1536],
    ["64MiB", 64],
  ])("%s", (memory, memoryMiB) => {
    expect(limitsFrom({ memory, limit: ["spillMiB=5"] }, "refit run")).toEqual({ memoryMiB, spillMiB: 5 });
  });

  it.each(["63MiB", "4", "4GB", "-4GiB", "GiB", "", "50%", "4 GiB", "1e3MiB"])("%j is refused", (memory) => {
    expect(() => limitsFrom({ memory }, "refit run")).toThrow(
      expect.objectContaining({
        code: "usage",
        message: `--memory ${memory} is not a size of at least 64MiB, such as 800MiB or 4GiB.`,
      }),
    );
  });

  it("is not given twice", () => {
    expect(() => limitsFrom({ memory: "4GiB", limit: ["memoryMiB=100"] }, "refit run")).toThrow(
      expect.objectContaining({
        code: "usage",
        message: expect.stringContaining("say the same thing"),
      }),
    );
  });
});
