import type { Hub } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import type { Diagnosis } from "../../src/ports/diagnosis.ts";
import { workflowFiles } from "../../src/adapters/forges/github/pipelines/workflows.ts";
import { hubScene, writes } from "./support/hub-scene.ts";

const workflow = Object.fromEntries(
  workflowFiles({
    kind: "simple",
    action: "acme/refit@v1",
    baseBranch: "main",
    dataPaths: [],
    packageManager: "npm" as const,
    attests: false,
    name: "churn",
  }),
);

/** A repository with a workflow and owners, protected as docs/github-action.md advises. */
async function guarded(settings: Parameters<Hub["set"]>[0] = {}, spec: object = {}) {
  const rules = {
    ruleset: true,
    pullRequest: true,
    approvals: 1,
    codeOwnerReview: true,
    dismissStale: true,
    checks: ["refit / churn"],
  };
  const world = await hubScene({ spec });
  await world.scene.land({ ...workflow, ".github/CODEOWNERS": "/models/ @octo/risk\n" });
  world.hub.set({ protection: { main: rules }, workflows: { "refit.yml": "active" }, ...settings });

  async function doctor(token: keyof Hub["tokens"] = "bot") {
    const { result, exitCode } = await world.refit("doctor", [], {}, { token });
    const told = (result as Diagnosis[]).map(({ severity, what, fix }) => `${severity}: ${what} ${fix}`);
    return { told, exitCode };
  }
  return { ...world, rules, doctor };
}

const unreadable = expect.stringMatching(
  /^warning: This token cannot read whether GitHub Actions may open pull requests/,
);

describe("doctor on GitHub", () => {
  it("finds nothing where all is well, and writes nothing", async () => {
    const { hub, doctor, run } = await guarded();
    expect((await doctor()).told).toEqual([unreadable]);
    await run();
    const before = writes(hub).length;

    expect(await doctor()).toEqual({ told: [], exitCode: 0 });

    expect(writes(hub).slice(before)).toEqual([]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("reads the setting for pull requests where the token may, and does not need it for an App", async () => {
    const { hub, doctor } = await guarded({ actionsMayOpenPulls: false });
    expect((await doctor("app")).told).toEqual([]);

    hub.permit(hub.tokens.bot, { contents: "write", actions: "read", administration: "read" });
    const { told, exitCode } = await doctor();

    expect(told).toEqual([
      expect.stringMatching(/^error: GitHub Actions is not allowed.*\/octo\/demo\/settings\/actions/),
    ]);
    expect(exitCode).toBe(2);
  });

  it.each<[why: string, settings: Parameters<Hub["set"]>[0], told: RegExp[]]>([
    [
      "no protection at all",
      { protection: {} },
      [/accepts pushes without a pull request/, /accepts forced pushes/, /check "refit" is not required/],
    ],
    [
      "a ruleset for every branch",
      {
        protection: {
          "*": {
            ruleset: true,
            pullRequest: true,
            approvals: 1,
            codeOwnerReview: true,
            dismissStale: true,
            checks: ["refit / churn"],
          },
        },
      },
      [
        /\(a pull request is required, status checks are required\) apply to refit's own branch refit-ledger/,
        /\(forced pushes are blocked, a pull request.* own branch refit--churn/,
        /own branch refit-rollback--churn/,
        /own branch refit-canary--churn/,
        /own branch refit-policy--churn/,
        /own branch refit-import--churn/,
      ],
    ],
    [
      "the older protection, of which little can be seen",
      { protection: { main: { pullRequest: true, checks: ["tests"] } } },
      [/check "refit" is not required/, /older branch protection of main \(administration: read\)/],
    ],
    [
      "a schedule that fell asleep",
      { workflows: { "refit.yml": "disabled_inactivity" } },
      [/refit\.yml is turned off/],
    ],
    ["one that somebody stopped", { workflows: { "refit.yml": "disabled_manually" } }, [/refit\.yml is turned off/]],
    ["another workflow that is off", { workflows: { "refit.yml": "active", "x.yml": "disabled_manually" } }, []],
  ])("names %s", async (_why, settings, told) => {
    const { doctor } = await guarded(settings);

    const found = (await doctor("app")).told;

    expect(found).toHaveLength(told.length);
    for (const words of told) expect(found).toContainEqual(expect.stringMatching(words));
  });

  it("sees the older protection whole with a person's token", async () => {
    const { doctor } = await guarded({ protection: { main: { pullRequest: true, checks: ["refit / churn"] } } });

    expect((await doctor("person")).told).toEqual([
      expect.stringContaining("does not require a review by code owners"),
      expect.stringContaining("An approval stays valid"),
    ]);
  });

  it("says what it could not look at in a private repository", async () => {
    const { hub, doctor } = await guarded({ private: true });
    hub.permit(hub.tokens.app, { contents: "write", pull_requests: "read", checks: "read" });

    expect((await doctor("app")).told).toEqual([
      expect.stringMatching(/cannot read everything: whether workflows are turned off \(actions: read\)/),
    ]);
  });

  it("names auto-merge that can never come", async () => {
    const { doctor } = await guarded({ protection: {}, autoMerge: false }, { merge: "auto" });

    const { told } = await doctor("app");

    expect(told).toContainEqual(expect.stringContaining("`merge: auto` of churn never merges without it"));
    expect(told).toContainEqual(expect.stringContaining("the repository does not allow auto-merge"));
  });
});
