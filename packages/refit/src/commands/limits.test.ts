import { describe, expect, it } from "vitest";
import { limitsFrom } from "./limits.ts";

describe("--limit", () => {
  it.each<[words: string[], limits: object]>([
    [[], {}],
    [["memoryMiB=2000"], { memoryMiB: 2000 }],
    [["memoryMiB=64", "prepareSeconds=0.5", "spillMiB=0"], { memoryMiB: 64, prepareSeconds: 0.5, spillMiB: 0 }],
    [["memoryMiB=100", "memoryMiB=200"], { memoryMiB: 200 }],
  ])("%j", async (words, limits) => {
    expect(await limitsFrom(words, "refit run")).toEqual(limits);
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
  ])("%s is refused", async (word, said) => {
    await expect(limitsFrom([word], "refit run")).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining(said),
    });
  });
});
