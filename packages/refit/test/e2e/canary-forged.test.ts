import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { verifyModel } from "../../src/runs/verify/verify-model.ts";
import { branch, canaryFolder, canaryRuns, moved, rollout, startProposed } from "./support/canary.ts";
import type { Scene } from "./support/scene.ts";
import { commit, verify } from "./support/verify.ts";

const read = (scene: Scene, file: string, at = "HEAD") => scene.git("show", `${at}:${file}`);

/** Edits what is checked out. */
async function line(scene: Scene, from: string | RegExp, to: string): Promise<void> {
  await scene.write(rollout, `${(await read(scene, rollout)).replace(from, to)}\n`);
}

const champion = "models/churn/champion";

/** Makes a folder of what is checked out into another, as it is. */
async function copy(scene: Scene, from: string, to: string): Promise<void> {
  await scene.git("rm", "--quiet", "-r", "--ignore-unmatch", to);
  await scene.git("read-tree", `--prefix=${to}/`, `HEAD:${from}`);
  await scene.git("checkout", "--quiet", "--", to);
}

const gone = (scene: Scene, file: string) => scene.git("rm", "--quiet", "-r", file);

type Forgery = [why: string, tamper: (scene: Scene) => Promise<unknown>, problem: RegExp];

async function expectRefused(scene: Scene, tamper: Forgery[1], problem: RegExp): Promise<void> {
  await tamper(scene);
  await commit(scene);

  const { result, problems, exitCode } = await verify(scene);

  expect(problems.join("\n")).toMatch(problem);
  expect({ result, exitCode }).toEqual({ result: "failed", exitCode: 2 });
}

describe("a forged start of a canary", () => {
  it.each<Forgery>([
    [
      "at a later step",
      (scene) => line(scene, "percent: 5", "percent: 50"),
      /`percent`.*is 50\. Expected: 5, the first/,
    ],
    [
      "with fewer labels",
      (scene) => line(scene, "minLabels: 200", "minLabels: 2"),
      /`minLabels`.*is 2\. Expected: 200/,
    ],
    [
      "with other steps",
      (scene) => line(scene, "[5, 25, 50]", "[5, 50]"),
      /`steps`.*is \[5, 50\]\. Expected: \[5, 25, 50\]/,
    ],
    [
      "with a wider margin",
      (scene) => line(scene, "margin: 0.01", "margin: 0.9"),
      /`margin`.*is 0\.9\. Expected: 0\.01/,
    ],
    ["by another loss", (scene) => line(scene, "loss: brier", "loss: zeroOne"), /`loss`.*is zeroOne\. Expected: brier/],
    ["with a word more", (scene) => line(scene, "loss: brier", "loss: brier # yes"), /written in another way/],
    ["at a share that is no step", (scene) => line(scene, "percent: 5", "percent: 7"), /must be one of steps/],
    ["that cannot be read", (scene) => scene.write(rollout, "percent: [\n"), /rollout\.yaml/],
    ["without a rollout.yaml", (scene) => gone(scene, rollout), /canary\/ without rollout\.yaml/],
    ["without a folder", (scene) => gone(scene, canaryFolder), /rollout\.yaml without canary\//],
    [
      "whose rollout.yaml is a link",
      async (scene) => {
        await rm(path.join(scene.root, rollout));
        await scene.write("terms.yaml", await read(scene, rollout));
        await scene.git("config", "core.symlinks", "true");
        const { symlink } = await import("node:fs/promises");
        await symlink("../../terms.yaml", path.join(scene.root, rollout));
      },
      /must be a regular file/,
    ],
    ["with an edited file", (scene) => scene.write(`${canaryFolder}/README.md`, "better"), /README\.md/],
    ["with a file more", (scene) => scene.write(`${canaryFolder}/extra.txt`, "x"), /extra\.txt/],
    [
      "that is the champion",
      (scene) => copy(scene, champion, canaryFolder),
      /makes the champion a canary\. Expected: the revert of its promotion/,
    ],
    [
      "beside another champion",
      async (scene) => {
        await copy(scene, canaryFolder, champion);
        await scene.write(`${champion}/README.md`, "x");
      },
      /champion\/ and canary\/ in one commit/,
    ],
    [
      "that becomes the champion at once",
      async (scene) => {
        await copy(scene, canaryFolder, champion);
        await gone(scene, canaryFolder);
        await gone(scene, rollout);
      },
      /`canary` in model\.yaml of main says that a new version starts as a canary/,
    ],
  ])("%s is refused", async (_why, tamper, problem) => {
    const scene = await startProposed();
    await scene.git("switch", "--quiet", "refit--churn");

    await expectRefused(scene, tamper, problem);
  });

  it("from a fork is not loaded", async () => {
    const scene = await startProposed();
    await scene.git("switch", "--quiet", "refit--churn");
    const ports = await scene.ports();

    const { result, title } = await verifyModel(ports, await ports.git.locate(), "churn", {
      head: "HEAD",
      trusted: false,
    });

    expect({ result, title }).toEqual({ result: "failed", title: "From a fork: not loaded" });
  });

  it("of a model that asks for none is refused", async () => {
    const scene = await startProposed();
    const proposed = await scene.git("rev-parse", "refit--churn");
    const model = JSON.parse(await read(scene, "models/churn/model.yaml", "main")) as object;
    await scene.land({ "models/churn/model.yaml": { ...model, canary: undefined } });
    await scene.git("switch", "--quiet", "--detach", proposed);

    const { result, problems } = await verify(scene);

    expect(result).toBe("failed");
    expect(problems.join(" ")).toMatch(/model\.yaml of main has no `canary`/);
  });
});

describe("a forged move of a canary", () => {
  it.each<Forgery>([
    [
      "a step left out",
      (scene) => line(scene, "percent: 5", "percent: 50"),
      /leaves steps out\. Expected: `percent: 25`/,
    ],
    [
      "a step with other terms",
      (scene) => line(scene, /percent: 5\n(.*)\nminLabels: 200/, "percent: 25\n$1\nminLabels: 2"),
      /more of rollout\.yaml than the value of `percent`/,
    ],
    ["other terms alone", (scene) => line(scene, "maxDays: 28", "maxDays: 999"), /more of rollout\.yaml/],
    [
      "a promotion at the first step",
      async (scene) => {
        await copy(scene, canaryFolder, champion);
        await gone(scene, canaryFolder);
        await gone(scene, rollout);
      },
      /promotes the canary at 5 %/,
    ],
    ["a promotion that leaves the canary", (scene) => copy(scene, canaryFolder, champion), /a promotion removes both/],
    ["half a stop", (scene) => gone(scene, rollout), /canary\/ without rollout\.yaml/],
    ["an edited canary", (scene) => scene.write(`${canaryFolder}/README.md`, "better"), /README\.md/],
    [
      "a new champion beside it",
      async (scene) => {
        await copy(scene, canaryFolder, champion);
        await scene.write(`${champion}/README.md`, "x");
      },
      /changes champion\/ while a canary runs/,
    ],
  ])("%s is refused", async (_why, tamper, problem) => {
    const scene = await canaryRuns();
    await scene.git("switch", "--quiet", "--create", "theirs");

    await expectRefused(scene, tamper, problem);
  });

  it("a promotion with an edited file is refused", async () => {
    const scene = await canaryRuns();
    await moved(scene, "step");
    await moved(scene, "step");
    await scene.refit("canary", ["churn"], { promote: true });
    await scene.git("switch", "--quiet", branch);

    await expectRefused(scene, (each) => each.write(`${champion}/README.md`, "better"), /README\.md/);
  });

  it("a branch that is behind changes no canary", async () => {
    const scene = await startProposed();
    await scene.git("branch", "docs");
    await scene.merge("squash");
    await moved(scene, "step");
    await scene.git("switch", "--quiet", "docs");
    await scene.write("notes.md", "hello");
    await commit(scene);

    expect(await verify(scene)).toMatchObject({ result: "unchanged", exitCode: 0 });
  });

  it("a step from a fork needs nothing of it to be loaded", async () => {
    const scene = await canaryRuns();
    await scene.refit("canary", ["churn"], { step: true });
    const ports = await scene.ports();

    const { result } = await verifyModel(ports, await ports.git.locate(), "churn", { head: branch, trusted: false });

    expect(result).toBe("valid");
  });
});
