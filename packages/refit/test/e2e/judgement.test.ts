import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { normalSf } from "../../../core/src/statistics/special/normal.ts";
import type { Outcome } from "../../src/products/outcome.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { proposedScene, championScene, churnScene, month, type Scene } from "./support/scene.ts";

const specFile = "models/churn/model.yaml";
const folder = "models/churn/champion";

type Judged = Extract<Outcome, { evidence: object | null }>;

/** First model merged; then a third month and changed settings. */
async function secondRun(change: object): Promise<{ scene: Scene; outcome: Judged }> {
  const scene = await championScene();
  scene.at("2026-06-03T00:00:00Z");
  await scene.land({ ...month(3), [specFile]: { ...churnSpec, ...change } });
  return { scene, outcome: (await scene.run()) as Judged };
}

describe("what --json tells of a verdict", () => {
  it("is enough to recompute it", async () => {
    const { scene, outcome } = await secondRun({ refresh: "proven" });
    const { evaluation, verdict } = outcome.evidence!;

    const [test] = evaluation.tests;
    expect(test).toMatchObject({ kind: "non-inferiority", against: "champion", method: "delong", margin: 0.2 });
    expect(normalSf((test!.improvement! + test!.margin) / test!.standardError!)).toBe(test!.p);
    expect(test!.passed).toBe(test!.p! <= test!.alpha);
    expect(evaluation.alpha).toBeCloseTo((0.05 * 6) / (Math.PI * Math.PI * evaluation.look * evaluation.look), 15);

    const lineage = JSON.parse(await scene.git("show", `refit--churn:${folder}/lineage.json`)) as Record<
      string,
      string
    >;
    const seed = [evaluation.holdout.digest, lineage["parent"], lineage["inputDigest"]].join("|");
    expect(evaluation.bootstrap.seed.toString(16).padStart(8, "0")).toBe(
      createHash("sha256").update(seed).digest("hex").slice(0, 8),
    );
    expect(verdict.kind).toBe("promote");
    expect(verdict.gates.every(({ result }) => result === "passed")).toBe(true);
  });
});

describe("guards", () => {
  it("hold back an artifact that outgrew its budget, and never change the version itself", async () => {
    const free = await secondRun({});
    const treeOf = (scene: Scene) => scene.git("rev-parse", `refit--churn:${folder}`);
    const generous = await secondRun({ budget: { maxSizeRatio: 1000 }, fairness: [{ group: "plan" }] });
    const strict = await secondRun({ budget: { maxSizeRatio: 0.001 } });

    expect(await treeOf(generous.scene)).toBe(await treeOf(free.scene));
    // What the model relies on is measured for a proposal only.
    const reliance = ({ report }: Judged) => report!.sections.find(({ id }) => id === "reliance");
    const told = JSON.stringify(reliance(generous.outcome));
    expect(told).toContain("rocAuc after shuffling");
    for (const input of ["plan", "hours", "complaints"]) expect(told).toContain(`"text":"${input}"`);
    expect(reliance(strict.outcome)).toBeUndefined();
    expect(strict.outcome).toMatchObject({
      decision: "rejected",
      because: [{ kind: "guard-failed", row: { guard: "maxSizeRatio", result: "failed" } }],
    });
    // Sixty customers of each plan are too few to judge.
    expect(generous.outcome).toMatchObject({
      decision: "inconclusive",
      because: [{ kind: "small-groups", column: "plan" }],
    });
  });
});

describe("groups", () => {
  it("block when a customer is on both sides of the split", async () => {
    const { outcome } = await secondRun({ group: "plan", features: { exclude: ["customer"] } });

    expect(outcome.decision).toBe("blocked");
    expect(outcome.because).toContainEqual(expect.objectContaining({ kind: "finding", code: "overlap" }));
  });

  it("stay on one side of a split by hash, and are drawn as a whole", async () => {
    const { time: _time, ...byHash } = churnSpec;
    const scene = await churnScene({ spec: { ...byHash, time: undefined, group: "customer" } });

    const outcome = (await scene.run()) as Judged;

    expect(outcome.decision).toBe("proposed");
    expect(outcome.evidence!.evaluation.bootstrap.groups).toBe(outcome.evidence!.evaluation.holdout.rows);
  });
});

describe("stretches of time", () => {
  it("are drawn as a whole", async () => {
    const scene = await churnScene({ spec: { ...churnSpec, holdout: { ...churnSpec.holdout, blockDays: 2 } } });

    const { evidence } = (await scene.run()) as Judged;

    const { holdout, bootstrap } = evidence!.evaluation;
    const days = (Date.parse(holdout.to!) - Date.parse(holdout.from!)) / 86_400_000 + 1;
    expect(bootstrap.groups).toBe(Math.ceil(days / 2));
  });
});

describe("weights", () => {
  const prepare = "SELECT *, CASE WHEN plan = 'pro' THEN 5 ELSE 1 END AS importance FROM source";
  const proposal = async (spec: object, sql = prepare) => {
    const scene = await churnScene({ spec: { ...churnSpec, ...spec }, manifest: { ...churnManifest, prepare: sql } });
    const outcome = (await scene.run()) as Judged;
    const show = (file: string) => scene.git("show", `refit--churn:${folder}/${file}`);
    return { outcome, show };
  };

  it("count in training, metrics and tests, and are no feature", async () => {
    const plain = await proposal({ features: { exclude: ["customer", "importance"] } });
    const weighted = await proposal({ weight: "importance" });

    expect(await weighted.show("features.json")).toMatch(/"name": "importance",\s+"reason": "weight"/);
    expect(await weighted.show("artifact/model.json")).not.toBe(await plain.show("artifact/model.json"));
    expect(plain.outcome.evidence!.evaluation.dummy.method).toBe("delong");
    expect(weighted.outcome.evidence!.evaluation.dummy.method).toBe("paired-bootstrap");
    expect(weighted.outcome.decision).toBe("proposed");
  });

  it("must be there for every row", async () => {
    await expect(proposal({ weight: "importance" }, prepare.replace("ELSE 1", "ELSE 0"))).rejects.toMatchObject({
      code: "weight-invalid",
    });
    await expect(proposal({ weight: "heft" })).rejects.toMatchObject({ code: "column-missing" });
  });
});

describe("slices of two columns", () => {
  it("are shown and can be asked about", async () => {
    const gate = { metric: "rocAuc", maxRegression: 0.5, slice: ["plan", "complaints"], critical: true };
    const { outcome } = await secondRun({
      slices: ["plan", ["plan", "complaints"]],
      gates: [...churnSpec.gates, gate],
    });

    const { evaluation } = outcome.evidence!;
    expect(evaluation.slices.map(({ column }) => column)).toContain("plan × complaints");
    expect(evaluation.slices.find(({ value }) => value === "basic × 4")).toMatchObject({ sufficient: false });
    expect(outcome.because).toContainEqual({ kind: "small-slices", column: "plan × complaints" });
  });
});

describe("a sensitive slice", () => {
  it("is measured without telling its values", async () => {
    const scene = await proposedScene({ manifest: { ...churnManifest, sensitive: ["plan"] } });

    const evaluation = await scene.git("show", `refit--churn:${folder}/evaluation.json`);
    expect(evaluation).toContain('"value": "group 1"');
    expect(evaluation).not.toMatch(/basic|plus|"pro"/);
  });
});
