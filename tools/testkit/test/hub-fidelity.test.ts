import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer, repo, type Scene } from "./hub-scene.ts";
import { known, long, nowhere, prepare, table, type Row } from "./hub-fidelity-table.ts";

const draftMutation =
  "mutation ($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { clientMutationId } }";

let s: Scene;

table(
  "checks, statuses, deployments, releases and dispatches",
  [
    [
      "a check run",
      ({ bot }) => bot.checks.create({ ...repo, name: "x", head_sha: known.main, conclusion: "success" }),
      201,
    ],
    [
      "a check run on nothing",
      ({ bot }) => bot.checks.create({ ...repo, name: "x", head_sha: nowhere }),
      422,
      /^No commit found for SHA/,
    ],
    [
      "a check run with too long a summary",
      ({ bot }) =>
        bot.checks.create({ ...repo, name: "x", head_sha: known.main, output: { title: "x", summary: long } }),
      422,
      /Only 65535 characters/,
    ],
    [
      "another App's check run",
      async ({ bot, app }) =>
        app.checks.update({
          ...repo,
          check_run_id: (await bot.checks.create({ ...repo, name: "y", head_sha: known.main })).data.id,
          conclusion: "failure",
        }),
      403,
    ],
    [
      "a status with too long a description",
      ({ bot }) =>
        bot.repos.createCommitStatus({ ...repo, sha: known.main, state: "success", description: "x".repeat(141) }),
      422,
      /maximum is 140 characters/,
    ],
    ["statuses of nothing", ({ bot }) => bot.repos.listCommitStatusesForRef({ ...repo, ref: "none" }), 422],
    ["a deployment", ({ bot }) => bot.repos.createDeployment({ ...repo, ref: "main", required_contexts: [] }), 201],
    [
      "a deployment of nothing",
      ({ bot }) => bot.repos.createDeployment({ ...repo, ref: "none", required_contexts: [] }),
      422,
      /^No ref found/,
    ],
    [
      "a deployment whose check is missing",
      ({ bot }) => bot.repos.createDeployment({ ...repo, ref: "main", required_contexts: ["missing"] }),
      409,
      /^Conflict: Commit status checks failed/,
    ],
    [
      "a deployment's status",
      async ({ bot }) =>
        bot.repos.createDeploymentStatus({ ...repo, deployment_id: await deployment(bot), state: "success" }),
      201,
    ],
    ["a release", ({ bot }) => bot.repos.createRelease({ ...repo, tag_name: "r1" }), 201],
    [
      "a release twice",
      async ({ bot }) => {
        await bot.repos.createRelease({ ...repo, tag_name: "r2" });
        return bot.repos.createRelease({ ...repo, tag_name: "r2" });
      },
      422,
      /already_exists/,
    ],
    [
      "a release by its tag, a draft",
      async ({ bot }) => {
        await bot.repos.createRelease({ ...repo, tag_name: "r3", draft: true });
        return bot.repos.getReleaseByTag({ ...repo, tag: "r3" });
      },
      404,
    ],
    [
      "a release on nothing",
      ({ bot }) => bot.repos.createRelease({ ...repo, tag_name: "r4", target_commitish: "none" }),
      422,
      /target_commitish/,
    ],
    ["an asset", async ({ bot }) => upload("model.json", "r5", bot), 201],
    [
      "an asset twice",
      async ({ bot }) => {
        await upload("a", "r6", bot);
        return upload("a", "r6", bot);
      },
      422,
      /already_exists/,
    ],
    [
      "a workflow dispatched",
      ({ bot }) => bot.actions.createWorkflowDispatch({ ...repo, workflow_id: "retrain.yml", ref: "main" }),
      204,
    ],
    [
      "a workflow that is not there",
      ({ bot }) => bot.actions.createWorkflowDispatch({ ...repo, workflow_id: "none.yml", ref: "main" }),
      404,
    ],
    [
      "a workflow on no branch",
      ({ bot }) => bot.actions.createWorkflowDispatch({ ...repo, workflow_id: "retrain.yml", ref: "none" }),
      422,
      /^No ref found/,
    ],
    ["a repository dispatched", ({ bot }) => bot.repos.createDispatchEvent({ ...repo, event_type: "retrain" }), 204],
    [
      "a repository dispatched with eleven keys",
      ({ bot }) =>
        bot.repos.createDispatchEvent({
          ...repo,
          event_type: "x",
          client_payload: Object.fromEntries(Array.from({ length: 11 }, (_, key) => [`k${key}`, key])),
        }),
      422,
    ],
  ],
  { workflows: { "retrain.yml": "active" } },
);

async function deployment(bot: Scene["bot"]): Promise<number> {
  const { data } = await bot.repos.createDeployment({ ...repo, ref: "main", required_contexts: [] });
  return (data as { id: number }).id;
}

async function upload(name: string, tag: string, bot: Scene["bot"]) {
  const found = (await bot.paginate(bot.repos.listReleases, repo)).find((release) => release.tag_name === tag);
  const { id, upload_url } = found ?? (await bot.repos.createRelease({ ...repo, tag_name: tag })).data;
  return bot.repos.uploadReleaseAsset({ ...repo, release_id: id, url: upload_url, name, data: "{}" });
}

describe("settings of the repository", () => {
  beforeAll(async () => {
    s = await prepare();
  });
  afterEach(() =>
    s.hub.set({
      actionsMayOpenPulls: true,
      issues: true,
      private: false,
      protection: {},
      mergeMethods: ["merge", "squash", "rebase"],
    }),
  );
  afterAll(() => s.hub.close());

  it.each<[what: string, settings: Parameters<Scene["hub"]["set"]>[0], call: Row[1], status: number, message: RegExp]>([
    [
      "pull requests by Actions are off",
      { actionsMayOpenPulls: false },
      ({ bot }) => bot.pulls.create({ ...repo, head: "feature", base: "main", title: "x" }),
      403,
      /^GitHub Actions is not permitted to create or approve pull requests\./,
    ],
    [
      "which does not bind another App",
      { actionsMayOpenPulls: false },
      ({ app }) => app.pulls.create({ ...repo, head: "feature", base: "main", title: "x" }),
      422,
      /already exists/,
    ],
    [
      "issues are off: creating",
      { issues: false },
      ({ bot }) => bot.issues.create({ ...repo, title: "x" }),
      410,
      /^Issues are disabled for this repo/,
    ],
    [
      "issues are off: listing",
      { issues: false },
      ({ bot }) => bot.issues.listForRepo(repo),
      410,
      /^Issues are disabled/,
    ],
    [
      "issues are off: pull requests keep their comments",
      { issues: false },
      ({ bot }) => bot.issues.createComment({ ...repo, issue_number: known.number, body: "x" }),
      201,
      /^/,
    ],
    ["private, without a token", { private: true }, ({ nobody }) => nobody.repos.get(repo), 404, /^Not Found/],
    ["private, a token that may read", { private: true }, ({ readOnly }) => readOnly.pulls.list(repo), 200, /^/],
    [
      "squash merges are off",
      { mergeMethods: ["merge"] },
      ({ bot }) => bot.pulls.merge({ ...repo, pull_number: known.number, merge_method: "squash" }),
      405,
      /^Squash merges are not allowed/,
    ],
    [
      "a required check is missing",
      { protection: { main: { checks: ["refit / churn"] } } },
      ({ bot }) => bot.pulls.merge({ ...repo, pull_number: known.number }),
      405,
      /^Required status check "refit \/ churn" is expected\./,
    ],
    [
      "an approval is missing",
      { protection: { main: { approvals: 1 } } },
      ({ bot }) => bot.pulls.merge({ ...repo, pull_number: known.number }),
      405,
      /^At least 1 approving review is required/,
    ],
    [
      "a protected branch, by contents",
      { protection: { main: { pullRequest: true } } },
      ({ bot }) => bot.repos.createOrUpdateFileContents({ ...repo, path: "new.txt", message: "x", content: "eA==" }),
      409,
      /through a pull request/,
    ],
    [
      "a protected branch, by ref",
      { protection: { main: { pullRequest: true } } },
      async ({ bot, hub }) =>
        bot.git.updateRef({ ...repo, ref: "heads/main", sha: await hub.person.commit("feature", { "f.txt": "2" }) }),
      422,
      /through a pull request/,
    ],
    [
      "a tag that the rules forbid",
      { protection: { "refs/tags/*": { restricted: true, ruleset: true } } },
      ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/tags/churn@v1", sha: known.main }),
      422,
      /not authorized/,
    ],
    [
      "a protected branch's protection",
      { protection: { main: { pullRequest: true } } },
      ({ person }) => person.repos.getBranchProtection({ ...repo, branch: "main" }),
      200,
      /^/,
    ],
  ])("%s", async (_what, settings, call, status, message) => {
    s.hub.set(settings);

    const given = await answer(call(s));

    expect(given).toEqual({ status, message: expect.stringMatching(message) });
  });

  it("answers what it does not know with 404 and remembers it", async () => {
    const given = await answer(s.bot.repos.listForks(repo));

    expect(given).toEqual({
      status: 404,
      message: expect.stringContaining("The hub does not know GET /repos/octo/demo/forks"),
    });
    expect(s.hub.unknownRoutes).toContain("GET /repos/octo/demo/forks");
  });

  it("does not pass over a parameter that it cannot follow", async () => {
    const given = await answer(s.bot.pulls.list({ ...repo, sort: "popularity" }));

    expect(given).toEqual({ status: 404, message: expect.stringContaining("GET /repos/octo/demo/pulls?sort") });
    expect(s.hub.unknownRoutes).toContain("GET /repos/octo/demo/pulls?sort");
  });

  it("leaves out the merge commit in the API version that has none", async () => {
    const { data } = await s.bot.pulls.get({
      ...repo,
      pull_number: known.number,
      headers: { "x-github-api-version": "2026-03-10" },
    });

    expect(data).not.toHaveProperty("merge_commit_sha");
  });

  it("turns to draft only with contents and pull-requests, as GitHub does", async () => {
    s.hub.permit(s.hub.tokens.bot, { pull_requests: "write", contents: "read" });

    await expect(s.bot.graphql(draftMutation, { id: `PR_${known.number}` })).rejects.toThrow(
      "Resource not accessible by integration",
    );
  });
});
