import { appendFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { diskFiles } from "../../src/adapters/disk/files.ts";
import { quietRuns } from "../../src/adapters/disk/quiet-runs.ts";
import { recallQuietRun } from "../../src/adapters/disk/quiet-runs.ts";
import { recall } from "../../src/commands/run.ts";
import type { Ports } from "../../src/ports/index.ts";
import { runModels } from "../../src/runs/run-models.ts";
import { openScene, proposedScene, championScene, month, type Scene, type SceneOptions } from "./support/scene.ts";

/** Files of a test are too young to be trusted, so the run pretends to begin a minute later. */
async function patient(scene: Scene): Promise<Ports> {
  const ports = await scene.ports();
  const out = { print: () => {}, progress: () => {}, notice: () => {} };
  const quiet = quietRuns(scene.root, { publishes: true, files: diskFiles, startedAt: Date.now() + 60_000 });
  return { ...ports, out, quiet };
}

const reachOf = ({ root, repository }: Scene, publishes = true) => ({
  git: gitProcess(root, repository.env),
  publishes,
});

async function runPatiently(scene: Scene): Promise<void> {
  await runModels(
    await patient(scene),
    ["churn"],
    { force: null, dryRun: false, handedOver: null, parallel: null },
    () => {},
  );
}

async function quietScene(options: SceneOptions = {}): Promise<Scene> {
  const scene = await championScene({ remote: false, ...options });
  await runPatiently(scene);
  return scene;
}

const lastQuiet =
  (scene: Scene, { below = "", publishes = true } = {}) =>
  (models: readonly string[]) =>
    recallQuietRun(path.join(scene.root, below), models, async () => reachOf(scene, publishes));
const answer = (scene: Scene) => recall(lastQuiet(scene), ["churn"], {});

describe("a quiet run", () => {
  it("is answered again while nothing changed, in the same words", async () => {
    const scene = await quietScene();
    const { stdout } = await scene.refit("run", ["churn"]);

    expect(await answer(scene)).toBe(stdout);
    expect(await recall(lastQuiet(scene, { below: "data" }), ["churn"], {})).toBe(stdout);
    expect(JSON.parse((await recall(lastQuiet(scene), ["churn"], { json: true }))!)).toMatchObject([
      { decision: "skipped" },
    ]);
  });

  it.each<[what: string, change: (scene: Scene) => Promise<unknown>]>([
    ["a row more", (scene) => appendFile(path.join(scene.root, Object.keys(month(2))[0]!), "x\n")],
    ["a new data file", (scene) => scene.write(...Object.entries(month(3))[0]!)],
    ["an edited spec", (scene) => appendFile(path.join(scene.root, "models/churn/model.yaml"), "\n")],
    ["an edited manifest", (scene) => appendFile(path.join(scene.root, "data-manifests/churn.yaml"), "\n")],
    ["a data file removed", (scene) => scene.repository.remove(Object.keys(month(1))[0]!)],
    ["a commit", (scene) => scene.land({ "README.md": "New\n" })],
    ["a revert", (scene) => scene.git("revert", "--no-edit", "-m", "1", "HEAD")],
    ["another branch", (scene) => scene.git("branch", "refit--churn-2")],
    ["a lost ledger", (scene) => scene.git("update-ref", "-d", "refs/heads/refit-ledger")],
    ["packed refs", (scene) => scene.git("pack-refs", "--all")],
    ["a lock on them", (scene) => scene.write(".git/packed-refs.lock", "")],
    ["a remote", (scene) => scene.git("remote", "add", "origin", scene.root)],
    ["files to ignore", (scene) => scene.write(".gitignore", "data/\n")],
    ["an alert", (scene) => scene.write(".git/refit/alerts/churn.md", "!\n")],
  ])("is not trusted after %s", async (_what, change) => {
    const scene = await quietScene();
    expect(await answer(scene)).not.toBeNull();

    await change(scene);

    expect(await answer(scene)).toBeNull();
  });

  it.each<[what: string, change: (other: Scene) => Promise<unknown>]>([
    ["a commit", (other) => other.land({ "README.md": "New\n" })],
    ["a proposal", (other) => other.git("push", "--quiet", "origin", "main:refit--churn")],
    ["a ledger that is gone", (other) => other.git("push", "--quiet", "origin", ":refit-ledger")],
  ])("asks the remote, and is not trusted after %s there", async (_what, change) => {
    const scene = await quietScene({ remote: true });
    const { stdout } = await scene.refit("run", ["churn"]);
    const other = await openScene(await scene.repository.clone());
    await other.git("push", "--quiet", "origin", "main:refs/heads/people/refit-main", "main:refs/heads/feature");
    const lastLook = path.join(scene.root, ".git/refit/cache/remote-answered");
    await rm(lastLook);
    expect(await answer(scene)).toBe(stdout);
    expect((await stat(lastLook)).size).toBe(0);

    await change(other);

    expect(await answer(scene)).toBeNull();
  });

  it("is not trusted where the remote does not answer, and not for a run that is to push", async () => {
    const scene = await quietScene({ remote: true });
    expect(await recall(lastQuiet(scene, { publishes: false }), ["churn"], {})).toBeNull();
    expect(await answer(scene)).not.toBeNull();

    await rename(scene.repository.remote!, `${scene.repository.remote!}.away`);

    expect(await answer(scene)).toBeNull();
    await rename(`${scene.repository.remote!}.away`, scene.repository.remote!);
  });

  it("answers for the same models and options only", async () => {
    const scene = await quietScene();

    expect(await recall(lastQuiet(scene), [], {})).toBeNull();
    expect(await recall(lastQuiet(scene), ["churn"], { force: "now" })).toBeNull();
    expect(await recall(lastQuiet(scene), ["churn"], { "dry-run": true })).toBeNull();
    expect(await recall(lastQuiet(scene), ["churn"], { base: "main" })).toBeNull();
  });

  it.each<[what: string, options: SceneOptions]>([
    ["the age of the data is checked", { manifest: { checks: { maxAgeDays: 10_000 } } }],
  ])("is not remembered where %s", async (_what, options) => {
    const scene = await quietScene(options);

    expect(await answer(scene)).toBeNull();
  });

  it("is not remembered when something was changed just before it", async () => {
    const scene = await championScene({ remote: false });
    await scene.run();

    expect(await answer(scene)).toBeNull();
  });

  it("is not remembered when it had something to say, or something to do", async () => {
    const scene = await proposedScene({ remote: false });
    await runPatiently(scene);
    expect(await answer(scene)).toBeNull();

    await scene.merge();
    await appendFile(path.join(scene.root, "models/churn/model.yaml"), "\n");
    await runPatiently(scene);
    expect(await answer(scene)).toBeNull();
  });
});
