import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Verification } from "../../src/runs/verify/verification.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { proposedScene, championScene, churnScene, month, type Scene, type SceneOptions } from "./support/scene.ts";

const folder = "models/churn/champion";

async function verify(scene: Scene): Promise<Verification & { exitCode: number }> {
  const { stdout, exitCode } = await scene.refit("verify", ["churn"], { json: true });
  return { ...(JSON.parse(stdout) as [Verification])[0], exitCode };
}

/** On the proposal's branch, as a pull request's check is. */
async function onProposal(options?: SceneOptions): Promise<Scene> {
  const scene = await proposedScene(options);
  await scene.git("switch", "--quiet", "refit--churn");
  return scene;
}

async function commit(scene: Scene): Promise<void> {
  await scene.git("add", "--all");
  await scene.git("commit", "--quiet", "--message", "Edit");
}

/** Changes a JSON file of the version. @param forge also makes lineage.json agree, as someone would who means it. */
async function edit(scene: Scene, name: string, change: (old: never) => unknown, forge = true): Promise<void> {
  const file = path.join(scene.root, folder, name);
  const text = `${JSON.stringify(change(JSON.parse(await readFile(file, "utf8")) as never), null, 2)}\n`;
  await scene.write(`${folder}/${name}`, text);
  if (forge && name !== "lineage.json") {
    const digest = { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
    await edit(scene, "lineage.json", (old: { files: object }) => ({
      ...old,
      files: { ...old.files, [name]: digest },
    }));
  }
}

type Metrics = { holdout: Record<string, number> };
type Slices = Metrics & { slices: Record<string, Record<string, number>> };

const better = (slices: Slices["slices"]) =>
  Object.fromEntries(Object.entries(slices).map(([name, values]) => [name, { ...values, rocAuc: 0.999 }]));

describe("verify", () => {
  it("agrees with a proposal as refit made it", async () => {
    const scene = await onProposal();

    expect(await verify(scene)).toMatchObject({ result: "valid", verdict: "promote", problems: [], exitCode: 0 });
  });

  it("says a name out of a stranger's file so that it steers no terminal", async () => {
    const scene = await onProposal();
    const name = "x\u001B[2J\n::error::y\u202E";
    await edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, [name]: 1 } }));
    await commit(scene);

    const { stdout } = await scene.refit("verify", ["churn"]);

    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^churn: failed/),
      "  - metrics.json says x[2J ::error::y is 1; recomputed it is not defined.",
    ]);
  });

  it("has nothing to say where the version is the live one", async () => {
    const scene = await championScene({}, "squash");

    expect(await verify(scene)).toMatchObject({ result: "unchanged", exitCode: 0 });
  });

  it.each<[why: string, tamper: (scene: Scene) => Promise<void>, problem: RegExp]>([
    [
      "an edited metric",
      (scene) => edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, rocAuc: 0.99 } })),
      /rocAuc is 0\.99; recomputed it is 0\.9/,
    ],
    [
      "a missing metric",
      (scene) => edit(scene, "metrics.json", ({ holdout }: Metrics) => ({ holdout: { logLoss: holdout["logLoss"] } })),
      /rocAuc is absent; recomputed/,
    ],
    [
      "a metric of its own invention",
      (scene) => edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, r2: 1 } })),
      /r2 is 1; recomputed it is not defined/,
    ],
    [
      "numbers that are none",
      (scene) => edit(scene, "metrics.json", () => ({ holdout: { rocAuc: "0.9" } })),
      /rocAuc is "0\.9"; recomputed/,
    ],
    ["metrics of another form", (scene) => edit(scene, "metrics.json", () => [1]), /rocAuc is absent; recomputed/],
    [
      "an edited metric of a slice",
      (scene) => edit(scene, "metrics.json", (old: Slices) => ({ ...old, slices: better(old.slices) })),
      /slices plan=basic rocAuc is 0\.999; recomputed it is 0\./,
    ],
    [
      "metrics that are no numbers",
      (scene) => edit(scene, "metrics.json", () => ({ holdout: "excellent" })),
      /it is "excellent"; recomputed it is not defined[^]*rocAuc is absent/,
    ],
    [
      "a model.yaml that cannot be read",
      (scene) => scene.write("models/churn/model.yaml", "task: [binary"),
      /model\.yaml/,
    ],
    [
      "a file that lineage.json does not agree with",
      (scene) =>
        edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, rocAuc: 1 } }), false),
      /metrics\.json/,
    ],
    ["a file too many", (scene) => scene.write(`${folder}/extra.txt`, "hello"), /extra\.txt/],
    ["a file too few", (scene) => rm(path.join(scene.root, folder, "profile.json")), /profile\.json/],
    [
      "another holdout than the one it names",
      (scene) =>
        edit(scene, "lineage.json", (old: { holdout: object }) => ({
          ...old,
          holdout: { ...old.holdout, digest: "0".repeat(64) },
        })),
      /holdout/,
    ],
    [
      "another parent than the champion",
      (scene) => edit(scene, "lineage.json", (old: object) => ({ ...old, parent: "1".repeat(40) })),
      /was compared with 1{40}/,
    ],
  ])("refuses %s", async (_why, tamper, problem) => {
    const scene = await onProposal();
    await tamper(scene);
    await commit(scene);

    const { result, problems, exitCode } = await verify(scene);

    expect(result).toBe("failed");
    expect(problems.join("\n")).toMatch(problem);
    expect(exitCode).toBe(2);
  });

  it("refuses a live model's folder gone, and has nothing to say where there was none", async () => {
    const scene = await onProposal();
    await rm(path.join(scene.root, folder), { recursive: true });
    await commit(scene);
    expect(await verify(scene)).toMatchObject({ result: "unchanged", exitCode: 0 });

    await scene.git("switch", "--quiet", "main");
    await scene.run();
    await scene.merge("squash", "refit--churn~1");
    await scene.git("switch", "--quiet", "--create", "retire");
    await rm(path.join(scene.root, folder), { recursive: true });
    await commit(scene);
    const { result, problems, exitCode } = await verify(scene);

    expect({ result, exitCode }).toEqual({ result: "failed", exitCode: 2 });
    expect(problems.join("\n")).toMatch(/retires the model/);
  });

  it("refuses what was judged against a champion that is no longer live", async () => {
    const scene = await championScene({}, "squash");
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.git("branch", "--quiet", "old", "refit--churn");
    await scene.land(month(4));
    scene.at("2026-06-05T00:00:00Z");
    await scene.run();
    await scene.merge("squash");
    await scene.git("switch", "--quiet", "old");

    expect(await verify(scene)).toMatchObject({ result: "failed", problems: [expect.stringContaining("is live now")] });
  });

  it("judges a proposal by the base branch's gates, not by its own", async () => {
    const scene = await proposedScene();
    const gates = (min: number) => ({ ...churnSpec, gates: [{ metric: "rocAuc", min }] });
    await scene.land({ "models/churn/model.yaml": gates(0.9999) }, "A higher bar");
    await scene.git("switch", "--quiet", "refit--churn");
    await scene.write("models/churn/model.yaml", JSON.stringify(gates(0.1)));
    await commit(scene);

    const { result, verdict, problems } = await verify(scene);

    expect({ result, verdict }).toEqual({ result: "failed", verdict: "hold" });
    expect(problems).toEqual([expect.stringContaining("at least 0.9999 is required")]);
  });

  it("is green for a rollback, by command or by git revert", async () => {
    const scene = await championScene({}, "squash");
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge("squash");
    await scene.refit("rollback", ["churn"]);
    await scene.git("branch", "--quiet", "undo");
    await scene.git("switch", "--quiet", "undo");
    await scene.git("revert", "--no-edit", "HEAD");

    const byRevert = await verify(scene);
    await scene.git("switch", "--quiet", "refit-rollback--churn");
    const byCommand = await verify(scene);

    expect(byRevert).toMatchObject({ result: "rollback", exitCode: 0 });
    expect(byCommand).toMatchObject({ result: "rollback", exitCode: 0 });
  });

  it("fetches the rows by digest from git when the base branch has other data by now", async () => {
    const scene = await proposedScene();
    const name = "data/churn/2026-02.csv";
    await scene.land({ [name]: `${month(2)[name]!}c-new,2026-02-28,pro,1.0,0,false\n` });
    await rm(path.join(scene.root, "data/churn/2026-01.csv"));
    await scene.land(month(3));
    await scene.git("switch", "--quiet", "refit--churn");

    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });

    await edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, rocAuc: 0.99 } }));
    await commit(scene);
    expect(await verify(scene)).toMatchObject({ result: "failed", exitCode: 2 });
  });

  it("does not take another object of git for the data that lineage.json names", async () => {
    const scene = await onProposal();
    const blob = await scene.git("rev-parse", "main:models/churn/model.yaml");
    type Data = { data: { files: { sha256: string; blob: string }[] } };
    for (const forged of [blob, "main", "../../../etc/passwd"]) {
      await edit(scene, "lineage.json", (old: Data) => {
        const files = old.data.files.map((file) => ({ ...file, sha256: "0".repeat(64), blob: forged }));
        return { ...old, data: { ...old.data, files } };
      });
      await commit(scene);

      const { result, problems } = await verify(scene);
      expect({ result, problems }).toEqual({
        result: "notRescored",
        problems: [expect.stringContaining("not recomputed")],
      });
    }
  });

  it("says that it could not recompute where the data are not", async () => {
    const scene = await churnScene();
    await scene.land({
      ".gitignore": "data/private/\n",
      "data-manifests/churn.yaml": { ...churnManifest, sources: [{ path: "data/private/*.csv" }] },
    });
    await scene.write("data/private/x.csv", month(1)["data/churn/2026-01.csv"]!);
    await scene.run();
    await rm(path.join(scene.root, "data/private"), { recursive: true });
    await scene.git("switch", "--quiet", "refit--churn");

    expect(await verify(scene)).toMatchObject({ result: "notRescored", exitCode: 0 });
  });
});
