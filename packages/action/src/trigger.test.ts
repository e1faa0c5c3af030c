import { describe, expect, it } from "vitest";
import { readTrigger, type RunEvent } from "./trigger.ts";

const clone = { folder: ".", env: {} };
const quiet: RunEvent = { name: "push", ref: "refs/heads/main", repository: "acme/models", actor: "ada", payload: {} };
const pull = { base: { ref: "main" }, head: { repo: { full_name: "acme/models" } } };

describe("what started the workflow", () => {
  it.each<[why: string, event: Partial<RunEvent>, input: string | null, base: string | null]>([
    ["the event's repository tells", { payload: { repository: { default_branch: "trunk" } } }, null, "trunk"],
    ["the input comes first", { payload: { repository: { default_branch: "trunk" } } }, "dev", "dev"],
    ["a schedule runs on it", { name: "schedule", ref: "refs/heads/trunk" }, null, "trunk"],
    ["a push alone does not tell", {}, null, null],
  ])("the base branch: %s", async (_why, event, input, base) => {
    expect((await readTrigger({ ...quiet, ...event }, clone, input)).baseBranch).toBe(base);
  });

  it.each<[why: string, head: object, fromFork: boolean]>([
    ["a branch of the repository", { repo: { full_name: "acme/models" } }, false],
    ["a fork", { repo: { full_name: "eve/models" } }, true],
    ["a fork that is gone", { repo: null }, true],
    ["an event that does not tell", {}, true],
  ])("a pull request from %s", async (_why, head, fromFork) => {
    const event = { ...quiet, name: "pull_request", payload: { pull_request: { ...pull, head } } };

    expect((await readTrigger(event, clone, null)).pullRequest).toEqual({ base: "main", fromFork, merged: false });
  });

  it.each<[why: string, event: Partial<RunEvent>, startedBy: string | null]>([
    ["the sender", { payload: { sender: { login: "grace", type: "User" } } }, "grace"],
    ["the actor, where the event names nobody", {}, "ada"],
    ["no bot", { payload: { sender: { login: "helper", type: "Bot" } } }, null],
    ["no bot by its name", { actor: "renovate[bot]" }, null],
    ["nobody, outside of a runner", { actor: "" }, null],
  ])("a dispatch is by %s", async (_why, event, startedBy) => {
    const dispatch = { ...quiet, name: "workflow_dispatch", ...event };

    expect((await readTrigger(dispatch, clone, null)).startedBy).toBe(startedBy);
  });

  it("files of a push are not told where the event names no commits", async () => {
    expect((await readTrigger(quiet, clone, null)).changed).toBeNull();
  });
});
