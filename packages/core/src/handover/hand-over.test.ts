import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkHandOver } from "./check-hand-over.ts";
import { handOverDigest, isHandOverPath, parseHandOver } from "./hand-over.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const facts = { validation: 0.5, learned: true, bytes: 10, seconds: 1 };
const churn = { model: "churn", inputDigest: "i", parent: null, candidates: [facts], chosen: 0, training: null };
const textOf = (model: object) => JSON.stringify({ format: 1, models: [model] });

describe("candidates.json", () => {
  it("is read as it was written", () => {
    expect(parseHandOver(textOf(churn))).toEqual({ format: 1, models: [churn] });
  });

  it("says what a search has found", () => {
    const searched = { ...churn, candidates: [{ ...facts, found: "linear" }] };
    expect(parseHandOver(textOf(searched))).toEqual({ format: 1, models: [searched] });
  });

  it("is read without what a newer refit adds", () => {
    expect(parseHandOver(textOf({ ...churn, settings: { learner: "gbdt" } }))).toEqual({ format: 1, models: [churn] });
  });

  it.each([
    ["no JSON", "<html>", "is not JSON"],
    ["no format", JSON.stringify({ models: [] }), "format"],
    ["a higher format", JSON.stringify({ format: 2, models: "other" }), "candidates.json has format 2"],
    ["no candidate", textOf({ ...churn, candidates: [], chosen: 0 }), "models.0.candidates"],
    ["a chosen one that is not there", textOf({ ...churn, chosen: 1 }), "models.0.chosen: no such candidate"],
    [
      "a chosen one that failed",
      textOf({ ...churn, candidates: [{ ...facts, failure: "no" }] }),
      "a candidate that failed",
    ],
    ["a number that is none", textOf(churn).replace("0.5", "1e999"), "models.0.candidates.0.validation"],
    ["negative bytes", textOf({ ...churn, candidates: [{ ...facts, bytes: -1 }] }), "models.0.candidates.0.bytes"],
  ])("is refused with %s", (_why, text, said) => {
    expect(() => parseHandOver(text)).toThrow(said);
  });
});

describe("the digest of a folder", () => {
  const files = { "candidates.json": "a", "churn/model.json": "b" };
  const digest = (of: Readonly<Record<string, string>>) => handOverDigest(new Map(Object.entries(of)), sha256);

  it("does not depend on the order of the files", () => {
    expect(digest(Object.fromEntries(Object.entries(files).reverse()))).toBe(digest(files));
    expect(digest(files)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each([
    ["another content", { ...files, "churn/model.json": "c" }],
    ["another name", { "candidates.json": "a", "fraud/model.json": "b" }],
    ["a file less", { "candidates.json": "a" }],
    ["a file more", { ...files, "churn/more": "c" }],
  ])("changes with %s", (_why, other) => {
    expect(digest(other)).not.toBe(digest(files));
  });
});

describe("names of files", () => {
  it.each(["candidates.json", "churn/model.json", "eu--churn/code/predict.py", `a/${"b".repeat(198)}`])(
    "%s",
    (path) => {
      expect(isHandOverPath(path)).toBe(true);
    },
  );

  it.each([
    "",
    "/etc/passwd",
    "../x",
    "churn/../../x",
    "churn/.gitattributes",
    "a\\b",
    "a\nb",
    "a//b",
    "C:x",
    "-x",
    "é",
    `a/${"b".repeat(199)}`,
  ])("not %j", (path) => {
    expect(isHandOverPath(path)).toBe(false);
  });
});

describe("whether a candidate is the one that is due", () => {
  const now = { inputDigest: "i", parent: "p" };

  it.each([
    ["it fits", now, null],
    ["nothing was handed over", undefined, "none"],
    ["the data moved on", { ...now, inputDigest: "j" }, "other-inputs"],
    ["the champion moved on", { ...now, parent: null }, "other-champion"],
  ])("%s", (_why, entry, why) => {
    expect(checkHandOver(entry, now)).toEqual(why && { kind: "handed-over", why });
  });
});
