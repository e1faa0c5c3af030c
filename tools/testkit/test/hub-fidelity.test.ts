import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer, openScene, repo, type Scene } from "./hub-scene.ts";

/**
 * Each call with the status, and where a program reads it the message, that GitHub documents or was seen to give.
 * A row stands alone: rows of one table share a hub, never a state.
 */
type Row = [what: string, call: (s: Scene) => Promise<{ status: number }>, status: number, message?: RegExp];

let s: Scene;

function table(name: string, rows: readonly Row[], setUp: () => Promise<void>): void {
  describe(`calls about ${name}`, () => {
    beforeAll(async () => {
      s = await openScene();
      await setUp();
    });
    afterAll(() => s.hub.close());

    it.each<Row>(rows)("%s", async (_what, call, status, message = /^/) => {
      const given = await answer(call(s));

      expect(given).toEqual({ status, message: expect.stringMatching(message) });
    });

    it("asks for nothing that the hub lacks", () => {
      expect(s.hub.unknownRoutes).toEqual([]);
    });
  });
}

const nowhere = "0123456789012345678901234567890123456789";
const draftMutation =
  "mutation ($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { clientMutationId } }";
const long = "x".repeat(65_537);
let main = "";
let number = 0;

table(
  "who may do what",
  [
    ["a token nobody holds", ({ bogus }) => bogus.repos.get(repo), 401, /^Bad credentials/],
    ["reading a public repository without a token", ({ nobody }) => nobody.repos.get(repo), 200],
    [
      "writing without a token",
      ({ nobody }) => nobody.issues.create({ ...repo, title: "x" }),
      401,
      /^Requires authentication/,
    ],
    ["another repository", ({ bot }) => bot.repos.get({ owner: "octo", repo: "other" }), 404, /^Not Found/],
    [
      "a write with a read token",
      ({ readOnly }) => readOnly.git.createRef({ ...repo, ref: "refs/heads/x", sha: main }),
      403,
      /^Resource not accessible by integration/,
    ],
    [
      "a comment with a read token",
      ({ readOnly }) => readOnly.issues.createComment({ ...repo, issue_number: number, body: "x" }),
      403,
      /^Resource not accessible by integration/,
    ],
    [
      "a comment by anybody on a public repository",
      ({ stranger }) => stranger.issues.createComment({ ...repo, issue_number: number, body: "x" }),
      201,
    ],
    [
      "a check run by a person's token",
      ({ person }) => person.checks.create({ ...repo, name: "x", head_sha: main }),
      403,
      /^You must authenticate via a GitHub App/,
    ],
    [
      "a commit status by a person's token",
      ({ person }) => person.repos.createCommitStatus({ ...repo, sha: main, state: "success" }),
      201,
    ],
    [
      "settings of workflows with the workflow token",
      ({ bot }) => bot.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repo),
      403,
    ],
    [
      "settings of workflows with a maintainer's token",
      ({ person }) => person.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repo),
      200,
    ],
    [
      "who am I, with a workflow token",
      ({ bot }) => bot.users.getAuthenticated(),
      403,
      /^Resource not accessible by integration/,
    ],
    [
      "an API version of the future",
      ({ bot }) =>
        bot.request("GET /repos/{owner}/{repo}", { ...repo, headers: { "x-github-api-version": "2099-01-01" } }),
      400,
    ],
  ],
  prepare,
);

async function prepare(): Promise<void> {
  number = await s.propose("feature");
  main = (await s.bot.git.getRef({ ...repo, ref: "heads/main" })).data.object.sha;
}

table(
  "git data",
  [
    ["a branch", ({ bot }) => bot.git.getRef({ ...repo, ref: "heads/main" }), 200],
    ["a branch that is not there", ({ bot }) => bot.git.getRef({ ...repo, ref: "heads/none" }), 404, /^Not Found/],
    ["branches by prefix, none", ({ bot }) => bot.git.listMatchingRefs({ ...repo, ref: "heads/none" }), 200],
    ["a new branch", ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/heads/new", sha: main }), 201],
    [
      "a branch that is there",
      ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/heads/main", sha: main }),
      422,
      /^Reference already exists/,
    ],
    [
      "a branch on nothing",
      ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/heads/x", sha: nowhere }),
      422,
      /^Object does not exist/,
    ],
    ["a ref without a namespace", ({ bot }) => bot.git.createRef({ ...repo, ref: "x", sha: main }), 422],
    [
      "backwards",
      ({ bot }) => bot.git.updateRef({ ...repo, ref: "heads/feature", sha: main }),
      422,
      /^Update is not a fast forward/,
    ],
    [
      "deleting a branch that is not there",
      ({ bot }) => bot.git.deleteRef({ ...repo, ref: "heads/none" }),
      422,
      /^Reference does not exist/,
    ],
    ["a blob", ({ bot }) => bot.git.createBlob({ ...repo, content: "x" }), 201],
    [
      "a tree",
      ({ bot }) =>
        bot.git.createTree({
          ...repo,
          base_tree: main,
          tree: [{ path: "a/b.txt", mode: "100644", type: "blob", content: "x" }],
        }),
      201,
    ],
    [
      "a tree of nothing",
      ({ bot }) => bot.git.createTree({ ...repo, tree: [{ path: "a", mode: "100644", type: "blob", sha: nowhere }] }),
      422,
    ],
    [
      "a commit of nothing",
      ({ bot }) => bot.git.createCommit({ ...repo, message: "x", tree: nowhere, parents: [] }),
      422,
      /^Tree SHA does not exist/,
    ],
    ["a commit that is not there", ({ bot }) => bot.git.getCommit({ ...repo, commit_sha: nowhere }), 404],
    [
      "an annotated tag",
      ({ bot }) => bot.git.createTag({ ...repo, tag: "v1", message: "x", object: main, type: "commit" }),
      201,
    ],
    ["contents", ({ bot }) => bot.repos.getContent({ ...repo, path: "README.md" }), 200],
    ["contents that are not there", ({ bot }) => bot.repos.getContent({ ...repo, path: "none" }), 404, /^Not Found/],
    [
      "a new file",
      ({ bot }) =>
        bot.repos.createOrUpdateFileContents({
          ...repo,
          path: "a.txt",
          message: "x",
          content: "eA==",
          branch: "feature",
        }),
      201,
    ],
    [
      "a changed file without its sha",
      ({ bot }) => bot.repos.createOrUpdateFileContents({ ...repo, path: "README.md", message: "x", content: "eA==" }),
      422,
      /"sha" wasn't supplied/,
    ],
    [
      "a changed file with a stale sha",
      ({ bot }) =>
        bot.repos.createOrUpdateFileContents({
          ...repo,
          path: "README.md",
          message: "x",
          content: "eA==",
          sha: nowhere,
        }),
      409,
      /does not match/,
    ],
    ["a branch's page", ({ bot }) => bot.repos.getBranch({ ...repo, branch: "none" }), 404, /^Branch not found/],
    [
      "a branch without protection",
      ({ person }) => person.repos.getBranchProtection({ ...repo, branch: "main" }),
      404,
      /^Branch not protected/,
    ],
    ["a branch without rules", ({ readOnly }) => readOnly.repos.getBranchRules({ ...repo, branch: "main" }), 200],
    ["a comparison", ({ bot }) => bot.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...feature" }), 200],
    [
      "a comparison with nothing",
      ({ bot }) => bot.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...none" }),
      404,
    ],
    [
      "a commit that was never there",
      ({ bot }) => bot.repos.getCommit({ ...repo, ref: nowhere }),
      422,
      /^No commit found for SHA/,
    ],
    [
      "pull requests of a commit",
      ({ bot }) => bot.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: main }),
      200,
    ],
  ],
  prepare,
);

table(
  "pull requests",
  [
    [
      "opening",
      async ({ hub, bot }) => {
        await hub.person.commit("one", { "one.txt": "1" });
        return bot.pulls.create({ ...repo, head: "one", base: "main", title: "x" });
      },
      201,
    ],
    [
      "a second one for the same branches",
      ({ bot }) => bot.pulls.create({ ...repo, head: "feature", base: "main", title: "x" }),
      422,
      /A pull request already exists for octo:feature\./,
    ],
    [
      "from a branch that is not there",
      ({ bot }) => bot.pulls.create({ ...repo, head: "none", base: "main", title: "x" }),
      422,
      /"field":"head".*"code":"invalid"|"code":"invalid".*"field":"head"/,
    ],
    [
      "onto a branch that is not there",
      ({ bot }) => bot.pulls.create({ ...repo, head: "feature", base: "none", title: "x" }),
      422,
      /"field":"base"/,
    ],
    [
      "without a difference",
      async ({ bot }) => {
        await bot.git.createRef({ ...repo, ref: "refs/heads/same", sha: main });
        return bot.pulls.create({ ...repo, head: "same", base: "main", title: "x" });
      },
      422,
      /No commits between main and same/,
    ],
    [
      "with too long a body",
      async ({ hub, bot }) => {
        await hub.person.commit("long", { "long.txt": "1" });
        return bot.pulls.create({ ...repo, head: "long", base: "main", title: "x", body: long });
      },
      422,
      /body is too long \(maximum is 65536 characters\)/,
    ],
    ["one that is not there", ({ bot }) => bot.pulls.get({ ...repo, pull_number: 99 }), 404, /^Not Found/],
    [
      "merging a stale head",
      ({ bot }) => bot.pulls.merge({ ...repo, pull_number: number, sha: nowhere }),
      409,
      /^Head branch was modified/,
    ],
    [
      "merging a draft",
      async ({ bot, propose }) =>
        bot.pulls.merge({ ...repo, pull_number: await propose("draft", undefined, { draft: true }) }),
      405,
      /still a draft/,
    ],
    [
      "merging a conflict",
      async ({ hub, bot, propose }) => {
        const pull = await propose("clash", { "clash.txt": "theirs\n" });
        await hub.person.commit("main", { "clash.txt": "ours\n" });
        return bot.pulls.merge({ ...repo, pull_number: pull, merge_method: "squash" });
      },
      405,
      /^Pull Request is not mergeable/,
    ],
    [
      "merging what is closed",
      async ({ hub, bot, propose }) => {
        const pull = await propose("shut");
        await hub.person.close(pull);
        return bot.pulls.merge({ ...repo, pull_number: pull });
      },
      405,
      /^Pull Request is not mergeable/,
    ],
    ["whether it is merged, when not", ({ bot }) => bot.pulls.checkIfMerged({ ...repo, pull_number: number }), 404],
    [
      "whether it is merged, when so",
      async ({ hub, bot, propose }) => {
        const pull = await propose("in");
        await hub.person.merge(pull);
        return bot.pulls.checkIfMerged({ ...repo, pull_number: pull });
      },
      204,
    ],
    [
      "reopening what was force-pushed",
      async ({ hub, bot, propose }) => {
        const pull = await propose("forced");
        await hub.person.close(pull);
        const tip = await hub.person.commit("other", { "o.txt": "1" });
        await bot.git.updateRef({ ...repo, ref: "heads/forced", sha: tip, force: true });
        return bot.pulls.update({ ...repo, pull_number: pull, state: "open" });
      },
      422,
      /force-pushed or recreated/,
    ],
    [
      "approving one's own",
      ({ bot }) => bot.pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" }),
      422,
      /Can not approve your own pull request/,
    ],
    [
      "approving another's",
      ({ person }) => person.pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" }),
      200,
    ],
    [
      "the author as reviewer",
      ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: number, reviewers: ["github-actions[bot]"] }),
      422,
      /Review cannot be requested from pull request author/,
    ],
    [
      "a stranger as reviewer",
      ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: number, reviewers: ["nobody"] }),
      422,
      /not a collaborator/,
    ],
    [
      "a person as reviewer",
      ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: number, reviewers: ["ada"] }),
      201,
    ],
    [
      "a team as reviewer, by the workflow token",
      ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: number, team_reviewers: ["core"] }),
      422,
      /^Could not resolve to a node/,
    ],
    ["files, paged", ({ bot }) => bot.pulls.listFiles({ ...repo, pull_number: number }), 200],
  ],
  prepare,
);

table(
  "issues, comments and labels",
  [
    ["an issue", ({ bot }) => bot.issues.create({ ...repo, title: "x", labels: ["alert"] }), 201],
    ["an issue without a title", ({ bot }) => bot.issues.create({ ...repo, title: "" }), 422],
    ["an issue that is not there", ({ bot }) => bot.issues.get({ ...repo, issue_number: 99 }), 404],
    ["a comment", ({ bot }) => bot.issues.createComment({ ...repo, issue_number: number, body: "x" }), 201],
    ["an empty comment", ({ bot }) => bot.issues.createComment({ ...repo, issue_number: number, body: "" }), 422],
    [
      "a comment of 65,536 characters",
      ({ bot }) => bot.issues.createComment({ ...repo, issue_number: number, body: long.slice(1) }),
      201,
    ],
    [
      "a comment of one more",
      ({ bot }) => bot.issues.createComment({ ...repo, issue_number: number, body: long }),
      422,
      /body is too long/,
    ],
    ["a comment that is not there", ({ bot }) => bot.issues.updateComment({ ...repo, comment_id: 1, body: "x" }), 404],
    [
      "a comment deleted",
      async ({ bot }) =>
        bot.issues.deleteComment({
          ...repo,
          comment_id: (await bot.issues.createComment({ ...repo, issue_number: number, body: "x" })).data.id,
        }),
      204,
    ],
    [
      "a comment on what is locked",
      async ({ hub, bot, propose }) => {
        const pull = await propose("locked");
        await hub.person.lock(pull);
        return bot.issues.createComment({ ...repo, issue_number: pull, body: "x" });
      },
      403,
      /locked/,
    ],
    ["a label", ({ bot }) => bot.issues.createLabel({ ...repo, name: "fresh" }), 201],
    [
      "a label twice",
      async ({ bot }) => {
        await bot.issues.createLabel({ ...repo, name: "twice" });
        return bot.issues.createLabel({ ...repo, name: "TWICE" });
      },
      422,
      /already_exists/,
    ],
    [
      "labels put on, unknown ones too",
      ({ bot }) => bot.issues.addLabels({ ...repo, issue_number: number, labels: ["made-up"] }),
      200,
    ],
    [
      "a label taken off that is not on",
      ({ bot }) => bot.issues.removeLabel({ ...repo, issue_number: number, name: "none" }),
      404,
      /^Label does not exist/,
    ],
  ],
  prepare,
);

table(
  "checks, statuses, deployments, releases and dispatches",
  [
    ["a check run", ({ bot }) => bot.checks.create({ ...repo, name: "x", head_sha: main, conclusion: "success" }), 201],
    [
      "a check run on nothing",
      ({ bot }) => bot.checks.create({ ...repo, name: "x", head_sha: nowhere }),
      422,
      /^No commit found for SHA/,
    ],
    [
      "a check run with too long a summary",
      ({ bot }) => bot.checks.create({ ...repo, name: "x", head_sha: main, output: { title: "x", summary: long } }),
      422,
      /Only 65535 characters/,
    ],
    [
      "another App's check run",
      async ({ bot, app }) =>
        app.checks.update({
          ...repo,
          check_run_id: (await bot.checks.create({ ...repo, name: "y", head_sha: main })).data.id,
          conclusion: "failure",
        }),
      403,
    ],
    [
      "a status with too long a description",
      ({ bot }) => bot.repos.createCommitStatus({ ...repo, sha: main, state: "success", description: "x".repeat(141) }),
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
        bot.repos.createDeploymentStatus({ ...repo, deployment_id: await deployment(), state: "success" }),
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
  async () => {
    await prepare();
    s.hub.set({ workflows: { "retrain.yml": "active" } });
  },
);

async function deployment(): Promise<number> {
  const { data } = await s.bot.repos.createDeployment({ ...repo, ref: "main", required_contexts: [] });
  return (data as { id: number }).id;
}

async function upload(name: string, tag: string, bot: Scene["bot"]) {
  const found = (await bot.paginate(bot.repos.listReleases, repo)).find((release) => release.tag_name === tag);
  const { id, upload_url } = found ?? (await bot.repos.createRelease({ ...repo, tag_name: tag })).data;
  return bot.repos.uploadReleaseAsset({ ...repo, release_id: id, url: upload_url, name, data: "{}" });
}

describe("settings of the repository", () => {
  beforeAll(async () => {
    s = await openScene();
    await prepare();
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
      ({ bot }) => bot.issues.createComment({ ...repo, issue_number: number, body: "x" }),
      201,
      /^/,
    ],
    ["private, without a token", { private: true }, ({ nobody }) => nobody.repos.get(repo), 404, /^Not Found/],
    ["private, a token that may read", { private: true }, ({ readOnly }) => readOnly.pulls.list(repo), 200, /^/],
    [
      "squash merges are off",
      { mergeMethods: ["merge"] },
      ({ bot }) => bot.pulls.merge({ ...repo, pull_number: number, merge_method: "squash" }),
      405,
      /^Squash merges are not allowed/,
    ],
    [
      "a required check is missing",
      { protection: { main: { checks: ["refit / churn"] } } },
      ({ bot }) => bot.pulls.merge({ ...repo, pull_number: number }),
      405,
      /^Required status check "refit \/ churn" is expected\./,
    ],
    [
      "an approval is missing",
      { protection: { main: { approvals: 1 } } },
      ({ bot }) => bot.pulls.merge({ ...repo, pull_number: number }),
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
      ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/tags/churn@v1", sha: main }),
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
      pull_number: number,
      headers: { "x-github-api-version": "2026-03-10" },
    });

    expect(data).not.toHaveProperty("merge_commit_sha");
  });

  it("turns to draft only with contents and pull-requests, as GitHub does", async () => {
    s.hub.permit(s.hub.tokens.bot, { pull_requests: "write", contents: "read" });

    await expect(s.bot.graphql(draftMutation, { id: `PR_${number}` })).rejects.toThrow(
      "Resource not accessible by integration",
    );
  });
});
