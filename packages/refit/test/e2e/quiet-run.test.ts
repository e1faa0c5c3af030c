import { appendFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { diskFiles } from "../../src/adapters/disk/files.ts";
import { quietRuns } from "../../src/adapters/disk/quiet-runs.ts";
import { recallQuietRun } from "../../src/adapters/disk/quiet-runs.ts";
import { recall } from "../../src/commands/run.ts";
import type { Ports } from "../../src/ports/index.ts";
import { runModels } from "../../src/runs/run-models.ts";
import { proposedScene, championScene, month, type Scene, type SceneOptions } from "./support/scene.ts";

/** Files of a test are too young to be trusted, so the run pretends to begin a minute later. */
async function patient(scene: Scene): Promise<Ports> {
  const ports = await scene.ports();
  const out = { print: () => {}, progress: () => {}, notice: () => {} };
  return { ...ports, out, quiet: quietRuns(scene.root, diskFiles, Date.now() + 60_000) };
}

async function runPatiently(scene: Scene): Promise<void> {
  await runModels(await patient(scene), ["churn"], { force: null, dryRun: false, handedOver: null }, () => {});
}

async function quietScene(options: SceneOptions = {}): Promise<Scene> {
  const scene = await championScene({ remote: false, ...options });
  await runPatiently(scene);
  return scene;
}

const lastQuietIn = (folder: string) => (models: readonly string[]) => recallQuietRun(folder, models);
const answer = (scene: Scene) => recall(lastQuietIn(scene.root), ["churn"], {});

describe("a quiet run", () => {
  it("is answered again while nothing changed, in the same words", async () => {
    const scene = await quietScene();
    const { stdout } = await scene.refit("run", ["churn"]);

    expect(answer(scene)).toBe(stdout);
    expect(recall(lastQuietIn(path.join(scene.root, "data")), ["churn"], {})).toBe(stdout);
    expect(JSON.parse(recall(lastQuietIn(scene.root), ["churn"], { json: true })!)).toMatchObject([
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
    expect(answer(scene)).not.toBeNull();

    await change(scene);

    expect(answer(scene)).toBeNull();
  });

  it("answers for the same models and options only", async () => {
    const scene = await quietScene();

    expect(recall(lastQuietIn(scene.root), [], {})).toBeNull();
    expect(recall(lastQuietIn(scene.root), ["churn"], { force: "now" })).toBeNull();
    expect(recall(lastQuietIn(scene.root), ["churn"], { "dry-run": true })).toBeNull();
    expect(recall(lastQuietIn(scene.root), ["churn"], { base: "main" })).toBeNull();
  });

  it.each<[what: string, options: SceneOptions]>([
    ["a remote must be asked", { remote: true }],
    ["the age of the data is checked", { manifest: { checks: { maxAgeDays: 10_000 } } }],
  ])("is not remembered where %s", async (_what, options) => {
    const scene = await quietScene(options);

    expect(answer(scene)).toBeNull();
  });

  it("is not remembered when something was changed just before it", async () => {
    const scene = await championScene({ remote: false });
    await scene.run();

    expect(answer(scene)).toBeNull();
  });

  it("is not remembered when it had something to say, or something to do", async () => {
    const scene = await proposedScene({ remote: false });
    await runPatiently(scene);
    expect(answer(scene)).toBeNull();

    await scene.merge();
    await appendFile(path.join(scene.root, "models/churn/model.yaml"), "\n");
    await runPatiently(scene);
    expect(answer(scene)).toBeNull();
  });
});
