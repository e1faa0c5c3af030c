import { describe, expect, it } from "vitest";
import type { Flags } from "../../src/commands/command.ts";
import type { ImportProposal } from "../../src/runs/import-model.ts";
import { churnScene, month, type Scene, type SceneOptions } from "./support/scene.ts";
import { commit, edit, folder, verify } from "./support/verify.ts";

const branch = "refit-import--churn";
const file = ".git/scores.csv";
const rowsOf = (number: number) =>
  Object.values(month(number))[0]!
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

/** What a model that is in use said of the customers of some months: a rule of two columns. */
function scores(months: readonly number[], change = (value: number) => String(value)): string {
  const lines = months.flatMap(rowsOf).map(([customer, , plan, , complaints]) => {
    const z = -3 + 1.4 * Number(complaints) + (plan === "basic" ? 1 : -1);
    return `${customer},${change(1 / (1 + Math.exp(-z)))}`;
  });
  return `customer,prediction\n${lines.join("\n")}\n`;
}

async function sceneOf(text: string, options: SceneOptions = {}): Promise<Scene> {
  const scene = await churnScene({ ...options, spec: { key: "customer", ...options.spec } });
  await scene.write(file, text);
  return scene;
}

async function importInto(scene: Scene, flags: Flags = {}): Promise<ImportProposal> {
  const { stdout } = await scene.refit("import", ["churn"], { predictions: file, json: true, ...flags });
  return JSON.parse(stdout) as ImportProposal;
}

const show = (scene: Scene, name: string) => scene.git("show", `${branch}:${folder}/${name}`);

describe("predictions of a model that is in use", () => {
  it("are the first version, without a value of the key, and are checked by scoring them again", async () => {
    const scene = await sceneOf(scores([1, 2]));

    const { evaluation } = await importInto(scene, { "trained-until": "2026-01-31" });

    expect(evaluation).toMatchObject({ holdout: { rows: 180 }, elsewhere: { challenger: { maySeen: 0 } } });
    expect(evaluation.metrics[0]!.challenger).toBeGreaterThan(0.8);
    const stored = await show(scene, "artifact/predictions.csv");
    expect(stored.split("\n")).toHaveLength(601);
    expect(stored).toMatch(/^row,prediction\n[0-9a-f]{32},0\.\d+\n/);
    expect(stored).not.toContain("c1-");
    expect(JSON.parse(await show(scene, "artifact/predictions.json"))).toMatchObject({ key: ["customer"] });
    expect(JSON.parse(await show(scene, "features.json"))).toMatchObject({
      inputs: expect.arrayContaining([{ name: "customer", type: "string" }]),
    });
    expect(JSON.parse(await show(scene, "lineage.json"))).toMatchObject({
      learner: { name: "predictions", settings: {} },
      declared: { by: "import", trainedUntil: "2026-01-31T23:59:59.999Z" },
    });
    await scene.git("switch", "--quiet", branch);
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
  });

  it("are compared on the rows that they are of, and the others are counted", async () => {
    const known = scores([1, 2]).split("\n");
    // Every fourth row has none.
    const scene = await sceneOf(known.filter((_, i) => i === 0 || i % 4 !== 0).join("\n"));
    await importInto(scene);
    await scene.merge("merge", branch);
    scene.at("2026-06-05T00:00:00Z");

    const outcome = await scene.run();

    expect(outcome).toMatchObject({
      reasons: [{ kind: "imported" }],
      evidence: {
        evaluation: {
          kind: "change",
          holdout: { rows: 135 },
          elsewhere: { champion: { trainedUntil: null, maySeen: 135, unanswered: 45 } },
          cost: { size: null },
        },
      },
    });
    expect(JSON.stringify(outcome)).toContain(
      "the champion has no prediction for 45 rows of the holdout, which were left out",
    );
    const { stdout } = await scene.refit("reproduce", ["churn"], { json: true });
    expect(JSON.parse(stdout)).toMatchObject({ result: "rescored" });
  });

  it("are no champion for rows that came since: those are judged as a first model", async () => {
    const retrain = { minNewRows: 150, drift: true, performanceMargin: 0.01, cooldownHours: 0, maxPerWeek: 50 };
    const scene = await sceneOf(scores([1, 2]), { spec: { retrain } });
    await importInto(scene);
    await scene.merge("merge", branch);
    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ ...month(3), ...month(4) });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ evidence: { evaluation: { kind: "contract-change" } } });
    expect(JSON.stringify(outcome)).toContain("or has no prediction for these rows");
  });

  it.each<[what: string, text: string, message: RegExp, options?: SceneOptions]>([
    ["another name of the key", scores([1, 2]).replace("customer,", "customer_id,"), /no column "customer"/],
    ["another name of the number", scores([1, 2]).replace("prediction", "predictions"), /the nearest is "predictions"/],
    ["texts", scores([1, 2], () => "high"), /has texts in "prediction"/],
    ["no probabilities", scores([1, 2], (value) => String(2 * value + 1)), /predicted a probability of \d/],
    ["gaps", scores([1, 2], (value) => (value > 0.5 ? "" : String(value))), /predicted NaN/],
    ["other rows", scores([5, 6]), /none of them is one of the 180 rows of the holdout, such as "c2-120"/],
    ["two numbers for a row", `${scores([1, 2])}c2-299,0.123\n`, /two predictions for one key/],
    ["a model without a key", scores([1, 2]), /has no `key`/, { spec: { key: undefined } }],
  ])("with %s are refused, and nothing is written", async (_what, text, message, options) => {
    const scene = await sceneOf(text, options);

    await expect(importInto(scene)).rejects.toMatchObject({
      code: "import-invalid",
      message: expect.stringMatching(message),
    });
    expect(await scene.git("branch", "--list", branch)).toBe("");
  });

  it("of several classes have a column for each, in any order", async () => {
    const lines = [1, 2]
      .flatMap(rowsOf)
      .map(([customer], i) => `0.5,${customer},${(1 + (i % 3)) / 10},${(4 - (i % 3)) / 10}`);
    const scene = await sceneOf(`pro,customer,basic,plus\n${lines.join("\n")}\n`, {
      spec: {
        task: "multiclass",
        target: "plan",
        slices: [],
        metrics: { primary: "accuracy" },
        gates: [{ metric: "accuracy", min: 0.1 }],
      },
    });

    const { evaluation } = await importInto(scene);

    expect(evaluation.metrics[0]).toMatchObject({ metric: "accuracy" });
    expect(evaluation.metrics[0]!.challenger).toBeLessThan(0.6);
    // The classes in the order of the target: basic, plus, pro.
    expect(await show(scene, "artifact/predictions.csv")).toMatch(/\n[0-9a-f]{32},0\.[123],0\.[234],0\.5\n/);
  });

  it("tell no value of a key that is sensitive", async () => {
    const scene = await sceneOf(scores([5, 6]), { manifest: { sensitive: ["customer"] } });

    await expect(importInto(scene)).rejects.toMatchObject({ message: expect.not.stringContaining("c2-") });
  });

  it("that were edited in the proposal are refused", async () => {
    const scene = await sceneOf(scores([1, 2]));
    await importInto(scene);
    await scene.git("switch", "--quiet", branch);
    const better = (await show(scene, "artifact/predictions.csv")).replaceAll(/,0\.\d+/g, ",0.5");
    await scene.write(`${folder}/artifact/predictions.csv`, `${better}\n`);
    await edit(scene, "artifact/predictions.json", (old: object) => old);
    await commit(scene);

    expect(await verify(scene)).toMatchObject({ result: "failed" });
  });
});
