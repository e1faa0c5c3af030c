import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { DueNext } from "@refit/core/decide";
import type { Lineage } from "@refit/core/history";
import type { Outcome } from "../../src/products/outcome.ts";
import { proposeAnchor } from "../../src/rooms/propose-anchor.ts";
import { read } from "../../src/rooms/read.ts";
import { modelStatuses } from "../../src/runs/status.ts";
import { churnSpec } from "./support/churn.ts";
import { championScene, month, proposedScene, type Scene } from "./support/scene.ts";

type JudgedOutcome = Extract<Outcome, { evidence: object | null }>;

const specFile = "models/churn/model.yaml";
const show = (scene: Scene, branch: string, file: string) =>
  scene.git("show", `${branch}:models/churn/champion/${file}`);
const lineageOn = async (scene: Scene, branch: string) =>
  JSON.parse(await show(scene, branch, "lineage.json")) as Lineage;

/** What `status` says without a single call that reads data. */
async function nextOf(scene: Scene): Promise<DueNext | null> {
  const real = await scene.ports();
  const never = async () => Promise.reject(new Error("status has read data"));
  const ports = { ...real, sources: { ...real.sources, fetch: never }, tables: { open: never } };
  const [status] = await modelStatuses(ports, await ports.git.locate());
  return status!.next;
}

describe("what ships", () => {
  it("has learned from all rows, also from those that it was judged on", async () => {
    const [all, judged] = [await proposedScene(), await proposedScene({ spec: { ship: "judged" } })];

    const [shipped, left] = [await lineageOn(all, "refit--churn"), await lineageOn(judged, "refit--churn")];

    expect(shipped).toMatchObject({
      trainedRows: 600,
      trainedUntil: shipped.holdout.to,
      judgedArtifact: expect.any(String),
    });
    expect(left).toMatchObject({ trainedRows: 600 - left.holdout.rows, judgedArtifact: null });
    expect(left.trainedUntil).toBe(left.holdout.trainedUntil);
    expect(shipped.holdout).toEqual(left.holdout);
    expect(await show(all, "refit--churn", "metrics.json")).toBe(await show(judged, "refit--churn", "metrics.json"));
    expect(shipped.files["artifact/model.json"]).not.toEqual(left.files["artifact/model.json"]);
    expect(await all.git("log", "-1", "--format=%s", "refit--churn")).toBe(
      `refit(churn): first model, learned until ${shipped.trainedUntil!.slice(0, 10)}`,
    );
    expect(await show(all, "refit--churn", "README.md")).toContain("It has learned from 600 rows up to");
  });

  it("knows a category that only the rows have that it was judged on", async () => {
    const scene = await proposedScene({
      manifest: {
        prepare: "SELECT *, CASE WHEN day > DATE '2026-03-01' THEN 'new' ELSE plan END AS offer FROM source",
      },
    });

    expect(await show(scene, "refit--churn", "features.json")).toContain('"new"');
  });
});

describe("windows", () => {
  it("bound what is learned from, for the model or for a candidate, and validation rows choose", async () => {
    const own = { learner: "linear", training: { rows: 100, halfLifeDays: 10 } };
    const scene = await proposedScene({ spec: { training: { days: 20 }, candidates: [{ learner: "linear" }, own] } });

    const { learner, trainedRows, trainedUntil, holdout } = await lineageOn(scene, "refit--churn");

    const chosen = learner.settings["training"];
    expect([{ days: 20 }, own.training]).toContainEqual(chosen);
    // Ten rows a day, and the newest day is one of the twenty-one that twenty days reach.
    expect(trainedRows).toBe(JSON.stringify(chosen) === JSON.stringify(own.training) ? 100 : 210);
    expect(trainedUntil).toBe(holdout.to);
  });
});

describe("the next comparison", () => {
  it("uses only rows that the champion has not learned from", async () => {
    const scene = await championScene();
    const champion = await lineageOn(scene, "main");
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));

    const { decision, evidence } = (await scene.run()) as JudgedOutcome;

    const { holdout, kind, procedures } = evidence!.evaluation;
    expect({ decision, kind, procedures }).toEqual({ decision: "proposed", kind: "refresh", procedures: false });
    expect(Date.parse(holdout.from!)).toBeGreaterThan(Date.parse(champion.trainedUntil!));
    expect(Date.parse(holdout.trainedUntil!)).toBeGreaterThanOrEqual(Date.parse(champion.trainedUntil!));
  });

  it("starts where status says that the champion has stopped to learn", async () => {
    const scene = await championScene();
    const { trainedUntil } = await lineageOn(scene, "main");
    const day = trainedUntil!.slice(0, 10);

    expect((await scene.refit("status")).stdout).toMatch(new RegExp(`^churn +live +v1 +2026-06-01 +${day} `, "m"));
    const { stdout } = await scene.refit("status", [], { json: true });
    expect(JSON.parse(stdout)).toMatchObject([{ model: "churn", learnedUntil: day }]);
  });

  it("waits for enough of them, and status says so before and after a run has counted them", async () => {
    const scene = await championScene({
      spec: { retrain: { ...churnSpec.retrain, minNewRows: 100 }, holdout: { fraction: 0.3, minRows: 150 } },
    });
    scene.at("2026-06-03T00:00:00Z");
    expect(await nextOf(scene)).toMatchObject({
      triggers: [{ kind: "new-rows", fired: false, newRows: 0 }],
      waits: [{ kind: "unchanged" }],
    });
    await scene.land(month(3, 120));
    expect(await nextOf(scene)).toMatchObject({
      triggers: [{ kind: "new-rows", fired: null, newRows: null }],
      waits: [{ kind: "few-rows", rows: null }],
    });

    expect(await scene.run()).toMatchObject({
      decision: "skipped",
      reasons: [{ kind: "new-rows" }],
      heldBack: { kind: "few-rows", rows: 120, minRows: 150 },
    });
    expect(await nextOf(scene)).toMatchObject({
      triggers: [{ kind: "new-rows", fired: true, newRows: 120, minNewRows: 100 }],
      waits: [{ kind: "few-rows", rows: 120, minRows: 150, perClass: 10 }],
    });
    const { stdout } = await scene.refit("status");
    expect(stdout).toContain(
      "\n  next retrain: due, because 120 new rows arrived (minNewRows: 100)\n  waiting: a newer model is judged on at least 150 rows (holdout.minRows) that arrived since the champion was trained (120 so far)",
    );
  });

  it("cannot be foreseen where a file that git does not track lies on another machine", async () => {
    const scene = await championScene();
    scene.at("2026-06-03T00:00:00Z");
    const [[file, text]] = Object.entries(month(3)) as [[string, string]];
    await scene.land({ ".gitignore": `${file}\n` });
    await scene.write(file, text);
    await scene.run();
    await scene.merge();
    scene.at("2026-06-10T00:00:00Z");
    expect(await nextOf(scene)).toMatchObject({ triggers: [{ newRows: 0 }], waits: [{ kind: "unchanged" }] });

    await rm(path.join(scene.root, file));
    expect(await nextOf(scene)).toMatchObject({
      triggers: [{ fired: null, newRows: null }],
      waits: [{ kind: "few-rows", rows: null }],
    });
  });

  it("waits for enough of each class, before anything is trained", async () => {
    const scene = await championScene({
      manifest: { prepare: `SELECT * REPLACE ("left" AND day < DATE '2026-03-03' AS "left") FROM source` },
    });
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3, 160));
    const looks = async () => (await scene.git("show", "refit-ledger:models/churn.jsonl")).match(/"kind":"look"/g);
    const before = await looks();

    const heldBack = { kind: "few-of-class", rows: 0, minRows: 10 };
    expect(await scene.run()).toMatchObject({ decision: "skipped", reasons: [{ kind: "new-rows" }], heldBack });
    expect(await looks()).toEqual(before);
    expect((await scene.refit("run")).stdout).toContain("not yet: 0 of the 10 rows of the second most frequent class");
  });

  it("is one of procedures where other settings are tried on rows that the champion has learned from", async () => {
    const scene = await championScene();
    const champion = await lineageOn(scene, "main");
    scene.at("2026-06-03T00:00:00Z");
    await scene.land({ [specFile]: { ...churnSpec, candidates: [{ learner: "linear", l2: 100 }] } });

    const outcome = (await scene.run()) as JudgedOutcome;
    const { evidence, report } = outcome;

    const changed = [
      { setting: "candidates", from: expect.stringContaining("gbdt"), to: expect.stringContaining("100") },
    ];
    expect(outcome).toMatchObject({ reasons: [{ kind: "settings", changed }] });
    const { holdout, kind, procedures, metrics } = evidence!.evaluation;
    expect({ kind, procedures }).toEqual({ kind: "change", procedures: true });
    expect(holdout.rows).toBe(champion.holdout.rows);
    // The same settings on the same rows are what was judged when the champion was proposed.
    const then = JSON.parse(await show(scene, "main", "metrics.json")) as { holdout: Record<string, number> };
    expect(Object.fromEntries(metrics.map(({ metric, champion: value }) => [metric, value]))).toEqual(then.holdout);
    expect(JSON.stringify(report)).toContain("its settings were trained again without them");
  });
});

describe("the version that was last proved better", () => {
  it("is proposed where it scores best", async () => {
    const scene = await championScene();
    const anchor = (await scene.git("rev-parse", "main:models/churn/champion")).trim();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge();
    expect((await lineageOn(scene, "main")).anchor).toBe(anchor);
    const ports = await scene.ports();
    const context = await read(ports, await ports.git.locate(), { model: "churn", force: null, dryRun: false });
    const best = { kind: "anchor-best", overChampion: 0.1, p: 0.01, overChallenger: 0 } as const;

    await proposeAnchor(ports, context, { because: [{ kind: "nothing-newer", minRows: 50 }] });
    expect(await scene.git("branch", "--list", "refit-rollback--churn")).toBe("");
    await proposeAnchor(ports, context, { because: [best] });
    expect(await scene.git("rev-parse", "refit-rollback--churn:models/churn/champion")).toBe(anchor);
  });
});
