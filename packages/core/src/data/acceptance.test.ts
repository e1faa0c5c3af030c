import { describe, expect, it } from "vitest";
import { acceptanceEntry, acceptanceOf, refusalToAccept } from "./acceptance.ts";
import { finding } from "./finding-codes.ts";

const suspect = (column: string) => acceptanceOf("churn", finding("unit-change", { column }, "Said."));

describe("acceptanceOf", () => {
  it.each<[column: string, yaml: string, command: string | null]>([
    ["hours", "hours", "hours"],
    ["on", '"on"', "on"],
    ["two words", '"two words"', "'two words'"],
    ["it's", '"it\'s"', String.raw`'it'\''s'`],
    ["$(rm -rf /)", '"$(rm -rf /)"', "'$(rm -rf /)'"],
    ["--reason", '"--reason"', null],
    ["<img>`", String.raw`"\u003cimg\u003e\u0060"`, null],
    ["größe", '"größe"', "'größe'"],
    ["total\u202E", String.raw`"total\u202e"`, null],
    ["a\nb", String.raw`"a\nb"`, null],
  ])("writes %j so that YAML and a shell read the same name", (column, yaml, word) => {
    expect(suspect(column)).toEqual({
      yaml: `{ column: ${yaml}, finding: unit-change, reason: "why it is right" }`,
      command: word === null ? null : `refit accept churn unit-change ${word} --reason "why it is right"`,
    });
  });

  it.each([
    ["an error", finding("null-rate", { column: "x" }, "Said.")],
    ["a warning", finding("new-column", { column: "x" }, "Said.")],
    ["a suspect without a column", finding("repeated-rows", {}, "Said.")],
  ])("offers nothing for %s", (_what, found) => {
    expect(acceptanceOf("churn", found)).toBeNull();
  });

  it("quotes a reason", () => {
    expect(acceptanceEntry({ column: "x", finding: "all-null", reason: 'the "old" one: gone' })).toBe(
      String.raw`{ column: x, finding: all-null, reason: "the \"old\" one: gone" }`,
    );
  });
});

describe("refusalToAccept", () => {
  it.each([
    ["unit-change", null],
    ["no-better-than-dummy", "error"],
    ["leak-hint", "warning"],
    ["toString", "unknown"],
  ])("%s", (code, refusal) => {
    expect(refusalToAccept(code)).toBe(refusal);
  });
});
