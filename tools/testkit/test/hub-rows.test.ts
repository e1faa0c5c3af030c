import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, openScene, repo, type Scene } from "./hub-scene.ts";

let s: Scene;
let main: string;
beforeEach(async () => {
  s = await openScene();
  main = (await s.bot.git.getRef({ ...repo, ref: "heads/main" })).data.object.sha;
});
afterEach(() => s.hub.close());

describe("what GitHub keeps beside git", () => {
  it("shows the newest check run of a name and App, and all when asked", async () => {
    const run = { ...repo, name: "refit / churn", head_sha: main };
    await s.bot.checks.create({ ...run, conclusion: "failure", external_id: "1" });
    await s.bot.checks.create({ ...run, conclusion: "success", external_id: "2" });
    await s.app.checks.create({ ...run, status: "in_progress" });

    const latest = await s.bot.checks.listForRef({ ...repo, ref: "main", check_name: run.name });
    const all = await s.bot.checks.listForRef({ ...repo, ref: "main", filter: "all" });

    expect(
      latest.data.check_runs.map(({ external_id, conclusion, app }) => [external_id, conclusion, app?.slug]),
    ).toEqual([
      ["", null, "refit-app"],
      ["2", "success", "github-actions"],
    ]);
    expect(all.data.total_count).toBe(3);
  });

  it("completes a check run, and adds annotations to those before", async () => {
    const annotation = { path: "a", start_line: 1, end_line: 1, annotation_level: "notice" as const, message: "x" };
    const output = { title: "t", summary: "s", annotations: [annotation] };
    const { data } = await s.bot.checks.create({ ...repo, name: "x", head_sha: main, status: "in_progress", output });

    const done = await s.bot.checks.update({ ...repo, check_run_id: data.id, conclusion: "neutral", output });

    expect(done.data).toMatchObject({ status: "completed", conclusion: "neutral", output: { annotations_count: 2 } });
  });

  it("combines the newest status of each context", async () => {
    const status = (context: string, state: "success" | "failure" | "pending") =>
      s.bot.repos.createCommitStatus({ ...repo, sha: main, context, state });
    const combined = async () => (await s.bot.repos.getCombinedStatusForRef({ ...repo, ref: "main" })).data.state;

    expect(await combined()).toBe("pending");
    await status("one", "failure");
    await status("two", "success");
    expect(await combined()).toBe("failure");
    await status("one", "success");
    expect(await combined()).toBe("success");
  });

  it("makes an older deployment of the environment inactive", async () => {
    const deploy = async () => {
      const { data } = await s.bot.repos.createDeployment({
        ...repo,
        ref: "main",
        environment: "churn",
        required_contexts: [],
      });
      const { id } = data as { id: number };
      await s.bot.repos.createDeploymentStatus({ ...repo, deployment_id: id, state: "success" });
      return id;
    };
    const state = async (deployment_id: number) =>
      (await s.bot.repos.listDeploymentStatuses({ ...repo, deployment_id })).data[0]?.state;

    const [one, two] = [await deploy(), await deploy()];

    expect([await state(one), await state(two)]).toEqual(["inactive", "success"]);
    const { data } = await s.bot.repos.listDeployments({ ...repo, environment: "churn", sha: main });
    expect(data.map(({ id }) => id)).toEqual([two, one]);
  });

  it("tags a release when it is published, and gives its assets back", async () => {
    const release = { ...repo, tag_name: "churn@v1", target_commitish: main };
    const { data: draft } = await s.bot.repos.createRelease({ ...release, draft: true });
    const asset = await s.bot.repos.uploadReleaseAsset({
      ...repo,
      release_id: draft.id,
      url: draft.upload_url,
      name: "model.json",
      data: '{"a":1}',
    });
    const tag = () => answer(s.bot.git.getRef({ ...repo, ref: "tags/churn@v1" }));
    const before = await tag();

    await s.bot.repos.updateRelease({ ...repo, release_id: draft.id, draft: false });

    expect([before.status, (await tag()).status]).toEqual([404, 200]);
    const { data: shown } = await s.bot.repos.getReleaseByTag({ ...repo, tag: "churn@v1" });
    expect(shown.assets.map(({ name, size }) => [name, size])).toEqual([["model.json", 7]]);
    const bytes = await s.bot.repos.getReleaseAsset({
      ...repo,
      asset_id: asset.data.id,
      headers: { accept: "application/octet-stream" },
    });
    expect(Buffer.from(bytes.data as unknown as ArrayBuffer).toString()).toBe('{"a":1}');
  });

  it("lists pull requests among the issues, by label, state and creator", async () => {
    const pull = await s.propose("refit--churn");
    await s.bot.issues.addLabels({ ...repo, issue_number: pull, labels: ["refit"] });
    const { data: issue } = await s.bot.issues.create({ ...repo, title: "Alert", labels: ["refit"] });
    await s.stranger.issues.create({ ...repo, title: "Planted" });
    const listed = async (more: object) =>
      (await s.bot.issues.listForRepo({ ...repo, ...more })).data.map(({ number }) => number);

    expect(await listed({ labels: "refit" })).toEqual([issue.number, pull]);
    expect(await listed({ creator: "mallory" })).toEqual([3]);
    await s.bot.issues.update({ ...repo, issue_number: issue.number, state: "closed" });
    expect(await listed({ labels: "refit" })).toEqual([pull]);
    expect((await s.bot.issues.get({ ...repo, issue_number: issue.number })).data).toMatchObject({
      state: "closed",
      state_reason: "completed",
    });
  });

  it("closes and reopens a pull request, also as an issue", async () => {
    const number = await s.propose("refit--churn");
    const turn = async (state: "open" | "closed") =>
      (await s.bot.issues.update({ ...repo, issue_number: number, state })).data.state;

    expect([await turn("closed"), await turn("open")]).toEqual(["closed", "open"]);
    expect(s.hub.events.slice(-2).map(({ name, action }) => [name, action])).toEqual([
      ["pull_request", "closed"],
      ["pull_request", "reopened"],
    ]);
  });

  it("gives what it is asked for once when two ask at the same time", async () => {
    await s.hub.person.commit("refit--churn", { "a.txt": "1" });
    const open = () => answer(s.bot.pulls.create({ ...repo, head: "refit--churn", base: "main", title: "x" }));

    const answers = await Promise.all([open(), open(), open()]);

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ message }) => message.includes("already exists"))).toHaveLength(2);
  });
});

describe("what git knows", () => {
  it("makes blobs, trees, commits and tags with git's own ids", async () => {
    const { data: blob } = await s.bot.git.createBlob({
      ...repo,
      content: Buffer.from("hello\n").toString("base64"),
      encoding: "base64",
    });
    const { data: tree } = await s.bot.git.createTree({
      ...repo,
      base_tree: main,
      tree: [{ path: "a/b.txt", mode: "100644", type: "blob", sha: blob.sha }],
    });
    const { data: commit } = await s.bot.git.createCommit({ ...repo, message: "Add", tree: tree.sha, parents: [main] });
    const { data: tag } = await s.bot.git.createTag({
      ...repo,
      tag: "churn@v1",
      message: "Version 1",
      object: commit.sha,
      type: "commit",
    });
    await s.bot.git.createRef({ ...repo, ref: "refs/tags/churn@v1", sha: tag.sha });

    expect(blob.sha).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
    expect((await s.bot.git.getTag({ ...repo, tag_sha: tag.sha })).data).toMatchObject({
      tag: "churn@v1",
      message: "Version 1",
      object: { sha: commit.sha, type: "commit" },
    });
    const { data: files } = await s.bot.git.getTree({ ...repo, tree_sha: commit.sha, recursive: "1" });
    expect(files.tree.map(({ path }) => path)).toEqual(["README.md", "a", "a/b.txt"]);
    expect(commit.author.name).toBe("github-actions[bot]");
  });

  it("compares branches from where they parted", async () => {
    await s.hub.person.commit("side", { "side.txt": "1\n2\n" });
    await s.hub.person.commit("main", { "main.txt": "1\n" });

    const { data } = await s.bot.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...octo:side" });

    expect(data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1, merge_base_commit: { sha: main } });
    expect(data.files?.map(({ filename, status, additions }) => [filename, status, additions])).toEqual([
      ["side.txt", "added", 2],
    ]);
  });

  it("tells which pull request brought a commit", async () => {
    const number = await s.propose("refit--churn");
    const merged = await s.hub.person.merge(number, "squash");
    const brought = async (commit_sha: string) =>
      (await s.bot.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha })).data.map((pull) => pull.number);

    expect([await brought(merged), await brought(main)]).toEqual([[number], []]);
  });

  it("writes a file over the one the caller saw", async () => {
    const { data: seen } = await s.bot.repos.getContent({ ...repo, path: "README.md" });
    const change = {
      ...repo,
      path: "README.md",
      message: "Edit",
      content: Buffer.from("new").toString("base64"),
      sha: (seen as { sha: string }).sha,
    };

    const given = [
      await answer(s.bot.repos.createOrUpdateFileContents(change)),
      await answer(s.bot.repos.createOrUpdateFileContents(change)),
    ];

    expect(given.map(({ status }) => status)).toEqual([200, 409]);
    const raw = await s.bot.repos.getContent({ ...repo, path: "README.md", mediaType: { format: "raw" } });
    expect(String(raw.data)).toBe("new");
  });

  it("shows the rules of a branch to those who may only read", async () => {
    s.hub.set({ protection: { main: { ruleset: true, pullRequest: true, approvals: 2, checks: ["test"] } } });

    const { data } = await s.readOnly.repos.getBranchRules({ ...repo, branch: "main" });

    expect(data.map(({ type }) => type)).toEqual([
      "deletion",
      "non_fast_forward",
      "pull_request",
      "required_status_checks",
    ]);
  });
});
