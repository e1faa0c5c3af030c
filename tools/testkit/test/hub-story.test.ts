import { execFile } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryRepository, type TemporaryRepository } from "../src/index.ts";
import { openScene, repo, type Scene } from "./hub-scene.ts";

let s: Scene;
beforeEach(async () => {
  s = await openScene();
});
afterEach(() => s.hub.close());

/** A clone as actions/checkout leaves it: the token in an extra header. */
async function checkout(token: string, url = s.hub.gitUrl()): Promise<TemporaryRepository> {
  const work = await temporaryRepository({ empty: true });
  await work.git("config", `http.${s.hub.url}/.extraheader`, s.hub.authHeader(token));
  await work.git("remote", "add", "origin", url);
  await work.git("fetch", "--quiet", "origin");
  await work.git("switch", "--quiet", "--create", "work", "origin/main");
  return work;
}

/** What git says on stderr when it fails. */
async function refusal(push: Promise<unknown>): Promise<string> {
  const failed = await push.then(
    () => null,
    (error: { stderr: string }) => error,
  );
  return failed === null ? "git succeeded" : failed.stderr;
}

describe("git over HTTP", () => {
  it("clones and pushes with a token in the header", async () => {
    const work = await checkout(s.hub.tokens.bot);
    await work.write("a.txt", "1\n");
    const id = await work.commit("One");

    await work.git("push", "--quiet", "origin", "HEAD:refs/heads/refit--churn");

    expect((await s.bot.git.getRef({ ...repo, ref: "heads/refit--churn" })).data.object.sha).toBe(id);
    expect(s.hub.requests.filter(({ path }) => path.includes("receive-pack")).map(({ status }) => status)).toContain(
      200,
    );
  });

  it("pushes ten megabytes that git sends in chunks", async () => {
    const work = await checkout(s.hub.tokens.bot);
    // Does not compress: an xorshift stream.
    let x = 1;
    await work.write(
      "noise.bin",
      Uint8Array.from({ length: 10_000_000 }, () => {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        return x;
      }),
    );
    const id = await work.commit("Noise");

    await work.git("push", "--quiet", "origin", "HEAD:refs/heads/noise");

    expect((await s.bot.repos.getBranch({ ...repo, branch: "noise" })).data.commit.sha).toBe(id);
  });

  it("keeps a lease", async () => {
    const work = await checkout(s.hub.tokens.bot);
    const seen = await s.hub.person.commit("refit--churn", { "a.txt": "1" });
    await s.hub.person.commit("refit--churn", { "a.txt": "2" });
    await work.commit("Mine");

    const push = work.git(
      "push",
      `--force-with-lease=refs/heads/refit--churn:${seen}`,
      "origin",
      "HEAD:refs/heads/refit--churn",
    );

    expect(await refusal(push)).toContain("stale info");
  });

  it.each<[who: string, token: () => string | null, says: string]>([
    ["a read-only token", () => s.hub.tokens.readOnly, "Permission to octo/demo.git denied to github-actions[bot]"],
    ["a token nobody holds", () => "ghs_nobody", "could not read Username"],
    ["no token", () => null, "could not read Username"],
  ])("refuses a push with %s", async (_who, token, says) => {
    const work = await checkout(s.hub.tokens.bot);
    const header = token();
    const key = `http.${s.hub.url}/.extraheader`;
    await (header === null ? work.git("config", "--unset", key) : work.git("config", key, s.hub.authHeader(header)));
    await work.commit("Mine");

    expect(await refusal(work.git("push", "origin", "HEAD:refs/heads/x"))).toContain(says);
  });

  it.each<[rule: string, prepare: (s: Scene) => void, file: string, branch: string, says: RegExp]>([
    [
      "a branch for pull requests only",
      ({ hub }) => hub.set({ protection: { main: { pullRequest: true } } }),
      "a.txt",
      "main",
      /GH006: Protected branch update failed for refs\/heads\/main\.[^]*Changes must be made through a pull request/,
    ],
    [
      "a missing check",
      ({ hub }) => hub.set({ protection: { main: { checks: ["test"] } } }),
      "a.txt",
      "main",
      /GH006[^]*Required status check "test" is expected/,
    ],
    [
      "a ledger that a ruleset closes",
      ({ hub }) => hub.set({ protection: { "refit-*": { restricted: true, ruleset: true } } }),
      "a.txt",
      "refit-ledger",
      /GH013: Repository rule violations found for refs\/heads\/refit-ledger/,
    ],
    [
      "a file over the limit",
      ({ hub }) => hub.set({ maxFileBytes: 10 }),
      "model.bin",
      "x",
      /GH001: Large files detected[^]*model\.bin/,
    ],
    [
      "a workflow changed by the workflow token",
      () => undefined,
      ".github/workflows/a.yml",
      "x",
      /refusing to allow a GitHub App to create or update workflow `\.github\/workflows\/a\.yml`/,
    ],
  ])("refuses on push: %s", async (_rule, prepare, file, branch, says) => {
    prepare(s);
    const work = await checkout(s.hub.tokens.bot);
    await work.write(file, "0123456789ABCDEF\n");
    await work.commit("Mine");

    const said = await refusal(work.git("push", "origin", `HEAD:refs/heads/${branch}`));

    expect(said).toMatch(says);
    expect(said).toContain("[remote rejected]");
  });

  it("refuses only the protected one of two branches", async () => {
    s.hub.set({ protection: { main: { pullRequest: true } } });
    const work = await checkout(s.hub.tokens.bot);
    await work.commit("Mine");

    const said = await refusal(work.git("push", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/free"));

    expect(said).toMatch(/\[new branch\]\s+HEAD -> free/);
    expect(said).toMatch(/\[remote rejected\] HEAD -> main/);
  });

  it("refuses a forced push to a protected branch", async () => {
    await s.hub.person.commit("main", { "a.txt": "1" });
    s.hub.set({ protection: { main: {} } });
    const work = await checkout(s.hub.tokens.person);
    await work.git("reset", "--quiet", "--hard", "HEAD~1");
    await work.commit("Instead");

    expect(await refusal(work.git("push", "--force", "origin", "HEAD:main"))).toContain(
      "Cannot force-push to this branch",
    );
  });

  it("hides a private repository from those without a token", async () => {
    s.hub.set({ private: true });
    const work = await temporaryRepository({ empty: true });

    expect(await refusal(work.git("ls-remote", s.hub.gitUrl()))).toContain("could not read Username");
  });
});

describe("a proposal", () => {
  it.each(["merge", "squash", "rebase"] as const)(
    "keeps the folder's tree through %s, and loses it by the Revert button",
    async (method) => {
      const work = await checkout(s.hub.tokens.bot);
      for (const version of ["1", "2"]) {
        await work.write("models/churn/champion/metrics.json", version);
        await work.commit(`Retrain ${version}`);
      }
      await work.git("push", "--quiet", "origin", "HEAD:refs/heads/refit--churn");
      const { data: pull } = await s.bot.pulls.create({
        ...repo,
        head: "refit--churn",
        base: "main",
        title: "Retrain",
      });
      await s.hub.person.commit("main", { "other.txt": "moved on" });

      const merged = await s.hub.person.merge(pull.number, method);

      await work.git("fetch", "--quiet", "origin");
      expect(await work.git("rev-parse", "origin/main")).toBe(merged);
      expect(await work.git("rev-parse", "origin/main:models")).toBe(await work.git("rev-parse", "HEAD:models"));
      expect(await work.git("show", "origin/main:other.txt")).toBe("moved on");
      const parents = (await work.git("log", "-1", "--format=%P", merged)).split(" ");
      expect(parents).toHaveLength(method === "merge" ? 2 : 1);

      await s.hub.person.merge(await s.hub.person.revert(pull.number));

      await work.git("fetch", "--quiet", "origin");
      expect(await work.git("ls-tree", "--name-only", "-r", "origin/main")).toBe("README.md\nother.txt");
    },
  );

  it("follows its branch, and can be checked out merged", async () => {
    const pull_number = await s.propose("refit--churn");
    await s.hub.person.commit("main", { "main.txt": "1" });
    const head = await s.hub.person.commit("refit--churn", { "b.txt": "2" });

    const { data } = await s.bot.pulls.get({ ...repo, pull_number });

    expect(data).toMatchObject({
      head: { sha: head },
      commits: 2,
      changed_files: 2,
      mergeable: true,
      mergeable_state: "clean",
    });
    const work = await checkout(s.hub.tokens.readOnly);
    await work.git("fetch", "--quiet", "origin", `refs/pull/${pull_number}/merge`);
    expect(await work.git("ls-tree", "--name-only", "FETCH_HEAD")).toBe("README.md\nb.txt\nmain.txt\nrefit--churn.txt");
  });

  it("conflicts when another one took its lines", async () => {
    const [one, other] = [
      await s.propose("one", { "model.json": "1\n" }),
      await s.propose("two", { "model.json": "2\n" }),
    ];

    await s.hub.person.merge(one, "rebase");

    const { data } = await s.bot.pulls.get({ ...repo, pull_number: other });
    expect(data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
  });

  it("is merged when its commits are pushed to the base branch, closed when its branch goes", async () => {
    const [one, other] = [await s.propose("one"), await s.propose("two")];
    const work = await checkout(s.hub.tokens.person);

    await work.git("push", "--quiet", "origin", "origin/one:main");
    await work.git("push", "--quiet", "origin", ":two");

    const states = await Promise.all(
      [one, other].map(async (pull_number) => (await s.bot.pulls.get({ ...repo, pull_number })).data),
    );
    expect(states.map(({ state, merged }) => [state, merged])).toEqual([
      ["closed", true],
      ["closed", false],
    ]);
  });

  it("waits for the checks and the approval that are required, then auto-merge takes it", async () => {
    const pull_number = await s.propose("refit--churn");
    s.hub.set({ autoMerge: true, protection: { main: { checks: ["refit / churn"], approvals: 1 } } });
    const { data: pull } = await s.bot.pulls.get({ ...repo, pull_number });
    await s.bot.graphql(
      "mutation ($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: SQUASH }) { pullRequest { autoMergeRequest { mergeMethod } } } }",
      { id: pull.node_id },
    );

    await s.bot.checks.create({ ...repo, name: "refit / churn", head_sha: pull.head.sha, conclusion: "success" });
    const waiting = (await s.bot.pulls.get({ ...repo, pull_number })).data;
    await s.hub.person.approve(pull_number);
    const after = (await s.bot.pulls.get({ ...repo, pull_number })).data;

    expect(pull.mergeable_state).toBe("blocked");
    expect(waiting).toMatchObject({ merged: false, mergeable_state: "blocked" });
    expect(after).toMatchObject({ merged: true, merged_by: { login: "github-actions[bot]" } });
    expect(s.hub.events.at(-1)).toMatchObject({ name: "push", outcome: "nothing" });
  });

  it("goes through the merge queue with others, by one push that starts workflows", async () => {
    const [one, other] = [await s.propose("one"), await s.propose("two")];
    const before = s.hub.events.length;

    const last = await s.hub.person.queue(one, other);

    const told = s.hub.events.slice(before).map(({ name, actor, outcome }) => [name, actor, outcome]);
    expect(told.filter(([name]) => name === "push")).toEqual([["push", "github-merge-queue[bot]", "starts"]]);
    expect(s.hub.events.at(-1)).toMatchObject({ ref: "refs/heads/main", sha: last });
    const commits = (await s.bot.repos.listCommits(repo)).data.map(({ commit }) => commit.message);
    expect(commits).toEqual(["Take two (#2)", "Take one (#1)", "Start"]);
  });

  it("is not approved by an App", async () => {
    s.hub.set({ protection: { main: { approvals: 1 } } });
    const pull_number = await s.propose("refit--churn");

    await s.app.pulls.createReview({ ...repo, pull_number, event: "APPROVE" });

    expect((await s.bot.pulls.get({ ...repo, pull_number })).data.mergeable_state).toBe("blocked");
  });

  it("loses its approval by a push where the rules say so", async () => {
    s.hub.set({ protection: { main: { approvals: 1, dismissStale: true } } });
    const pull_number = await s.propose("refit--churn");
    const state = async () => (await s.bot.pulls.get({ ...repo, pull_number })).data.mergeable_state;
    await s.hub.person.approve(pull_number);
    const approved = await state();

    await s.hub.person.commit("refit--churn", { "more.txt": "1" });

    expect([approved, await state()]).toEqual(["clean", "blocked"]);
  });

  it("may come from a fork, whose owner may comment but not write", async () => {
    const work = await checkout(s.hub.tokens.stranger, s.hub.gitUrl("mallory"));
    await work.write("evil.txt", "1");
    const head = await work.commit("Help");
    await work.git("push", "--quiet", "origin", "HEAD:refs/heads/main");

    const { data: pull } = await s.stranger.pulls.create({
      ...repo,
      head: "mallory:main",
      base: "main",
      title: "Help",
    });

    expect(pull).toMatchObject({
      head: { sha: head, label: "mallory:main", repo: { fork: true, full_name: "mallory/demo" } },
    });
    expect(s.hub.events.at(-1)).toMatchObject({
      name: "pull_request",
      action: "opened",
      actor: "mallory",
      outcome: "starts",
    });
    expect((await s.bot.repos.listBranches(repo)).data.map(({ name }) => name)).toEqual(["main"]);
    expect(await refusal(work.git("push", s.hub.gitUrl(), "HEAD:refs/heads/x"))).toContain("denied to mallory");
    await work.git("config", `http.${s.hub.url}/.extraheader`, s.hub.authHeader(s.hub.tokens.bot));
    expect(await refusal(work.git("push", "origin", "HEAD:refs/heads/x"))).toContain(
      "Permission to mallory/demo.git denied to github-actions[bot]",
    );
  });
});

describe("what starts workflows", () => {
  it("is nothing that the workflow token did, but dispatches; its pull requests are parked", async () => {
    s.hub.set({ workflows: { "retrain.yml": "active" } });
    const pull = await s.propose("refit--churn");
    const tip = (await s.bot.git.getRef({ ...repo, ref: "heads/main" })).data.object.sha;
    await s.bot.git.createRef({ ...repo, ref: "refs/heads/by-bot", sha: tip });
    await s.app.git.createRef({ ...repo, ref: "refs/heads/by-app", sha: tip });
    await s.bot.issues.createComment({ ...repo, issue_number: pull, body: "x" });
    await s.bot.actions.createWorkflowDispatch({ ...repo, workflow_id: "retrain.yml", ref: "main" });
    await s.bot.pulls.merge({ ...repo, pull_number: pull });

    expect(
      s.hub.events.map(({ name, action, actor, outcome }) => `${name} ${action ?? ""} by ${actor}: ${outcome}`),
    ).toEqual([
      "push  by ada: starts",
      "pull_request opened by github-actions[bot]: parked",
      "push  by github-actions[bot]: nothing",
      "push  by refit-app[bot]: starts",
      "issue_comment created by github-actions[bot]: nothing",
      "workflow_dispatch  by github-actions[bot]: starts",
      "pull_request closed by github-actions[bot]: nothing",
      "push  by github-actions[bot]: nothing",
    ]);
  });

  it("is told as a webhook would", async () => {
    const before = (await s.bot.git.getRef({ ...repo, ref: "heads/main" })).data.object.sha;
    const after = await s.hub.person.commit("main", { "data/new.csv": "x\n" }, "Add data");

    expect(s.hub.events.at(-1)?.payload).toMatchObject({
      ref: "refs/heads/main",
      before,
      after,
      forced: false,
      repository: { full_name: "octo/demo", default_branch: "main" },
      sender: { login: "ada" },
      head_commit: { id: after, message: "Add data" },
    });
  });

  it("is told of who pushed, also when somebody asks while the push goes on", async () => {
    const work = await checkout(s.hub.tokens.app);
    for (const branch of ["one", "two", "three"]) {
      const seen = { done: false };
      const push = work.git("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`).finally(() => (seen.done = true));
      while (!seen.done) await s.person.repos.get(repo);
      await push;
    }

    expect(s.hub.events.map(({ name, actor }) => `${name} by ${actor}`)).toEqual(
      Array.from({ length: 3 }, () => "push by refit-app[bot]"),
    );
  });

  it("is noticed in the bare repository too, whoever changed it", async () => {
    const bare = s.hub.bareRepository;
    await new Promise((resolve) => execFile("git", ["-C", bare, "branch", "aside", "main"], resolve));
    await s.bot.repos.get(repo);

    expect(s.hub.events.at(-1)?.payload).toMatchObject({ ref: "refs/heads/aside", created: true });
  });
});

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
