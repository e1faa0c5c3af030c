import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { createPorts } from "../../src/wiring.ts";
import { run as runCommand } from "../../src/commands/run.ts";
import { churnSpec } from "./support/churn.ts";
import { stateOf } from "./support/refs.ts";
import { proposedScene, churnScene, month, openScene, type Scene } from "./support/scene.ts";

const execute = promisify(execFile);

/** The run ends in this error, and nothing has changed. */
async function expectRefused(scene: Scene, code: string, flags = {}): Promise<string> {
  const before = await stateOf(scene.repository);
  const error: unknown = await scene.run(flags).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(await stateOf(scene.repository)).toEqual(before);
  return (error as Error).message;
}

describe("where a run starts", () => {
  it("refuses a spec that is not on the base branch yet", async () => {
    const scene = await churnScene();
    await scene.git("switch", "--quiet", "--create", "other");
    await scene.git("rm", "--quiet", "models/churn/model.yaml");
    await scene.git("commit", "--quiet", "--message", "Remove");
    await scene.git("push", "--quiet", "origin", "other:main", "--force");
    await scene.git("branch", "--quiet", "--force", "main", "other");
    await scene.write("models/churn/model.yaml", JSON.stringify(churnSpec));

    expect(await expectRefused(scene, "spec-not-on-base")).toContain("models/churn/model.yaml is in the work tree");
  });

  it("reads the base branch, not the dirty work tree, and says so", async () => {
    const scene = await churnScene();
    await scene.write("models/churn/model.yaml", "nonsense: true\n");
    await scene.write("data/churn/2026-02.csv", "customer\n");
    await scene.write("data/churn/2026-03.csv", month(3)["data/churn/2026-03.csv"]!);
    const before = await stateOf(scene.repository);

    const { notices, stdout } = await scene.refit("run", ["churn"]);

    const after = await stateOf(scene.repository);
    expect(stdout).toContain("churn: proposed");
    expect(notices).toContain("models/churn/model.yaml differs from main; this run reads main.");
    expect(notices.join("\n")).toMatch(/2026-02\.csv.* differs from main/);
    expect(notices.join("\n")).toMatch(/2026-03\.csv.* neither committed nor git-ignored/);
    expect(after.workTree.split("\n").filter((line) => !line.startsWith("# "))).toEqual(
      before.workTree.split("\n").filter((line) => !line.startsWith("# ")),
    );
  });

  it("gives the same version from a dirty work tree as from a clean one", async () => {
    const clean = await churnScene();
    const dirty = await churnScene();
    await dirty.write("data/churn/2026-02.csv", "customer\n");

    await clean.run();
    await dirty.run();

    const tree = "refit--churn:models/churn/champion";
    expect(await dirty.git("rev-parse", tree)).toBe(await clean.git("rev-parse", tree));
  });

  it("refuses a shallow clone", async () => {
    const scene = await churnScene();
    const folder = await temporaryFolder();
    await execute("git", ["clone", "--quiet", "--depth", "1", `file://${scene.repository.remote!}`, folder]);
    const ports = await createPorts({ cwd: folder, base: null, now: null, json: true, env: scene.repository.env });

    const end = runCommand(ports, ["churn"], {});

    await expect(end).rejects.toMatchObject({ code: "shallow-clone" });
  });

  it("works with a detached HEAD", async () => {
    const scene = await churnScene();
    await scene.git("switch", "--quiet", "--detach");

    expect(await scene.run()).toMatchObject({ decision: "proposed" });
    expect(await scene.git("rev-parse", "--abbrev-ref", "HEAD")).toBe("HEAD");
  });

  it("works from another branch, against main", async () => {
    const scene = await churnScene();
    await scene.git("switch", "--quiet", "--create", "work");
    await scene.git("commit", "--quiet", "--allow-empty", "--message", "Elsewhere");

    await scene.run();

    expect(await scene.git("rev-parse", "refit--churn~1")).toBe(await scene.git("rev-parse", "main"));
  });

  it("refuses when no base branch can be told", async () => {
    const scene = await churnScene({ remote: false });
    await scene.git("branch", "--quiet", "--move", "main", "trunk");
    await scene.git("switch", "--quiet", "--detach");

    await expectRefused(scene, "base-not-found");
  });

  it("refuses when the base branch has diverged from the remote", async () => {
    const scene = await churnScene();
    const other = await scene.repository.clone();
    await other.commit("There");
    await other.git("push", "--quiet", "origin", "main");
    await scene.git("commit", "--quiet", "--allow-empty", "--message", "Here");
    await scene.git("fetch", "--quiet");

    await expectRefused(scene, "base-diverged");
  });

  it("refuses without a git identity, before anything is written", async () => {
    const scene = await churnScene({ config: { "user.useConfigOnly": "true" } });
    const unknown = Object.entries(scene.repository.env).filter(([name]) => !/^GIT_(AUTHOR|COMMITTER)_/.test(name));
    const nobody = await openScene({ ...scene.repository, env: Object.fromEntries(unknown) });

    await expectRefused(nobody, "git-identity");
  });

  it("takes the remote's newer base branch", async () => {
    const scene = await churnScene();
    const other = await openScene(await scene.repository.clone());
    await other.land({}, "Newer");

    const { notices } = await scene.refit("run", ["churn"]);

    expect(notices.join("\n")).toContain("1 commit behind origin/main; origin/main is used");
    expect(await scene.git("rev-parse", "refit--churn~1")).toBe(await scene.git("rev-parse", "origin/main"));
  });

  it("does not move a proposal branch that is checked out, and goes on when it is not", async () => {
    const scene = await proposedScene();
    await scene.land(month(3));
    scene.at("2026-06-05T00:00:00Z");
    await scene.git("switch", "--quiet", "refit--churn");
    const before = await scene.git("rev-parse", "HEAD");

    await expect(scene.run()).rejects.toMatchObject({ code: "branch-checked-out" });

    expect(await scene.git("rev-parse", "HEAD")).toBe(before);
    await scene.git("switch", "--quiet", "main");
    expect(await scene.run()).toMatchObject({ decision: "updated" });
  });
});
