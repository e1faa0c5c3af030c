import { ShallowCloneError } from "@refit/core/errors";
import { describe, expect, it } from "vitest";
import type { CheckRequest, Forge } from "../../ports/forge.ts";
import { answerForAll, answeringForAll } from "./check-of-all.ts";
import type { Verification } from "./verification.ts";

const verified = (model: string, more: Partial<Verification> = {}): Verification => ({
  model,
  result: "unchanged",
  title: "Not changed",
  problems: [],
  weakened: [],
  verdict: null,
  inputDigest: null,
  madeFrom: null,
  ...more,
});
const valid = { result: "valid", title: "Made again", verdict: "promote", inputDigest: "0123" } as const;
const failed = { result: "failed", title: "Not made again", problems: ["It is <b>other</b>."] } as const;
const undecided = { ...valid, verdict: "inconclusive" } as const;

describe("the check of all models", () => {
  it.each<[why: string, models: Verification[], conclusion: string, title: string]>([
    ["no model", [], "success", "Nothing to judge here: no champion is changed"],
    ["none changed", [verified("a"), verified("b")], "success", "Nothing to judge here: no champion is changed"],
    [
      "a weaker check of one",
      [verified("a", { weakened: ["a gate is gone"] }), verified("b")],
      "success",
      "Nothing to judge here: no champion is changed; weakens checks of a",
    ],
    ["one changed", [verified("a", valid), verified("b")], "success", "a: Made again"],
    ["one restored", [verified("a", { result: "rollback", title: "Live before" })], "success", "a: Live before"],
    ["two changed", [verified("a", valid), verified("b", valid)], "success", "All 2 changed champions pass: a, b"],
    [
      "one of them undecided",
      [verified("a", valid), verified("b", undecided)],
      "neutral",
      "Undecided, a person may merge it: b",
    ],
    [
      "one undecided, one failed",
      [verified("a", undecided), verified("b", failed), verified("c", valid)],
      "failure",
      "This must not be merged: b",
    ],
    [
      "many failed",
      ["a", "b", "c", "d", "e", "f", "g"].map((name) => verified(name, failed)),
      "failure",
      "This must not be merged: a, b, c, d, e and 2 more",
    ],
  ])("%s", (_why, models, conclusion, title) => {
    expect(answerForAll(models)).toMatchObject({ conclusion, title });
  });

  it("names what failed first and escapes it, and counts the rest", () => {
    const { summary, inputDigest } = answerForAll([
      verified("a", valid),
      verified("b", failed),
      ...["c", "d"].map((name) => verified(name)),
    ]);

    expect(summary.split("\n").map((line) => line.replaceAll(/<\/?(code|wbr)>/g, ""))).toEqual([
      "- **b**: Not made again.",
      "  - It is &#60;b&#62;other&#60;/b&#62;.",
      "- **a**: Made again.",
      "- Not changed: 2 models.",
    ]);
    expect(inputDigest).toBeNull();
    expect(answerForAll([verified("a", valid), verified("b")])).toMatchObject({ inputDigest: "0123" });
  });
});

describe("a verification that breaks", () => {
  const forgeWith = (ensureCheck: Forge["ensureCheck"], pullRequest: Forge["pullRequest"]) =>
    ({ forge: { ensureCheck, pullRequest } }) as unknown as { forge: Forge };
  const head = { head: "0".repeat(40), fromFork: false };

  it.each<[why: string, error: Error, told: RegExp]>([
    ["by something foreseen", new ShallowCloneError("models/a/champion"), /shallow.*Set &#96;fetch/],
    ["by a bug, of which the log knows", new TypeError("token ghs_secret"), /^It stopped unexpectedly; the log/],
  ])("fails the check: %s", async (_why, error, told) => {
    const shown: CheckRequest[] = [];
    const ports = forgeWith(async (check) => void shown.push(check), head);

    await expect(answeringForAll(ports, () => Promise.reject(error))).rejects.toBe(error);

    expect(shown).toMatchObject([{ model: null, conclusion: "failure", summary: expect.stringMatching(told) }]);
    expect(shown[0]!.summary).not.toContain("secret");
  });

  it("tells what broke it, also where the check cannot be posted", async () => {
    const first = new Error("first");
    const ports = forgeWith(() => Promise.reject(new Error("second")), head);

    await expect(answeringForAll(ports, () => Promise.reject(first))).rejects.toBe(first);
  });

  it("shows nothing where no pull request asked", async () => {
    const ports = forgeWith(() => Promise.reject(new Error("asked")), null);

    expect(await answeringForAll(ports, async () => [verified("a")])).toHaveLength(1);
  });
});
