import { SpecInvalidError } from "@refit/core/errors";
import { describe, expect, it } from "vitest";

import { readDataManifest } from "./documents.ts";

function problemsOf(text: string): SpecInvalidError {
  try {
    readDataManifest("data-manifests/d.yaml", text, [""]);
  } catch (error) {
    if (error instanceof SpecInvalidError) return error;
    throw error;
  }
  return expect.fail("no error");
}

const sources = "sources: [{ path: a.csv }]\n";
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

describe("a manifest that was made to exhaust its reader", () => {
  // Where time grows with the square of the keys, this takes a minute and a half.
  it("of 24,000 unknown keys is refused with the first of them", { timeout: 30_000 }, () => {
    const error = problemsOf(sources + lines(24_000, (i) => `k${i}: 1`));

    expect(error.message).toContain("24000 problems");
    expect(error.message.split("\n").length).toBeLessThan(100);
    expect(error.problems).toHaveLength(1000);
    expect(error.problems.at(-1)).toMatchObject({ line: 1001, column: 1 });
  });

  it("of 24,000 equal keys is refused with the first of them", { timeout: 30_000 }, () => {
    const error = problemsOf(sources + lines(24_000, () => "prepare:"));

    expect(error.problems[0]).toMatchObject({ line: 3, message: expect.stringContaining("already in the map") });
  });

  it.each<[what: string, text: string, message: string]>([
    [
      "aliases of aliases",
      `a: &a [1,1,1,1,1,1,1,1,1]\n${lines(9, (i) => `b${i}: &b${i} [${`*${i === 0 ? "a" : `b${i - 1}`},`.repeat(9)}]`)}`,
      "aliases",
    ],
    ["an alias of itself", "a: &a { b: *a }", "unknown key"],
    ["20,000 levels", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`, "nested too deeply"],
    ["600 levels of blocks", lines(600, (i) => `${" ".repeat(i)}a:`), "unknown key"],
    ["a zero byte in SQL", 'prepare: "SELECT 1\\0"', "prepare: contains a zero byte"],
    [
      "a zero byte in a missing value",
      'schema: { missingValues: ["", "\\0"] }',
      "schema.missingValues[1]: contains a zero byte",
    ],
    ["a zero byte in a key", 'schema: { "a\\0": 1 }', "schema: has a key with a zero byte"],
  ])("with %s is refused", (_what, text, message) => {
    expect(problemsOf(sources + text).message).toContain(message);
  });
});
