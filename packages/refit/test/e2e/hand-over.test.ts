import { appendFile, cp, mkdir, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import type { Ports } from "../../src/ports/index.ts";
import type { HandedOver } from "../../src/runs/train-models.ts";
import type { Flags } from "../../src/commands/command.ts";
import type { Outcome } from "../../src/products/outcome.ts";
import { candidatesDigest } from "./support/candidates-digest.ts";
import { proposedScene, championScene, churnScene, month, openScene, type Scene } from "./support/scene.ts";

/** Every ref with its commit, here and at the remote. */
const refsOf = async (scene: Scene) =>
  [await scene.git("for-each-ref"), await scene.git("ls-remote", "origin")].join("\n");

/** Trains in a clone of its own, as another job would. */
async function trainElsewhere(scene: Scene, flags: Flags = {}) {
  const other = await openScene(await scene.repository.clone(), { from: scene.now() });
  const folder = path.join(await temporaryFolder(), "candidates");
  const before = await refsOf(other);
  const { stdout, exitCode } = await other.refit("train", [], { json: true, out: folder, ...flags });
  expect(exitCode).toBe(0);
  expect(await refsOf(other)).toBe(before);
  expect(await other.git("status", "--porcelain")).toBe("");
  const handedOver = JSON.parse(stdout) as HandedOver;
  return { folder, handedOver, candidates: `${folder}@${handedOver.candidates}` };
}

/** A clone in which whoever trains fails the test. */
async function withoutTraining(scene: Scene): Promise<Scene> {
  const adapt = (real: Ports): Ports => ({
    ...real,
    learners: {
      ...real.learners,
      get: async (name) => ({ ...(await real.learners.get(name)), fit: () => expect.unreachable("it trains") }),
    },
  });
  return openScene(await scene.repository.clone(), { from: scene.now(), adapt });
}

describe("training in one job, proposing in another", () => {
  it.each<[what: string, spec: object]>([
    ["a first model and for a refresh", {}],
    ["what a search has found", { candidates: [{ learner: "auto", tries: 2 }] }],
  ])("makes the very commits that one job makes, for %s", { timeout: 120_000 }, async (_what, spec) => {
    const one = await churnScene({ spec });
    const two = await churnScene({ spec });
    const ledger = "refit-ledger:models/churn.jsonl";

    for (const [n, at] of ["2026-06-03T00:00:00Z", "2026-06-09T00:00:00Z"].entries()) {
      for (const scene of [one, two]) scene.at(at);
      const { handedOver, candidates } = await trainElsewhere(two);
      expect(handedOver.models).toMatchObject([{ model: "churn", result: "trained" }]);
      const second = await withoutTraining(two);
      const outcome = await second.run({ candidates });
      expect(outcome).toMatchObject({ decision: "proposed" });

      const plain = await openScene(await one.repository.clone(), { from: at });
      expect({ ...(await plain.run()), url: null }).toEqual({ ...outcome, url: null });
      expect(await second.git("rev-parse", "refit--churn")).toBe(await plain.git("rev-parse", "refit--churn"));
      expect(await second.git("show", ledger)).toBe(await plain.git("show", ledger));

      for (const scene of [one, two]) {
        await scene.git("fetch", "--quiet", "origin");
        await scene.merge("squash", "origin/refit--churn");
        await scene.land(month(3 + n));
      }
    }
  });

  it.each([0, 1])("takes the candidate that was chosen, also as number %i of the list", async (place) => {
    const candidates = [{ learner: "linear" }, { learner: "gbdt", trees: 1, leaves: 2, learningRate: 0.001 }];
    const scene = await churnScene({ spec: { candidates: place === 0 ? candidates : candidates.toReversed() } });

    const handed = await trainElsewhere(scene);
    const second = await withoutTraining(scene);
    await second.run({ candidates: handed.candidates });

    const lineage = await second.git("show", "refit--churn:models/churn/champion/lineage.json");
    expect(JSON.parse(lineage)).toMatchObject({ learner: { name: "linear" } });
  });

  it("hands over an empty folder when nothing is due, and the run says the same", async () => {
    const scene = await championScene();

    const { folder, handedOver, candidates } = await trainElsewhere(scene);

    expect(handedOver.models).toMatchObject([{ result: "skipped", heldBack: { kind: "unchanged" } }]);
    expect(await readdir(folder)).toEqual(["candidates.json"]);
    const outcome = await (await withoutTraining(scene)).run({ candidates });
    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "unchanged" } });
  });

  it("leaves the alert about refused data to the second job", async () => {
    const scene = await churnScene();
    await scene.land({ "data/churn/2026-03.csv": "customer,day\nc,2026-03-01\n" });

    const { handedOver, candidates } = await trainElsewhere(scene);
    expect(handedOver.models).toMatchObject([{ result: "blocked" }]);

    const second = await withoutTraining(scene);
    const told = await second.refit("run", [], { json: true, candidates });
    expect(told.exitCode).toBe(3);
    const [outcome] = JSON.parse(told.stdout) as Outcome[];
    expect(outcome).toMatchObject({ decision: "blocked", alert: expect.stringContaining("churn") });
  });

  it("passes on a person's reason", async () => {
    const scene = await proposedScene();
    await scene.refit("reject", ["churn"], { reason: "no" });

    const { handedOver, candidates } = await trainElsewhere(scene, { force: "again" });
    expect(handedOver.models).toMatchObject([{ result: "trained" }]);
    const outcome = await (await withoutTraining(scene)).run({ force: "again", candidates });
    expect(outcome).toMatchObject({ decision: "proposed", reasons: [{ kind: "forced" }] });
  });
});

describe("a candidate that is no longer the one that is due", () => {
  it("is left alone when the data moved on, and the next run trains", async () => {
    const scene = await churnScene();
    const { candidates } = await trainElsewhere(scene);
    await scene.land(month(3));

    const second = await withoutTraining(scene);
    const outcome = await second.run({ candidates });

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "handed-over", why: "other-inputs" } });
    expect(await second.git("branch", "--list", "refit--churn")).toBe("");
    expect((await second.refit("run", [], { candidates })).stdout).toContain("the data or the settings changed after");
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
  });

  it("is left alone when the champion moved on", async () => {
    const scene = await championScene();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    const { candidates } = await trainElsewhere(scene, { force: "now" });
    await scene.git("rm", "--quiet", "-r", "models/churn/champion");
    await scene.land({}, "Retire it");

    const outcome = await (await withoutTraining(scene)).run({ candidates, force: "now" });

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "handed-over", why: "other-champion" } });
  });

  it("is missed when a retrain became due between the jobs", async () => {
    const scene = await championScene();
    const { candidates } = await trainElsewhere(scene);
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));

    const outcome = await (await withoutTraining(scene)).run({ candidates });

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "handed-over", why: "none" } });
  });
});

describe("a folder that is not what was handed over", () => {
  const index = "candidates.json";

  it.each<[why: string, code: string, change: (folder: string) => Promise<unknown>]>([
    [
      "a byte more",
      "candidates-altered",
      async (folder) => appendFile(path.join(folder, "churn/challenger/model.json"), " "),
    ],
    ["a byte less", "candidates-altered", async (folder) => truncate(path.join(folder, index), 10)],
    ["a file more", "candidates-altered", async (folder) => writeFile(path.join(folder, "churn/more"), "x")],
    ["a file less", "candidates-altered", async (folder) => rm(path.join(folder, "churn/challenger/model.json"))],
    ["no folder", "candidates-altered", async (folder) => rm(folder, { recursive: true })],
    [
      "a hidden file",
      "candidates-invalid",
      async (folder) => writeFile(path.join(folder, "churn/.gitattributes"), "x"),
    ],
    ["a link", "candidates-invalid", async (folder) => symlink("/etc/passwd", path.join(folder, "churn/more"))],
    ["a linked folder", "candidates-invalid", async (folder) => symlink("/etc", path.join(folder, "more"))],
    ["a huge index", "candidates-invalid", async (folder) => truncate(path.join(folder, index), 2 ** 25)],
  ])("is refused with %s, before anything is read or written", { timeout: 60_000 }, async (_why, code, change) => {
    const scene = await churnScene();
    const { folder, candidates } = await trainElsewhere(scene);
    await change(folder);
    const second = await withoutTraining(scene);
    const before = await refsOf(second);

    await expect(second.run({ candidates })).rejects.toMatchObject({ code });
    expect(await refsOf(second)).toBe(before);
  });

  it("is refused when the digest is right and the content is not what a training job writes", async () => {
    const scene = await churnScene();
    const { folder, handedOver } = await trainElsewhere(scene);
    const forge = await forgedFolder(folder, (text) => text.replace(/"candidates": \[\s+\{/, '"candidates": [{},{'));

    await expect((await withoutTraining(scene)).run({ candidates: forge })).rejects.toMatchObject({
      code: "candidates-invalid",
    });
    expect(forge).not.toContain(handedOver.candidates);
  });

  it("is refused when it has another number of candidates than the spec, or a larger artifact than it allows", async () => {
    const scene = await churnScene({ spec: { maxModelMiB: 0.0001 } });
    const { folder, candidates } = await trainElsewhere(scene);
    const second = await withoutTraining(scene);
    await expect(second.run({ candidates })).rejects.toMatchObject({ code: "model-too-large" });

    const forge = await forgedFolder(folder, (text) => {
      const handOver = JSON.parse(text) as { models: { candidates: unknown[] }[] };
      handOver.models[0]!.candidates.push(handOver.models[0]!.candidates[0]);
      return JSON.stringify(handOver);
    });
    await expect(second.run({ candidates: forge })).rejects.toThrow("3 candidates, and the spec names 2");
  });

  it.each(["", "candidates@", "candidates@sha256:12", "@sha256:".padEnd(72, "0")])(
    "words like %j are no candidates",
    async (candidates) => {
      const scene = await churnScene();
      await expect(scene.run({ candidates })).rejects.toMatchObject({ code: "usage" });
    },
  );

  it("is not written into a folder that holds something, or that cannot be made, and that is told before the training", async () => {
    const scene = await withoutTraining(await churnScene());
    await expect(scene.refit("train", [], { out: "data" })).rejects.toThrow("is not empty");
    await expect(scene.refit("train", [], { out: ".gitattributes" })).rejects.toThrow(/gitattributes is not a folder/);
    await expect(scene.refit("train", [], {})).rejects.toThrow("needs --out");
  });
});

/** A copy of the folder with another index, and the digest that fits it: what a taken-over training job could make. */
async function forgedFolder(folder: string, change: (index: string) => string): Promise<string> {
  const forged = path.join(await temporaryFolder(), "forged");
  await mkdir(forged);
  await cp(folder, forged, { recursive: true });
  return `${forged}@${await candidatesDigest(forged, change)}`;
}
