import { describe, expect, it } from "vitest";
import { argumentsOf } from "./arguments.ts";
import type { CommandName } from "./choose-commands.ts";
import type { Inputs } from "./inputs.ts";
import type { Trigger } from "./trigger.ts";

const inputs: Inputs = {
  command: "auto",
  models: [],
  token: "t",
  baseBranch: null,
  workingDirectory: ".",
  dryRun: false,
  forceReason: null,
  candidates: null,
  digests: [],
};
const trigger: Trigger = {
  event: "schedule",
  action: null,
  ref: "refs/heads/main",
  baseBranch: "main",
  changed: null,
  pullRequest: null,
  startedBy: null,
};

describe("words for the command line", () => {
  it.each<[why: string, CommandName, Partial<Inputs>, Partial<Trigger>, string]>([
    ["a run", "run", {}, {}, "run --json --base=main --push --"],
    ["of one model", "run", { models: ["churn"] }, {}, "run --json --base=main --push -- churn"],
    ["dry", "run", { dryRun: true }, {}, "run --json --base=main --dry-run --"],
    ["with a reason", "run", { forceReason: "--now" }, {}, "run --json --base=main --push --force=--now --"],
    ["by a person", "run", {}, { startedBy: "ada" }, "run --json --base=main --push --force=started by hand by ada --"],
    ["with both", "run", { forceReason: "x" }, { startedBy: "ada" }, "run --json --base=main --push --force=x --"],
    [
      "of candidates",
      "run",
      { candidates: "/c@sha256:ab" },
      {},
      "run --json --base=main --push --candidates=/c@sha256:ab --",
    ],
    ["training", "train", { candidates: "/c", models: ["churn"] }, {}, "train --json --base=main --out=/c -- churn"],
    [
      "training by a person",
      "train",
      { candidates: "/c" },
      { startedBy: "ada" },
      "train --json --base=main --force=started by hand by ada --out=/c --",
    ],
    [
      "training some candidates",
      "train",
      { candidates: "/c", models: ["churn"], digests: ["sha256:ab", "sha256:cd"] },
      {},
      "train --json --base=main --candidate=sha256:ab --candidate=sha256:cd --out=/c -- churn",
    ],
    [
      "choosing",
      "choose",
      { candidates: "/c", forceReason: "x" },
      {},
      "choose --json --base=main --force=x --candidates=/c --out=/c/chosen --",
    ],
    ["a plan", "plan", { models: ["churn"] }, {}, "plan --json --base=main --by=candidate -- churn"],
    ["an unknown base branch", "verify", {}, { baseBranch: null }, "verify --json --"],
    ["promote takes no names", "promote", { models: ["churn"] }, {}, "promote --json --base=main --push"],
    ["a rollback", "rollback", { models: ["eu/churn"] }, {}, "rollback --json --base=main --push -- eu/churn"],
    ["to a version", "rollback", { models: ["churn@v3"] }, {}, "rollback --json --base=main --push --to=v3 -- churn"],
    ["status", "status", { models: ["churn"], dryRun: true }, {}, "status --json --base=main"],
  ])("%s", (_why, command, given, seen, words) => {
    expect(argumentsOf(command, { ...inputs, ...given }, { ...trigger, ...seen }).join(" ")).toBe(words);
  });

  it.each([[[]], [["churn", "fraud"]]])("a rollback of %j is refused", (models) => {
    expect(() => argumentsOf("rollback", { ...inputs, models }, trigger)).toThrow("takes one model");
  });
});
