import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  flatName,
  groupBranch,
  groupOfBranch,
  importBranch,
  canaryBranch,
  modelOf,
  policyBranch,
  proposalBranch,
  rollbackBranch,
} from "../history/model-names.ts";
import { nameProblem } from "./names.ts";

describe("nameProblem", () => {
  it.each(["churn", "churn-eu", "7", "eu/churn", "eu/west/churn-2", "champion", "champion/churn", "a".repeat(120)])(
    "lets %s be a model",
    (name) => {
      expect(nameProblem(name)).toBeNull();
    },
  );

  it.each([
    ["nothing", ""],
    ["two hyphens, which stand for a slash", "a--b"],
    ["a hyphen at an end", "a-"],
    ["a hyphen at the start", "-a"],
    ["a hyphen beside a slash", "a-/b"],
    ["capitals", "Churn"],
    ["a blank", "churn eu"],
    ["a dot", "churn.lock"],
    ["a way up", "../churn"],
    ["an empty folder", "a//b"],
    ["a slash at an end", "a/"],
    ["a line break and a command of git", "x\ndelete refs/heads/main\n"],
    ["a line break at an end", "churn\n"],
    ["an escape code", "a\u001B[31m"],
    ["NUL", "a\0b"],
    ["letters that look alike", "сhurn"],
    ["what belongs to a version", "churn/champion"],
    ["what belongs to a canary", "churn/canary"],
    ["more than a file name holds", "a".repeat(121)],
  ])("refuses %s", (_why, name) => {
    expect(nameProblem(name)).not.toBeNull();
    expect(() => flatName(name)).toThrow(expect.objectContaining({ code: "model-name" }));
  });

  it("gives each model a branch of its own, and nothing that git or a terminal would take for more", () => {
    const letters = fc.constantFrom(
      "a",
      "b",
      "-",
      "/",
      "--",
      "A",
      ".",
      " ",
      "\n",
      "\0",
      "~",
      ":",
      "\u001B",
      "champion",
    );
    const branches = new Map<string, string>();
    const [models, groups] = [new Set(["refit-ledger"]), new Set<string>()];
    const valid = fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(valid, (name) => {
        if (nameProblem(name) !== null) return;
        const branch = proposalBranch(name);
        expect(branch).toMatch(/^refit--[a-z0-9-]+$/);
        expect(modelOf(branch)).toBe(name);
        expect(branches.get(branch) ?? name).toBe(name);
        branches.set(branch, name);
        // What is a name of a model may be that of a group as well, and of both at once.
        const others = [proposalBranch, rollbackBranch, importBranch, canaryBranch, policyBranch].map((of) => of(name));
        groups.add(groupBranch(name));
        for (const other of others) models.add(other);
        expect(groupOfBranch(groupBranch(name))).toBe(flatName(name));
        expect(others.map(groupOfBranch)).toEqual([null, null, null, null, null]);
      }),
      { numRuns: 5000, seed: 7 },
    );
    expect(branches.size).toBeGreaterThan(20);
    expect([...groups].filter((branch) => models.has(branch))).toEqual([]);
  });
});
