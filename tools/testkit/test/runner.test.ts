import { describe, expect, it } from "vitest";
import { interpolate, isWanted, resolve } from "../src/runner/expressions.ts";
import { commandsIn, keyValues } from "../src/runner/step.ts";
import { combinations, jobsInOrder } from "../src/runner/workflow-file.ts";

describe("files that a step writes", () => {
  it("hold values of one line and of many", () => {
    expect(keyValues("a=1=2\nb<<END\nx\n\ny\nEND\nc=\n")).toEqual({ a: "1=2", b: "x\n\ny", c: "" });
  });

  it("are refused when a value has no end", () => {
    expect(() => keyValues("b<<END\nx\n")).toThrow("END");
  });
});

describe("workflow commands", () => {
  it("are read with their properties, and not while they are switched off", () => {
    const log = [
      "::error file=a%2Cb.csv,line=3::one%0Atwo%25",
      "::stop-commands::word",
      "::set-output name=x::y",
      "::word::",
      " ::notice::back",
      "text ::notice::no",
    ].join("\n");

    expect(commandsIn(log)).toEqual([
      { name: "error", properties: { file: "a,b.csv", line: "3" }, message: "one\ntwo%" },
      { name: "notice", properties: {}, message: "back" },
    ]);
  });
});

describe("expressions", () => {
  const contexts = {
    github: { event_name: "push", ref: "refs/heads/main" },
    needs: { a: { outputs: { m: '["x"]' } } },
  };

  it("are put into text, and keep their type alone", () => {
    expect(interpolate("on ${{ github.event_name }}: ${{ github.none }}.", contexts)).toBe("on push: .");
    expect(resolve({ model: "${{ fromJSON(needs.a.outputs.m) }}" }, contexts)).toEqual({ model: ["x"] });
  });

  it.each([
    [undefined, "success", true],
    [undefined, "failure", false],
    ["github.event_name == 'push'", "success", true],
    ["github.event_name == 'push'", "failure", false],
    ["always() && github.event_name == 'push'", "failure", true],
    ["${{ failure() }}", "failure", true],
    ["failure()", "success", false],
  ] as const)("if: %s after %s is %s", (condition, status, wanted) => {
    expect(isWanted(condition, contexts, status)).toBe(wanted);
  });
});

describe("jobs", () => {
  const steps: never[] = [];

  it("come after those that they need", () => {
    expect(jobsInOrder({ c: { needs: ["a", "b"], steps }, b: { needs: "a", steps }, a: { steps } })).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(() => jobsInOrder({ a: { needs: "b", steps }, b: { needs: "a", steps } })).toThrow("need each other");
  });

  it("are multiplied by a matrix", () => {
    expect(combinations({ os: ["a", "b"], node: [20, 24] })).toHaveLength(4);
    expect(combinations(undefined)).toEqual([{}]);
    expect(combinations({ include: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }]);
  });
});
