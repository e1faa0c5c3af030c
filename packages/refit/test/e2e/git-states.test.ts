import { readdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import type { Ports } from "../../src/ports/index.ts";
import { gitObstacles } from "../../src/adapters/git/obstacles.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { createPorts } from "../../src/wiring.ts";
import { run as runCommand } from "../../src/commands/run.ts";
import { churnCsv } from "./support/churn.ts";
import { refitProcess } from "./support/cli.ts";
import { championScene, churnScene, month, openScene, proposedScene, type Scene } from "./support/scene.ts";

/** What the command says where the environment has more, or less, than the test's own. */
async function runIn(scene: Scene, env: Readonly<Record<string, string | undefined>>) {
  const said: string[] = [];
  const ports = await createPorts({ cwd: scene.root, base: null, now: scene.now(), json: true, env });
  const out: Ports["out"] = {
    print: (line) => void said.push(line),
    progress: (stage) => void said.push(stage),
    notice: (sentence) => void said.push(sentence),
  };
  const ended = runCommand({ ...ports, out }, ["churn"], { json: true });
  return { said, error: await ended.then(() => null).catch((error: unknown) => error) };
}

async function diagnosed(scene: Scene): Promise<string> {
  return (await scene.refit("doctor", [], { json: true })).stdout;
}

describe("a repository of another kind", () => {
  it("with SHA-256 ids has its model, from init to the rollback", async () => {
    const repository = await createRepository({ objectFormat: "sha256", empty: true });
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);
    await scene.write("d.csv", churnCsv({ rows: 600, from: "2026-01-01", seed: 1 }));
    await scene.refit("init", [], { data: "d.csv", target: "left" });
    await scene.land();
    const outcomes = async (name: string, flags = {}) =>
      JSON.parse((await scene.refit(name, [], { ...flags, json: true })).stdout) as Outcome[];

    expect(await outcomes("run")).toMatchObject([{ decision: "proposed" }]);
    await scene.merge("merge", "refit--d");
    expect(await outcomes("promote")).toMatchObject([{ tag: "d@v1", result: "created" }]);
    expect(await outcomes("status")).toMatchObject([{ model: "d", version: "v1", state: "live" }]);
    expect(await outcomes("run")).toMatchObject([{ decision: "skipped" }]);
  });

  it.each<[what: string, command: string, args: string[], told: RegExp]>([
    ["makes its version again", "reproduce", ["churn"], /"same"/],
    ["verifies the proposal that follows", "verify", [], /"result": "valid"/],
    ["tells its history", "log", ["churn"], /"treeId": "[0-9a-f]{64}"/],
    ["shows its version", "show", ["churn"], /"treeId": "[0-9a-f]{64}"/],
    ["compares the version with itself", "diff", ["churn", "v1", "v1"], /"rocAuc"/],
    ["measures drift", "drift", ["churn"], /"columns"/],
  ])("with SHA-256 ids %s", async (_what, command, args, told) => {
    const scene = await championScene({ objectFormat: "sha256" });
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
    if (command === "verify") await scene.git("checkout", "--quiet", "refit--churn");

    const { stdout, exitCode } = await scene.refit(command, args, { json: true });

    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(told)]);
    expect(stdout).not.toMatch(/"[0-9a-f]{40}"/);
  });

  it("with SHA-256 ids goes back to its first version", async () => {
    const scene = await championScene({ objectFormat: "sha256" });
    const first = await scene.git("rev-parse", "main:models/churn/champion");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge("merge");

    await scene.refit("rollback", ["churn"]);

    expect(await scene.git("rev-parse", "refit-rollback--churn:models/churn/champion")).toBe(first);
  });

  it("with a sparse checkout has the same version as a whole one", async () => {
    const whole = await churnScene();
    await whole.run();
    const scene = await churnScene();
    await scene.git("status"); // a copy; git leaves files where it cannot tell that nobody changed them
    await scene.git("sparse-checkout", "set", "--cone", "models");
    expect(await readdir(scene.root)).not.toContain("data");

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    const version = "refit--churn:models/churn/champion";
    expect(await scene.git("rev-parse", version)).toBe(await whole.git("rev-parse", version));
    expect(await scene.git("status", "--porcelain")).toBe("");
  });

  it("is found by its folder, whatever git sets for its children", async () => {
    const scene = await churnScene({ remote: false });
    const elsewhere = { GIT_DIR: "/nowhere", GIT_WORK_TREE: "/nowhere", GIT_INDEX_FILE: "/nowhere/index" };
    const objects = { GIT_OBJECT_DIRECTORY: "/nowhere", GIT_QUARANTINE_PATH: "/nowhere", GIT_SHALLOW_FILE: "/nowhere" };
    const paths = { GIT_PREFIX: "x/", GIT_GLOB_PATHSPECS: "1", GIT_ICASE_PATHSPECS: "1", GIT_NAMESPACE: "x" };
    const habits = { GIT_EXTERNAL_DIFF: "false", GIT_CONFIG: "/nowhere", GIT_ATTR_SOURCE: "nowhere", GIT_TRACE: "1" };

    const { error } = await runIn(scene, { ...scene.repository.env, ...elsewhere, ...objects, ...paths, ...habits });

    expect(error).toBeNull();
    expect(await scene.git("branch", "--list", "refit--churn")).toContain("refit--churn");
  });
});

describe("what would stop a commit is told before the training", () => {
  it.each<[what: string, config: Readonly<Record<string, string>>, more: Readonly<Record<string, string>>]>([
    ["neither name nor address", {}, {}],
    ["a name alone", { "user.name": "Ann" }, {}],
    ["an address alone", { "user.email": "ann@example.org" }, {}],
    ["an empty name", { "user.name": "", "user.email": "ann@example.org" }, {}],
    ["a name of signs that git leaves out", { "user.name": "<,>", "user.email": "ann@example.org" }, {}],
    ["an author and nobody who commits", {}, { GIT_AUTHOR_NAME: "Ann", GIT_AUTHOR_EMAIL: "ann@example.org" }],
  ])("when git does not know who commits: %s", async (_what, config, more) => {
    const scene = await churnScene({ remote: false, config: { "user.useConfigOnly": "true", ...config } });
    const { PATH, HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM } = scene.repository.env;

    const { error, said } = await runIn(scene, { PATH, HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM, ...more });

    expect(error).toMatchObject({ code: "git-identity" });
    expect(said.join("\n")).not.toContain("Training");
  });

  it.each(["refit--churn", "refit-ledger"])("when a branch stands where %s should", async (branch) => {
    const scene = await churnScene({ remote: false });
    await scene.git("branch", `${branch}/old`);

    const { error, said } = await runIn(scene, scene.repository.env);

    expect(error).toMatchObject({ code: "branch-in-the-way" });
    expect(String(error)).toContain(`\`${branch}/old\``);
    expect(said.join("\n")).not.toContain("Training");
    expect(await diagnosed(scene)).toContain(`${branch}/old`);
  });

  it("when a killed git left a lock, with its age and what to do", async () => {
    const scene = await churnScene({ remote: false });
    const lock = path.join(scene.root, ".git/refs/heads/refit--churn.lock");
    await writeFile(lock, "");
    const then = Date.now() / 1000 - 3 * 3600 - 60;
    await utimes(lock, then, then);

    const { error, said } = await runIn(scene, scene.repository.env);

    expect(error).toMatchObject({ code: "git-locked", hint: expect.stringContaining(`rm "${lock}"`) as string });
    expect(String(error)).toContain(`${lock} is there. It was made 3 hours ago.`);
    expect(said.join("\n")).not.toContain("Training");
    expect(await diagnosed(scene)).toContain("refit--churn.lock");
  });

  it("and a lock that another process holds at the moment is none of it", async () => {
    const scene = await churnScene({ remote: false });
    const located = await (await scene.ports()).git.locate();
    await writeFile(path.join(scene.root, ".git/refs/heads/refit--churn.lock"), "");

    const found = gitObstacles(gitProcess(scene.root, scene.repository.env)).toCommit(located, ["refit--churn"]);

    expect(await found).toEqual([]);
  });
});

describe("a lock in the way of a write", () => {
  it.each(["refs/heads/refit-ledger.lock", "packed-refs.lock"])("%s is named when it stays", async (name) => {
    const scene = await proposedScene({ remote: false });
    const lock = path.join(scene.root, ".git", name);
    await writeFile(lock, "");

    // Deletes the branch of the proposal, and so writes both.
    await expect(scene.refit("reject", ["churn"])).rejects.toMatchObject({ code: "git-locked" });
  });

  it("is named as the remote's where it is there, and not taken for somebody who was faster", async () => {
    const scene = await proposedScene();
    const lock = path.join(scene.repository.remote!, "refs/heads/refit-ledger.lock");
    await writeFile(lock, "");

    await expect(scene.refit("reject", ["churn"])).rejects.toMatchObject({
      code: "git-locked",
      message: expect.stringMatching(/^The remote cannot write, because the lock file .*refit-ledger\.lock is there\./),
      hint: expect.stringContaining("on the machine that it is on"),
    });
  });

  it("is waited for", async () => {
    const scene = await proposedScene({ remote: false });
    const lock = path.join(scene.root, ".git/packed-refs.lock");
    await writeFile(lock, "");
    setTimeout(() => void rm(lock), 500);

    await scene.refit("reject", ["churn"]);

    expect(await scene.git("branch", "--list", "refit--churn")).toBe("");
  });
});

describe("a tag that somebody else made", () => {
  it("is left alone, and told with what to do", async () => {
    const scene = await championScene({ remote: false });
    await scene.git("tag", "churn@v1", "HEAD~1");
    const before = await scene.git("for-each-ref", "refs/tags");

    const { exitCode, notices } = await scene.refit("promote");

    expect(exitCode).toBe(0);
    expect(notices.join("\n")).toMatch(/`churn@v1` is on another commit .* `git tag -d churn@v1`/);
    expect(await scene.git("for-each-ref", "refs/tags")).toBe(before);
  });
});

describe("records that a wrong clock dated in the future", () => {
  it("hold back no retrain, and are told", async () => {
    const scene = await championScene({ remote: false });
    scene.at("2030-01-01T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.refit("reject", ["churn"]);
    scene.at("2026-06-10T00:00:00Z");
    await scene.land(month(4));

    const { stdout, notices } = await scene.refit("run", ["churn"], { json: true });

    expect(JSON.parse(stdout)).toMatchObject([{ decision: "proposed" }]);
    expect(notices.join("\n")).toMatch(/records dated in the future, up to 2030-01-01T/);
  });
});

describe("two runs in one clone", () => {
  it("both end well, with one proposal", async () => {
    const scene = await churnScene();

    const ended = await Promise.all([1, 2].map(() => refitProcess(scene.repository, ["run", "--push"])));

    expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr.match(/error:.*/g)])).toEqual([
      [0, null],
      [0, null],
    ]);
    const version = "models/churn/champion";
    const here = await scene.git("rev-parse", `refit--churn:${version}`);
    expect(await scene.git("rev-parse", `origin/refit--churn:${version}`)).toBe(here);
  });
});
