import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openScene, repo, type Scene } from "./hub-scene.ts";

let s: Scene;
beforeEach(async () => {
  s = await openScene();
});
afterEach(() => s.hub.close());

describe("listings", () => {
  it("come in pages that octokit follows, oldest comment first", async () => {
    const issue_number = await s.propose("refit--churn");
    for (let n = 0; n < 35; n += 1) await s.hub.person.comment(issue_number, `comment ${n}`);

    const first = await s.bot.issues.listComments({ ...repo, issue_number });
    const all = await s.bot.paginate(s.bot.issues.listComments, { ...repo, issue_number, per_page: 10 });

    expect(first.data).toHaveLength(30);
    expect(first.headers.link).toMatch(/page=2>; rel="next", .*page=2>; rel="last"/);
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 35 }, (_, n) => `comment ${n}`));
  });

  it("find pull requests by head only with an owner", async () => {
    await s.propose("one");
    await s.propose("two");
    const heads = async (head: string) => (await s.bot.pulls.list({ ...repo, head })).data.map((pull) => pull.head.ref);

    expect(await heads("octo:one")).toEqual(["one"]);
    expect(await heads("one")).toEqual(["two", "one"]);
  });
});

describe("GraphQL", () => {
  const commit = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`;
  const input = (expectedHeadOid: string) => ({
    branch: { repositoryNameWithOwner: "octo/demo", branchName: "main" },
    message: { headline: "Add" },
    expectedHeadOid,
    fileChanges: {
      additions: [{ path: "a/b.txt", contents: Buffer.from("1\n").toString("base64") }],
      deletions: [{ path: "README.md" }],
    },
  });

  it("commits on a branch that is where the caller saw it, and no other", async () => {
    const head = (await s.bot.git.getRef({ ...repo, ref: "heads/main" })).data.object.sha;

    const made = await s.bot.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(commit, {
      input: input(head),
    });
    const stale = s.bot.graphql(commit, { input: input(head) });

    await expect(stale).rejects.toThrow(`Expected branch to point to "${head}" but it did not. Pull and try again.`);
    const tree = await s.bot.git.getTree({ ...repo, tree_sha: made.createCommitOnBranch.commit.oid, recursive: "1" });
    expect(tree.data.tree.map(({ path }) => path)).toEqual(["a", "a/b.txt"]);
  });

  it("answers what was asked, with fragments, aliases and variables", async () => {
    const number = await s.propose("refit--churn");
    await s.hub.person.merge(number, "squash");
    const data = await s.bot.graphql(
      `query ($owner: String!, $n: Int!) {
        viewer { login }
        it: repository(owner: $owner, name: "demo") { pullRequest(number: $n) { ...Facts author { login ... on Bot { id } ... on User { login } } } }
      }
      fragment Facts on PullRequest { state mergeCommit { messageHeadline } comments(first: 5) { totalCount nodes { body } } }`,
      { owner: "octo", n: number },
    );

    expect(data).toEqual({
      viewer: { login: "github-actions[bot]" },
      it: {
        pullRequest: {
          state: "MERGED",
          mergeCommit: { messageHeadline: "Take refit--churn (#1)" },
          comments: { totalCount: 0, nodes: [] },
          author: { login: "github-actions", id: "U_41898282" },
        },
      },
    });
  });

  it("says so where it lacks a field, and remembers", async () => {
    await expect(s.bot.graphql("{ viewer { shoeSize } }")).rejects.toThrow(
      "Field 'shoeSize' doesn't exist on type 'Bot'",
    );
    expect(s.hub.unknownRoutes).toEqual(["graphql Bot.shoeSize"]);
  });

  it("turns a proposal to a draft and back", async () => {
    const number = await s.propose("refit--churn");
    const turn = (name: string) =>
      s.bot.graphql(`mutation ($id: ID!) { ${name}(input: { pullRequestId: $id }) { pullRequest { isDraft } } }`, {
        id: `PR_${number}`,
      });

    expect(await turn("convertPullRequestToDraft")).toEqual({
      convertPullRequestToDraft: { pullRequest: { isDraft: true } },
    });
    expect(await turn("markPullRequestReadyForReview")).toEqual({
      markPullRequestReadyForReview: { pullRequest: { isDraft: false } },
    });
  });
});

describe("the web site", () => {
  it("has the pages that a report links to, and the bytes of files by commit", async () => {
    const number = await s.propose("refit--churn", { "reports/churn.svg": "<svg/>" });
    const { head } = (await s.bot.pulls.get({ ...repo, pull_number: number })).data;
    const page = async (path: string) => {
      const response = await fetch(`${s.hub.url}/octo/demo/${path}`);
      return `${response.status} ${response.ok ? await response.text() : ""}`;
    };

    expect(await page(`blob/${head.sha}/reports/churn.svg?raw=true`)).toBe("200 <svg/>");
    expect(await page(`pull/${number}`)).toMatch(/^200/);
    expect(await page(`commit/${head.sha}`)).toMatch(/^200/);
    expect(await page("compare/main...refit--churn?expand=1")).toMatch(/^200/);
    expect(await page(`blob/${head.sha}/reports/none.svg`)).toBe("404 ");
    expect(await page("pull/99")).toBe("404 ");
  });
});
