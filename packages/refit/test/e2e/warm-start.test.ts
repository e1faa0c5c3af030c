import { createPrepared } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { churnSpec } from "./support/churn.ts";
import { reportText } from "./support/report-text.ts";
import { championScene, churnScene, month, openScene, type Scene } from "./support/scene.ts";
import { folder, verify } from "./support/verify.ts";
import { warmCandidate, warmProgram } from "./support/warm-program.ts";

/** The first model is live, and the rows of a third month are there. @param spec what is asked now. */
async function warmScene(spec: object = {}): Promise<Scene> {
  const repository = await createPrepared("churn with a program that goes on", async () => {
    const scene = await churnScene({ spec: { candidates: [warmCandidate] } });
    await scene.land(warmProgram);
    await scene.run();
    await scene.merge();
    await scene.land(month(3));
    return scene.repository;
  });
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository, { from: "2026-06-05T00:00:00Z" });
  if (Object.keys(spec).length > 0) await scene.land(specOf(spec));
  return scene;
}

const specOf = (spec: object) => ({
  "models/churn/model.yaml": { ...churnSpec, candidates: [warmCandidate], ...spec },
});

const stored = async (scene: Scene, name: string, at = "refit--churn") =>
  JSON.parse(await scene.git("show", `${at}:${folder}/${name}`)) as Record<string, unknown>;
const trainings = async (scene: Scene, at?: string) =>
  (await stored(scene, "artifact/model/shares.json", at))["trainings"];
const live = (scene: Scene) => scene.git("rev-parse", `main:${folder}`);

async function verified(scene: Scene): Promise<object> {
  await scene.git("switch", "--quiet", "--detach", "refit--churn");
  const found = await verify(scene);
  await scene.git("switch", "--quiet", "main");
  return found;
}

describe("a program that goes on from the live model", () => {
  it("is judged and shipped so, named in lineage, report and card, verified, promoted and reproduced", async () => {
    const scene = await warmScene();
    expect([await trainings(scene, "main"), (await stored(scene, "lineage.json", "main"))["startedFrom"]]).toEqual([
      1,
      undefined,
    ]);
    const started = await live(scene);

    const outcome = await scene.run();

    expect(outcome.decision).toBe("proposed");
    expect(await trainings(scene)).toBe(2);
    expect(await stored(scene, "lineage.json")).toMatchObject({ startedFrom: started, parent: started });
    expect(reportText(outcome)).toContain("goes on from v1 (challenger)");
    // Validation rows are among those that v1 has learned from, so nothing is chosen by what goes on from it.
    expect(reportText(outcome)).toContain("was chosen by a training that started from scratch");
    expect(await scene.git("show", `refit--churn:${folder}/README.md`)).toContain("going on from the model of");
    expect(await verified(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.merge();
    const { stdout } = await scene.refit("reproduce", ["churn"], { json: true });
    expect(JSON.parse(stdout)).toMatchObject({ result: "same" });
  });

  it("goes on in the choice, too, where the live model has not learned from the validation rows", async () => {
    const scene = await warmScene({ holdout: { days: 7, minRows: 50 }, validation: { days: 10 } });

    const report = reportText(await scene.run({ "dry-run": true }));

    expect(report).toContain("goes on from v1");
    expect(report).not.toContain("started from scratch");
  });

  it("is handed over by a job that trains, and the one that judges tells from what it has to have started", async () => {
    const scene = await warmScene();
    const { stdout } = await scene.refit("train", ["churn"], { out: "made", json: true });
    const { candidates } = JSON.parse(stdout) as { candidates: string };

    const outcome = await scene.run({ candidates: `made@${candidates}` });

    expect(reportText(outcome)).toContain("goes on from v1");
    expect(await trainings(scene)).toBe(2);
    expect(await stored(scene, "lineage.json")).toMatchObject({ startedFrom: await live(scene) });
  });

  it("is scored by verify where it gives another model each time", async () => {
    const scene = await warmScene({ candidates: [{ ...warmCandidate, settings: { noise: true } }] });

    await scene.run();

    expect(await stored(scene, "lineage.json")).toMatchObject({ reproducible: false, startedFrom: await live(scene) });
    expect(await verified(scene)).toMatchObject({ result: "valid", problems: [] });
  });

  it("keeps its own model apart from the map of a calibration", async () => {
    const scene = await warmScene({ candidates: [{ ...warmCandidate, calibration: "platt" }] });

    await scene.run();

    expect(await trainings(scene)).toBe(2);
  });
});

describe("a warm start that cannot be", () => {
  const changed = { ...warmProgram, "model/train.js": `${warmProgram["model/train.js"]}// better\n` };
  const cold = { ...churnSpec, candidates: [warmCandidate] };

  it.each<[what: string, open: () => Promise<Scene>, spec: object, because: RegExp]>([
    ["no champion", churnScene, {}, /there is no champion yet/],
    ["another learner", championScene, {}, /v1 is a model of the learner "(gbdt|linear)"/],
    ["an input that is gone", warmScene, { features: { exclude: ["customer", "plan"] }, slices: [] }, /"plan" is gone/],
    [
      "rows of the holdout that the live model knows",
      warmScene,
      { holdout: { days: 60, minRows: 400 } },
      /v1 has learned from rows up to 2026-03-02, and the holdout begins at 2026-01-29/,
    ],
    ["no time", warmScene, { time: undefined, key: "customer" }, /without `time` nobody can tell which rows v1 has/],
  ])("is told with the reason: %s", async (_what, open, spec, because) => {
    const scene = await open();
    await scene.land({ "models/churn/model.yaml": { ...cold, ...spec }, ...warmProgram });
    scene.at("2026-06-09T00:00:00Z");

    const { notices } = await scene.refit("run", ["churn"], { "dry-run": true, force: "now" });

    expect(notices.join("\n")).toMatch(/command asks for a warm start and starts from scratch: /);
    expect(notices.join("\n")).toMatch(because);
  });

  it("is told with the reason: another program, and is proposed as what it is", async () => {
    const scene = await warmScene();
    await scene.land(changed);

    const outcome = await scene.run();

    expect(reportText(outcome)).toMatch(
      /asks for `start: warm` and started from scratch: .*the code of v1 is different/,
    );
    expect(await stored(scene, "lineage.json")).not.toHaveProperty("startedFrom");
    expect(await trainings(scene)).toBe(1);
  });
});
