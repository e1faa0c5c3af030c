import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { candidateDigest, parseTrainedCandidate } from "./candidate-folder.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const facts = { model: "churn", inputDigest: "i", parent: null, candidate: 2, seconds: 1.5 };
const textOf = (more: object = {}) => JSON.stringify({ format: 1, ...facts, ...more });

describe("candidate.json", () => {
  it("is read as it was written, without what a newer refit adds", () => {
    expect(parseTrainedCandidate(textOf())).toEqual(facts);
    expect(parseTrainedCandidate(textOf({ failure: "It failed.", more: 1 }))).toEqual({
      ...facts,
      failure: "It failed.",
    });
  });

  it.each([
    ["no JSON", "<html>", "is not JSON"],
    ["no object", "null", "as a whole"],
    ["no format", JSON.stringify(facts), "format"],
    ["a higher format", textOf({ format: 2 }), "candidate.json has format 2"],
    ["candidate 0", textOf({ candidate: 0 }), "candidate"],
    ["a model that is no text", textOf({ model: ["churn"] }), "model"],
    ["seconds without an end", textOf().replace("1.5", "1e999"), "seconds"],
    ["a failure without an end", textOf({ failure: "x".repeat(10_001) }), "failure"],
  ])("is refused with %s", (_why, text, said) => {
    expect(() => parseTrainedCandidate(text)).toThrow(said);
  });
});

describe("the digest of a candidate", () => {
  it("is the same for the same inputs, whatever else is said", () => {
    const slower = { ...facts, seconds: 9 };
    expect(candidateDigest(slower, sha256)).toBe(candidateDigest(facts, sha256));
    expect(candidateDigest(facts, sha256)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each([{ model: "fraud" }, { inputDigest: "j" }, { parent: "p" }, { candidate: 1 }])("changes with %j", (other) => {
    expect(candidateDigest({ ...facts, ...other }, sha256)).not.toBe(candidateDigest(facts, sha256));
  });
});
