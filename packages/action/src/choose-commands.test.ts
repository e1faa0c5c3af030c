import { describe, expect, it } from "vitest";
import { chooseCommands, type CommandInput } from "./choose-commands.ts";
import type { Trigger } from "./trigger.ts";

const quiet: Trigger = {
  event: "push",
  action: null,
  ref: "refs/heads/main",
  baseBranch: "main",
  changed: ["data-manifests/churn.yaml"],
  pullRequest: null,
  startedBy: null,
};
const pull = { base: "main", fromFork: false, merged: false };
const champion = "models/churn/champion/lineage.json";

describe("what auto makes of an event", () => {
  it.each<[why: string, trigger: Partial<Trigger>, commands: string[]]>([
    ["a schedule", { event: "schedule", changed: null }, ["promote", "run"]],
    ["a person's dispatch", { event: "workflow_dispatch", changed: null }, ["promote", "run"]],
    ["a dispatch by API", { event: "repository_dispatch", changed: null }, ["promote", "run"]],
    ["a push of data", {}, ["promote", "run"]],
    ["a push of a spec", { changed: ["models/churn/model.yaml"] }, ["promote", "run"]],
    ["a merged proposal", { changed: [champion] }, ["promote"]],
    ["a merged proposal of a nested model", { changed: [`models/eu/${champion.slice(7)}`] }, ["promote"]],
    ["a merge of both", { changed: [champion, "data/a.csv"] }, ["promote", "run"]],
    ["a folder of that name elsewhere", { changed: ["champion/x", "docs/models/champion/x"] }, ["promote", "run"]],
    ["a forced push", { changed: null }, ["promote", "run"]],
    ["a push of our own branch", { ref: "refs/heads/refit--churn" }, []],
    ["a tag", { ref: "refs/tags/v1" }, []],
    ["the merge queue's branch", { ref: "refs/heads/gh-readonly-queue/main/pr-1" }, []],
    ["the merge queue", { event: "merge_group" }, ["verify"]],
    ["a pull request", { event: "pull_request", action: "opened", pullRequest: pull }, ["verify"]],
    ["a review of it", { event: "pull_request_review", action: "submitted", pullRequest: pull }, ["verify"]],
    ["one for another branch", { event: "pull_request", pullRequest: { ...pull, base: "dev" } }, []],
    ["an edited issue", { event: "issues", action: "edited", changed: null }, ["dashboard"]],
    ["one that was closed", { event: "pull_request", action: "closed", pullRequest: pull }, []],
    [
      "one that was merged",
      { event: "pull_request", action: "closed", pullRequest: { ...pull, merged: true } },
      ["promote"],
    ],
  ])("%s", (_why, trigger, commands) => {
    expect(chooseCommands("auto", { ...quiet, ...trigger }).commands).toEqual(commands);
  });

  it("does not guess", () => {
    expect(() => chooseCommands("auto", { ...quiet, event: "issue_comment" })).toThrow('"issue_comment"; name');
  });
});

describe("a command that is named", () => {
  it.each<CommandInput>(["run", "verify", "promote", "rollback", "status", "doctor"])("%s is done", (command) => {
    expect(chooseCommands(command, { ...quiet, event: "issue_comment" }).commands).toEqual([command]);
  });

  it.each<CommandInput>(["auto", "run", "verify"])("%s is never done on pull_request_target", (command) => {
    expect(() => chooseCommands(command, { ...quiet, event: "pull_request_target" })).toThrow("on: pull_request");
  });
});
