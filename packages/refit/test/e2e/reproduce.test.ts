import { rm } from "node:fs/promises";
import path from "node:path";
import { LearnerMissingError } from "@refit/core/errors";
import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { reproduce as reproduceVersion } from "../../src/runs/reproduce/reproduce.ts";
import type { Reproduction } from "../../src/runs/reproduce/reproduction.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import {
  churnScene,
  championScene,
  churnSceneIn,
  month,
  openScene,
  proposedScene,
  type Scene,
} from "./support/scene.ts";
import { commit, edit, folder, verify } from "./support/verify.ts";

async function reproduce(scene: Scene, version = "churn"): Promise<Reproduction & { exitCode: number }> {
  const { stdout, exitCode } = await scene.refit("reproduce", [version], { json: true });
  return { ...(JSON.parse(stdout) as Reproduction), exitCode };
}

const treeOf = (scene: Scene, revision = "HEAD") => scene.git("rev-parse", `${revision}:${folder}`);

/** v2 is live, made on newer data and compared with v1. */
async function twoVersions(scene: Scene, how: "merge" | "squash" | "rebase" = "squash"): Promise<void> {
  scene.at("2026-06-05T00:00:00Z");
  await scene.land(month(3));
  await scene.run();
  await scene.merge(how);
}

describe("reproduce", () => {
  it("makes the live version again, the one before it, and one by its tree id", async () => {
    const scene = await championScene({}, "squash");
    const first = await treeOf(scene);
    await twoVersions(scene);

    const live = await reproduce(scene);
    const before = await reproduce(scene, "churn@v1");
    const named = [await reproduce(scene, first), await reproduce(scene, `churn@${first.slice(0, 12)}`)];

    expect(live).toMatchObject({ version: 2, result: "same", because: [], differences: [], exitCode: 0 });
    expect(before).toMatchObject({ version: 1, treeId: first, result: "same", exitCode: 0 });
    expect(named).toEqual([before, before]);
    expect(live.madeFrom).not.toBe(before.madeFrom);
  });

  it("makes a version again that has no probe rows, as older ones have none", async () => {
    const scene = await proposedScene();
    await scene.git("switch", "--quiet", "refit--churn");
    await rm(path.join(scene.root, folder, "probes.json"));
    await edit(scene, "lineage.json", (old: { files: Record<string, unknown> }) => {
      const { "probes.json": probes, ...files } = old.files;
      expect(probes).toBeDefined();
      return { ...old, files };
    });
    await scene.git("add", "--all");
    await scene.git("commit", "--quiet", "--amend", "--no-edit");

    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [], exitCode: 0 });
    await scene.git("switch", "--quiet", "main");
    await scene.git("merge", "--quiet", "--no-edit", "refit--churn");
    expect(await reproduce(scene)).toMatchObject({ result: "same", version: 1, exitCode: 0 });
  });

  it.each(["merge", "squash", "rebase"] as const)("finds what it was made from after newer data: %s", async (how) => {
    const scene = await churnScene();
    await scene.run();
    const madeFrom = await scene.git("rev-parse", "main");
    await scene.land(month(3));
    await scene.land({ [monthOne]: `${month(1)[monthOne]!}c-new,2026-01-28,pro,1.0,0,false\n` });
    await scene.merge(how);
    await scene.land({
      "data-manifests/churn.yaml": { ...churnManifest, sources: [{ path: "data/churn/2026-03.csv" }] },
    });
    await scene.land({ "models/churn/model.yaml": { ...churnSpec, seed: 8 } });
    await rm(path.join(scene.root, monthOne));
    await scene.land(month(4));

    expect(await reproduce(scene)).toMatchObject({ result: "same", madeFrom });
  });

  it("reads nothing of the work tree, of a cache or of the ledger", async () => {
    const scene = await championScene({}, "squash");
    await scene.write(monthOne, "not,the,data\n1,2,3\n");
    await rm(path.join(scene.root, "data/churn/2026-02.csv"));
    await scene.write("models/churn/model.yaml", "task: [");
    await rm(path.join(scene.root, ".git/refit"), { recursive: true });
    await scene.git("update-ref", "-d", "refs/heads/refit-ledger");

    expect(await reproduce(scene)).toMatchObject({ result: "same" });
  });

  it("on another machine, from a clone", async () => {
    const scene = await championScene({}, "squash");
    await twoVersions(scene);
    const clone = await openScene(await scene.repository.clone());

    expect(await reproduce(clone)).toMatchObject({ result: "same", version: 2 });
    expect(await reproduce(clone, "churn@v1")).toMatchObject({ result: "same", version: 1 });
  });

  it("where ids of git are of sha256", { timeout: 60_000 }, async () => {
    const repository = await createRepository({ objectFormat: "sha256" });
    onTestFinished(() => repository.dispose());
    const scene = await churnSceneIn(repository);
    await scene.run();
    await scene.merge("squash");

    const live = await reproduce(scene);

    expect(live).toMatchObject({ result: "same" });
    expect(await reproduce(scene, live.treeId)).toEqual(live);
  });

  it("makes a version again that was rolled back, and the one that came back", async () => {
    const scene = await championScene({}, "squash");
    await twoVersions(scene);
    await scene.git("revert", "--no-edit", "HEAD");
    scene.at("2026-06-20T00:00:00Z");
    await scene.land(month(4));
    await scene.run({ force: "after the rollback" });
    await scene.merge("squash");

    expect(await reproduce(scene, "churn@v1")).toMatchObject({ result: "same" });
    expect(await reproduce(scene, "churn@v2")).toMatchObject({ result: "same" });
    expect(await reproduce(scene)).toMatchObject({ result: "same", version: 3 });
  });

  it("counts no check of the data and no gate: of then, and of now", async () => {
    const scene = await championScene({}, "squash");
    scene.at("2029-01-01T00:00:00Z");
    await scene.land({
      "data-manifests/churn.yaml": { ...churnManifest, checks: { minRows: 1_000_000, maxAgeDays: 1 } },
      "models/churn/model.yaml": { ...churnSpec, gates: [{ metric: "rocAuc", min: 0.9999 }] },
    });

    expect(await reproduce(scene)).toMatchObject({ result: "same" });
  });

  it("writes no branch, no ledger and nothing into the work tree", async () => {
    const scene = await championScene({}, "squash");
    const before = await scene.git("for-each-ref");

    await reproduce(scene);

    expect(await scene.git("for-each-ref")).toBe(before);
    expect(await scene.git("status", "--porcelain")).toBe("");
  });
});

describe("reproduce tells what differs and why", () => {
  it("of a folder that was edited", async () => {
    const scene = await championScene({}, "squash");
    await edit(
      scene,
      "metrics.json",
      (old: { holdout: object }) => ({ holdout: { ...old.holdout, rocAuc: 0.99 } }),
      false,
    );
    await commit(scene);

    const edited = await reproduce(scene, "churn@v2");

    expect(edited).toMatchObject({ result: "differs", version: 2, exitCode: 2, because: [{ kind: "edited" }] });
    expect(edited.because[0]!.message).toContain("metrics.json");
    expect(edited.differences.map(({ path: file }) => file)).toEqual(["metrics.json"]);
    expect(await reproduce(scene)).toMatchObject({ result: "same", version: 1 });
  });

  it("of one that was edited together with its lineage.json", async () => {
    const scene = await championScene({}, "squash");
    await edit(scene, "metrics.json", (old: { holdout: object }) => ({ holdout: { ...old.holdout, rocAuc: 0.99 } }));
    await edit(scene, "lineage.json", (old: object) => ({ ...old, parent: null }));
    await commit(scene);

    const { stdout, exitCode } = await scene.refit("reproduce", ["churn@v2"]);

    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^churn v2: differs\. Made again from [0-9a-f]{10}: 2 of \d+ files differ\.$/m);
    expect(stdout).toContain(
      "Either the folder was edited together with its lineage.json, or another version of refit",
    );
    expect(stdout).toMatch(/metrics\.json differs: holdout\.rocAuc is 0\.99, made again it is 0\.9\d+/);
  });

  it("of one whose lineage.json cannot be read", async () => {
    const scene = await championScene({}, "squash");
    await scene.write(`${folder}/lineage.json`, "{");
    await commit(scene);

    expect(await reproduce(scene, "churn@v2")).toMatchObject({
      result: "impossible",
      madeFrom: null,
      because: [{ kind: "lineage", message: expect.stringContaining("lineage.json is not JSON") as string }],
    });
  });

  it.each<[what: string, change: (old: never) => unknown, kind: string, words: RegExp]>([
    [
      "settings that no commit has",
      (old: { digests: object }) => ({ ...old, digests: { ...old.digests, spec: "0".repeat(64) } }),
      "inputs-unknown",
      /model\.yaml has other settings/,
    ],
    [
      "a manifest that no commit has",
      (old: { digests: object }) => ({ ...old, digests: { ...old.digests, manifest: "0".repeat(64) } }),
      "inputs-unknown",
      /churn\.yaml has another schema or prepare/,
    ],
    [
      "data that git never tracked",
      (old: { data: { files: object[] } }) => ({ ...old, data: { ...old.data, files: old.data.files.slice(1) } }),
      "inputs-unknown",
      /git tracks other data files/,
    ],
    [
      "a parent that never was",
      (old: object) => ({ ...old, parent: "1".repeat(40) }),
      "lineage",
      /compared with 1{40}/,
    ],
    [
      "another algorithm of its learner",
      (old: { learner: object }) => ({ ...old, learner: { ...old.learner, algorithmVersion: 99 } }),
      "algorithm",
      /algorithm version 99 of the learner \w+, which has algorithm version \d+ here/,
    ],
    [
      "another algorithm of a candidate",
      (old: { digests: object }) => ({ ...old, digests: { ...old.digests, settings: "0".repeat(64) } }),
      "algorithm",
      /One of its candidates' learners/,
    ],
    [
      "another digest of a data file",
      (old: { data: { files: object[] } }) => ({
        ...old,
        data: { ...old.data, files: old.data.files.map((file) => ({ ...file, sha256: "0".repeat(64) })) },
      }),
      "data-changed",
      /"data\/churn\/2026-01\.csv" has other bytes than the version was made from: sha256 [0-9a-f]{64}, not 0{64}/,
    ],
  ])("of %s", async (_what, change, kind, words) => {
    const scene = await championScene({}, "squash");
    await edit(scene, "lineage.json", change);
    await commit(scene);

    const { result, because, exitCode } = await reproduce(scene, "churn@v2");

    expect({ result, exitCode }).toEqual({ result: "impossible", exitCode: 2 });
    expect(because[0]!.kind).toBe(kind);
    expect(because[0]!.message).toMatch(words);
  });

  it("of a learner that is missing by now", async () => {
    const scene = await championScene({}, "squash");
    const ports = await scene.ports();
    const get = () => Promise.reject(new LearnerMissingError("linear", ["gbdt"]));
    const without = { ...ports, learners: { ...ports.learners, get } };

    const { result, because } = await reproduceVersion(without, await ports.git.locate(), "churn", undefined);

    expect(result).toBe("impossible");
    expect(because).toMatchObject([{ kind: "failed", message: expect.stringContaining("learner-missing") as string }]);
  });

  it.each([
    ["a version that is not there", "churn@v7"],
    ["a tree that is not there", `churn@${"a".repeat(40)}`],
    ["a word that is none", "churn@latest"],
    ["an open proposal", "churn@refit--churn"],
  ])("of %s: it is unknown", async (_what, word) => {
    const scene = await championScene({}, "squash");

    await expect(scene.refit("reproduce", [word])).rejects.toMatchObject({ code: "version-unknown" });
  });
});

const monthOne = "data/churn/2026-01.csv";

describe("reproduce of data that git does not track", () => {
  it("is possible while the files are here with the same bytes, whatever came beside them", async () => {
    const scene = await untracked();
    await scene.write("data/private/later.csv", month(3)["data/churn/2026-03.csv"]!);

    expect(await reproduce(scene)).toMatchObject({ result: "same" });
  });

  it("is possible where git tracks them by now", async () => {
    const scene = await untracked();
    await scene.land({ ".gitignore": "" });

    expect(await reproduce(scene)).toMatchObject({ result: "same" });
  });

  it("names each file that is gone, with its digest, before anything is trained", async () => {
    const scene = await untracked();
    await rm(path.join(scene.root, "data/private"), { recursive: true });

    const { result, because, exitCode } = await reproduce(scene);

    expect({ result, exitCode }).toEqual({ result: "impossible", exitCode: 2 });
    expect(because).toMatchObject([
      { kind: "data-missing", path: "data/private/a.csv", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      { kind: "data-missing", path: "data/private/b.csv" },
    ]);
    expect(because[0]!.message).toContain(because[0]!.sha256);
  });

  it("names a file that has other bytes, also when nothing but the order of two rows changed", async () => {
    const scene = await untracked();
    const [header, first, second, ...rest] = month(1)[monthOne]!.split("\n");
    await scene.write("data/private/a.csv", [header, second, first, ...rest].join("\n"));

    expect(await reproduce(scene)).toMatchObject({
      result: "impossible",
      because: [{ kind: "data-changed", path: "data/private/a.csv" }],
    });
  });

  async function untracked(): Promise<Scene> {
    const scene = await churnScene();
    await scene.land({
      ".gitignore": "data/private/\n",
      "data-manifests/churn.yaml": { ...churnManifest, sources: [{ path: "data/private/*.csv" }] },
    });
    await scene.write("data/private/a.csv", month(1)[monthOne]!);
    await scene.write("data/private/b.csv", month(2)["data/churn/2026-02.csv"]!);
    await scene.run();
    await scene.merge("squash");
    return scene;
  }
});
