import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { championScene, churnScene, month, openScene, type Scene } from "./support/scene.ts";
import { allRefs } from "./support/refs.ts";

/** The same clone, for commands that keep everything in it. */
function unasked(scene: Scene): Promise<Scene> {
  return openScene(scene.repository, { from: scene.now(), push: false });
}

/** Another machine's clone of the same remote, whose runs publish. */
async function elsewhere(scene: Scene): Promise<Scene> {
  return openScene(await scene.repository.clone(), { from: scene.now() });
}

async function refs(scene: Scene, where: "here" | "remote"): Promise<string[]> {
  const own = /^\w+ refs\/(heads\/refit|tags\/)/;
  return (await allRefs(scene.repository)).filter((ref) => ref.startsWith(where) && own.test(ref));
}

const remoteHead = async (scene: Scene, branch = "refit--churn") =>
  (await scene.git("ls-remote", "origin", `refs/heads/${branch}`)).split("\t")[0]!;

const remoteRows = (scene: Scene) =>
  scene.git("--git-dir", scene.repository.remote!, "show", "refit-ledger:models/churn.jsonl");

/** The second month's model is live and a third month has come. */
async function grown(): Promise<Scene> {
  const scene = await championScene();
  scene.at("2026-06-03T00:00:00Z");
  await scene.land(month(3));
  return scene;
}

describe("a run that was not asked to publish", () => {
  it("leaves the remote as it is, and says what is in this clone only", async () => {
    const scene = await churnScene();
    const before = await refs(scene, "remote");

    const told = await (await unasked(scene)).refit("run", ["churn"]);

    expect(told.stdout).toContain("churn: proposed.");
    expect(told.notices.at(-1)).toMatch(/^Nothing was pushed: .*`refit-ledger`, `refit--churn`.*`--push` publishes it/);
    expect(await refs(scene, "remote")).toEqual(before);
    expect((await refs(scene, "here")).map((ref) => ref.split(" ")[1])).toEqual([
      "refs/heads/refit--churn",
      "refs/heads/refit-ledger",
    ]);
    expect(await readdir(path.join(scene.root, ".git/refit/proposals"))).toContain("churn.md");
  });

  it("is a whole proposal here: the next such run has nothing to do", async () => {
    const scene = await unasked(await churnScene());
    await scene.run();
    const before = await refs(scene, "here");

    const again = await scene.run();

    expect(again).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    expect(await refs(scene, "here")).toEqual(before);
  });

  it("is published later, as the same commit, without training again", async () => {
    const scene = await grown();
    const local = await unasked(scene);
    await local.run();
    const tried = await scene.git("rev-parse", "refit--churn");
    const rows = await scene.git("show", "refit-ledger:models/churn.jsonl");
    await local.land({ "README.md": "# Something else\n" });
    scene.at("2026-06-05T00:00:00Z");

    const told = await scene.refit("run", ["churn"], { json: true });

    expect(JSON.parse(told.stdout)).toMatchObject([{ decision: "proposed", evidence: null, branch: "refit--churn" }]);
    expect(await remoteHead(scene)).toBe(tried);
    expect(await remoteRows(scene)).toBe(rows);
    expect(told.notices.at(-1)).toBe(
      `Pushed to origin (${scene.repository.remote!}): \`refit-ledger\`, \`refit--churn\`.`,
    );
    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
  });

  it("may take the place of the open proposal here, and there once it is published", async () => {
    const scene = await grown();
    await scene.run();
    const shared = await remoteHead(scene);
    scene.at("2026-06-06T00:00:00Z");
    await scene.land(month(4));

    expect(await (await unasked(scene)).run()).toMatchObject({ decision: "updated" });
    const tried = await scene.git("rev-parse", "refit--churn");
    expect(await remoteHead(scene)).toBe(shared);
    const published = await scene.run();

    expect(published).toMatchObject({ decision: "proposed", evidence: null });
    expect(await remoteHead(scene)).toBe(tried);
  });

  it("gives way to what another machine has published since", async () => {
    const scene = await grown();
    const other = await elsewhere(scene);
    await (await unasked(scene)).run();
    await other.run();
    const theirs = await remoteHead(scene);

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    expect(await remoteHead(scene)).toBe(theirs);
  });

  it("brings its records together with those that came to the remote meanwhile", async () => {
    const scene = await grown();
    const other = await elsewhere(scene);
    await (await unasked(scene)).run();
    await other.land({ ...month(4) });
    await other.run();

    await scene.run();

    const looks = (await remoteRows(scene)).split("\n").filter((line) => line.includes('"kind":"look"'));
    expect(looks).toHaveLength(3);
    expect(new Set(looks).size).toBe(3);
    const reports = await scene.git(
      "--git-dir",
      scene.repository.remote!,
      "ls-tree",
      "-r",
      "--name-only",
      "refit-ledger",
      "reports/",
    );
    expect(reports.split("\n").filter((file) => file.endsWith("report.json"))).toHaveLength(3);
  });

  it.each([
    ["promote", []],
    ["rollback", ["churn"]],
    ["reject", ["churn"]],
  ] as const)("%s does the same", async (name, args) => {
    const scene = await grown();
    await scene.run();
    if (name !== "reject") await scene.merge("squash");
    const before = await refs(scene, "remote");

    const told = await (await unasked(scene)).refit(name, args);

    expect(await refs(scene, "remote")).toEqual(before);
    expect(told.notices.at(-1)).toMatch(/^Nothing was pushed/);
    const published = await scene.refit(name, args);
    expect(await refs(scene, "remote")).not.toEqual(before);
    expect(published.notices.at(-1)).toMatch(/^Pushed to origin/);
  });

  it("rolls back with the same commit when it is published later", async () => {
    const scene = await grown();
    await scene.run();
    await scene.merge();
    await (await unasked(scene)).refit("rollback", ["churn"]);
    const tried = await scene.git("rev-parse", "refit-rollback--churn");
    scene.at("2026-06-05T00:00:00Z");

    await scene.refit("rollback", ["churn"]);

    expect(await remoteHead(scene, "refit-rollback--churn")).toBe(tried);
  });
});

describe("a head that refit did not make", () => {
  /** A person's change on a branch of refit's, pushed from another clone. */
  async function change(scene: Scene, branch: string, how: "commit" | "amend"): Promise<string> {
    const other = await elsewhere(scene);
    other.at("2026-06-04T00:00:00Z");
    await other.git("switch", "--quiet", branch);
    await other.write("NOTES.md", "mine\n");
    await other.git("add", "NOTES.md");
    if (how === "commit") await other.git("commit", "--quiet", "--message", "Notes");
    else await other.git("commit", "--quiet", "--amend", "--no-edit");
    await other.git("push", "--quiet", "--force", "origin", branch);
    return other.git("rev-parse", "HEAD");
  }

  it.each(["commit", "amend"] as const)("stays where a proposal is open (%s)", async (how) => {
    const scene = await grown();
    await scene.run();
    const theirs = await change(scene, "refit--churn", how);
    scene.at("2026-06-09T00:00:00Z");
    await scene.land(month(4));

    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "held-by-person" } });
    expect(await remoteHead(scene)).toBe(theirs);
  });

  it("stays where no proposal is open, and the run says so before any training", async () => {
    const scene = await grown();
    await scene.run();
    await scene.refit("reject", ["churn"]);
    await scene.git("switch", "--quiet", "--create", "refit--churn", "main");
    await scene.write("NOTES.md", "mine\n");
    await scene.git("add", "NOTES.md");
    await scene.git("commit", "--quiet", "--message", "Notes");
    const mine = await scene.git("rev-parse", "HEAD");
    await scene.git("push", "--quiet", "origin", "refit--churn");
    await scene.git("switch", "--quiet", "main");
    await scene.refit("reject", ["churn"]).catch(() => {});
    scene.at("2026-06-09T00:00:00Z");
    await scene.land(month(4));

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "skipped" });
    expect(await remoteHead(scene)).toBe(mine);
    expect(await scene.git("rev-parse", "refit--churn")).toBe(mine);
  });

  it("stays on the branch of a rollback", async () => {
    const scene = await grown();
    await scene.run();
    await scene.merge();
    await scene.refit("rollback", ["churn"]);
    const theirs = await change(scene, "refit-rollback--churn", "commit");

    await expect(scene.refit("rollback", ["churn"])).rejects.toMatchObject({ code: "branch-held" });
    expect(await remoteHead(scene, "refit-rollback--churn")).toBe(theirs);
  });

  it("stays on the branch of a rollback in this clone, pushed nowhere", async () => {
    const scene = await grown();
    await scene.run();
    await scene.merge();
    await scene.git("switch", "--quiet", "--create", "refit-rollback--churn");
    await scene.git("commit", "--quiet", "--allow-empty", "--message", "Mine");
    const mine = await scene.git("rev-parse", "HEAD");
    await scene.git("switch", "--quiet", "main");

    await expect(scene.refit("rollback", ["churn"])).rejects.toThrow("in this clone has a commit");
    expect(await scene.git("rev-parse", "refit-rollback--churn")).toBe(mine);
  });

  it("stays though it came while the model was trained, and was fetched by another program", async () => {
    const scene = await grown();
    await scene.run();
    scene.at("2026-06-09T00:00:00Z");
    await scene.land(month(4));
    let theirs = "";
    const racing = await openScene(scene.repository, {
      from: scene.now(),
      adapt: (ports) => ({
        ...ports,
        tables: {
          async open(request) {
            if (theirs === "") {
              theirs = await change(scene, "refit--churn", "commit");
              await scene.git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
            }
            return ports.tables.open(request);
          },
        },
      }),
    });

    const outcome = await racing.run();

    expect(theirs).not.toBe("");
    expect(await remoteHead(scene)).toBe(theirs);
    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "held-by-person" } });
  });

  it("is not deleted by a rejection", async () => {
    const scene = await grown();
    await scene.run();
    const theirs = await change(scene, "refit--churn", "commit");

    await scene.refit("reject", ["churn"]);

    expect(await remoteHead(scene)).toBe(theirs);
  });
});
