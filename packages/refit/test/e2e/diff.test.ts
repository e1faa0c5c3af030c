import { describe, expect, it } from "vitest";
import type { VersionDiff } from "../../src/runs/diff/diff-versions.ts";
import { scoreBoth } from "../../src/runs/diff/score-both.ts";
import { readSpecs } from "../../src/rooms/read.ts";
import { readLineage } from "../../src/versions/read-lineage.ts";
import { championScene, month, preparedScene, type Scene } from "./support/scene.ts";

async function diff(scene: Scene, args: string[], flags = {}): Promise<VersionDiff> {
  return JSON.parse((await scene.refit("diff", ["churn", ...args], { ...flags, json: true })).stdout) as VersionDiff;
}

const shown = async (scene: Scene, args: string[], flags = {}) =>
  (await scene.refit("diff", ["churn", ...args], flags)).stdout;

/** Three versions, each trained on a month more than the one before it. */
const threeVersions = () => preparedScene("churn three versions", makeThreeVersions);

async function makeThreeVersions(): Promise<Scene> {
  const scene = await championScene({}, "squash");
  for (const number of [3, 4]) {
    scene.at(`2026-06-${String(3 * number).padStart(2, "0")}T00:00:00Z`);
    await scene.land(month(number));
    await scene.run({ force: "another month" });
    await scene.merge("squash");
  }
  return scene;
}

const numbersOf = (found: VersionDiff) =>
  Object.fromEntries(found.compared!.metrics.map(({ metric, a, b }) => [metric, [a, b]]));

describe("two versions side by side", () => {
  it("are compared on the same rows only, whichever are here", async () => {
    const scene = await threeVersions();

    // What one run has measured is taken as it is; no data are read.
    const recorded = await diff(scene, ["v2", "v3"], { "no-score": true });
    expect(recorded).toMatchObject({ whyNot: null, compared: { a: "shipped", b: "judged", on: recorded.b.judgedOn } });
    expect(await diff(scene, ["v2", "v3"])).toEqual(recorded);
    const turned = await diff(scene, ["v3", "v2"]);
    expect(turned.compared).toMatchObject({ a: "judged", b: "shipped", on: recorded.compared!.on });
    expect(turned.compared!.metrics.map(({ improvement }) => 0 - improvement)).toEqual(
      recorded.compared!.metrics.map(({ improvement }) => improvement),
    );

    // No run has compared these two: v1 is scored on the rows that v3 was judged on, which v3 as it ships has learned from.
    const beside = await diff(scene, ["v1", "v3"]);
    expect(beside.compared).toMatchObject({ a: "shipped", b: "judged", on: beside.b.judgedOn });
    const { rocAuc } = numbersOf(beside);
    expect(rocAuc![1]).toBe(beside.b.metrics["rocAuc"]);
    expect(rocAuc![0]).not.toBe(beside.a.metrics["rocAuc"]);
    expect(await shown(scene, ["v1", "v3"])).toMatch(
      /^Both measured on the same \d+ rows, 2026-04-\d\d to 2026-04-30\.\nThe numbers of v3 are those of the model that was judged.*\nmetric +v1 +v3\nrocAuc +0\.\d{4} +0\.\d{4} +(better|worse) by 0\.\d{4}\n/,
    );
    expect(await shown(scene, ["v1", "v3"], { "no-score": true })).toMatch(
      /^These numbers cannot be compared\. No run has measured both.*\nv1 was measured on \d+ rows, .*\nv3 was measured on \d+ rows, .*\nmetric +v1 +v3\n(?!.*(better|worse))/s,
    );

    // Another row among them: the two numbers would not be of the same rows any more.
    const april = "data/churn/2026-04.csv";
    await scene.land({ [april]: `${month(4)[april]}c4-999,2026-04-30,pro,1.0,1,false\n` });
    const gone = await diff(scene, ["v1", "v3"]);
    expect(gone).toMatchObject({
      compared: null,
      whyNot: expect.stringMatching(/judged on are not here as they were/),
    });

    // Rows that neither has learned from: what ships is scored, both now.
    await scene.land({ [april]: month(4)[april], ...month(5) });
    const now = await diff(scene, ["v1", "v3"]);
    expect(now.compared).toMatchObject({
      a: "shipped",
      b: "shipped",
      on: { rows: 300, from: "2026-05-01T00:00:00.000Z" },
    });
  });

  it("are the first and the newest one after a rollback to the first, where none is named", async () => {
    const scene = await threeVersions();
    await scene.refit("rollback", ["churn"], { to: "v1" });
    await scene.merge("squash", "refit-rollback--churn");

    const found = await diff(scene, [], { "no-score": true });

    expect([found.a.label, found.b.label]).toEqual(["v3", "v1"]);
  });

  it("have the numbers of the run that judged them, where they are scored again", async () => {
    const scene = await threeVersions();
    const recorded = await diff(scene, ["v2", "v3"], { "no-score": true });
    const ports = await scene.ports();
    const repository = await ports.git.locate();
    const sideOf = async ({ label, treeId, metrics }: VersionDiff["a"]) => {
      const lineage = (await readLineage(ports, repository, `${treeId}:lineage.json`))!;
      return { label, treeId, metrics, lineage };
    };
    const specs = await readSpecs(ports, repository, "churn", { workTree: false });
    const request = { model: "churn", force: null, dryRun: false };
    const context = { request, repository, ...specs, champion: null, ledger: [], ledgerCommit: null };

    const anew = await scoreBoth(ports, context, [await sideOf(recorded.a), await sideOf(recorded.b)]);

    expect(anew).toEqual(recorded.compared);
  });
});

describe("the log", () => {
  it("of predictions is missed where a wrong folder is named", async () => {
    const scene = await threeVersions();

    const { notices } = await scene.refit("log", ["forget", "elsewhere"], { key: "c17" });

    expect(notices.join()).toContain('There is no file in "elsewhere": name the folder that `refit serve --log`');
  });

  it("says what each number was measured on, and compares it with what the same run measured", async () => {
    const scene = await threeVersions();
    const { compared } = await diff(scene, ["v1", "v2"], { "no-score": true });
    const better = compared!.metrics.find(({ metric }) => metric === "rocAuc")!.improvement;

    const { stdout, notices } = await scene.refit("log", ["churn"]);
    const json = JSON.parse((await scene.refit("log", ["churn"], { json: true })).stdout) as {
      versions: { withParent: unknown }[];
    };

    const [titles, v1, v2] = stdout.split("\n");
    expect(titles).toMatch(/^version +date +commit +event +rocAuc +rows +from +to +better by +than$/);
    expect(v1).toMatch(/^v1 .* 180 {2}2026-02-13 {2}2026-03-02$/);
    expect(v2).toMatch(/^v2 .* \d+ {2}2026-03-\d\d {2}2026-03-\d\d .* v1$/);
    expect(v2).toContain(`${better < 0 ? "−" : "+"}${Math.abs(better).toFixed(4)}`);
    expect(notices.join()).toContain("Each value was measured on rows of its own");
    expect(json.versions.map(({ withParent }) => withParent)).toEqual([
      null,
      { number: 1, ...compared },
      expect.objectContaining({ number: 2, a: "shipped", b: "judged" }),
    ]);
  });
});
