import { describe, expect, it } from "vitest";
import { promoteResult } from "./other-results.ts";

const tag = (name: string, result: string) => ({ model: "churn", tag: name, version: "t", result });

describe("what promote came to", () => {
  it.each<[why: string, results: string[], failure: string | null, lines: string[]]>([
    ["all is there", ["exists"], null, []],
    ["a new version", ["exists", "created"], null, ["churn@v2: created"]],
    ["a broken folder", ["broken"], "churn@v1: the folder does not match its lineage.json.", ["churn@v1: broken"]],
    ["a version of a newer refit", ["exists", "format-newer"], "Raise the tag", ["churn@v2: format-newer"]],
  ])("%s", (_why, results, failure, lines) => {
    const result = promoteResult(results.map((word, i) => tag(`churn@v${i + 1}`, word)));

    expect(result.lines).toEqual(lines);
    if (failure === null) expect(result.failure).toBeNull();
    else expect(result.failure).toContain(failure);
  });
});
