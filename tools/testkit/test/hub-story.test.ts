import { execFile } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkout, openScene, refusal, repo, type Scene } from "./hub-scene.ts";

let s: Scene;
beforeEach(async () => {
  s = await openScene();
});
afterEach(() => s.hub.close());

describe("a proposal", () => {
  it.each(["merge", "squash", "rebase"] as const)(
    "keeps the folder's tree through %s, and loses it by the Revert button",
    async (method) => {
      const work = await checkout(s, s.hub.tokens.bot);
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
    const work = await checkout(s, s.hub.tokens.readOnly);
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
    const work = await checkout(s, s.hub.tokens.person);

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

  it("is asked of in the merge queue, on a commit of the queue, and goes in as far as that is green", async () => {
    s.hub.set({ protection: { main: { checks: ["refit"] } } });
    const check = (head_sha: string, conclusion: "success" | "failure") =>
      s.bot.checks.create({ ...repo, name: "refit", head_sha, status: "completed", conclusion });
    const pulls = [await s.propose("one"), await s.propose("two"), await s.propose("three")];
    await expect(s.hub.person.enqueue(...pulls)).rejects.toThrow('"refit" is expected');
    const heads = s.hub.rows.issues.map(({ pull }) => pull!.headSha);
    for (const head of heads) await check(head, "success");

    const queued = await s.hub.person.enqueue(...pulls);

    const asked = s.hub.events.filter(({ name }) => name === "merge_group");
    expect(asked.map(({ sha, outcome, payload }) => [sha, outcome, payload["merge_group"]])).toEqual(
      queued.map(({ head, onto, ref }) => [
        head,
        "starts",
        { head_sha: head, head_ref: ref, base_sha: onto, base_ref: "refs/heads/main" },
      ]),
    );
    expect(asked.map(({ ref }) => ref)).toEqual(queued.map(({ ref }) => ref));
    await check(queued[0]!.head, "success");
    await check(queued[1]!.head, "failure");
    await check(queued[2]!.head, "success");
    expect(await s.hub.person.mergeQueued(queued)).toEqual([1]);

    const { data: main } = await s.bot.repos.getBranch({ ...repo, branch: "main" });
    expect(main.commit.sha).toBe(queued[0]!.head);
    expect(s.hub.rows.issues.map(({ state }) => state)).toEqual(["closed", "open", "open"]);
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
    const work = await checkout(s, s.hub.tokens.stranger, s.hub.gitUrl("mallory"));
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
    const work = await checkout(s, s.hub.tokens.app);
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
