import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Flags } from "../../src/commands/command.ts";
import { commands } from "../../src/commands/index.ts";
import { chooseAndPropose, plan, trainAll } from "./support/candidate-jobs.ts";
import { countingCalls, type CountedCall } from "./support/counted-calls.ts";
import { program, programCandidate } from "./support/program.ts";
import { reportText } from "./support/report-text.ts";
import { churnScene, month, openScene, type Scene } from "./support/scene.ts";
import { commit, edit, folder, verify } from "./support/verify.ts";

const once =
  "It is the only candidate, and nothing stops its training early, so it was trained on the validation rows, too";

/** What another run in that clone asks its learners for. */
async function callsOf(scene: Scene, flags: Flags): Promise<readonly CountedCall[]> {
  const calls: CountedCall[] = [];
  const counting = await openScene(scene.repository, { from: scene.now(), adapt: countingCalls(calls) });
  await counting.refit("run", ["churn"], flags);
  return calls;
}

/** A scene with these candidates and one's program, the calls of its learners, and what a run of it ends with. */
async function counted(candidates: readonly object[]) {
  const scene = await churnScene({ spec: { candidates } });
  await scene.land(program);
  const calls: CountedCall[] = [];
  const counting = await openScene(scene.repository, { from: scene.now(), adapt: countingCalls(calls) });
  return { scene, calls, outcome: await counting.run() };
}

const trainings = (calls: readonly CountedCall[]) =>
  calls.flatMap((call) => (call.step === "train" ? [call.rows] : []));
const predictions = (calls: readonly CountedCall[]) =>
  calls.flatMap((call) => (call.step === "predict" ? [call.rows] : []));
/** Columns of the churn data that are features. */
const inputs = 4;
const tree = (scene: Scene) => scene.git("rev-parse", `refit--churn:${folder}`);

describe("a single candidate that validation rows settle nothing of", () => {
  it.each([
    ["trees that never stop early", { learner: "gbdt", trees: 8, leaves: 7, earlyStoppingRounds: 0 }],
    ["a linear model", { learner: "linear" }],
  ])(
    "%s: is trained before the holdout and on all rows, and the report says that it was not compared",
    async (_what, one) => {
      const { calls, outcome } = await counted([one]);

      expect(outcome.decision).toBe("proposed");
      expect(trainings(calls)).toEqual([420, 600]);
      expect(reportText(outcome)).toContain(once);
      expect(reportText(outcome)).toMatch(/\(challenger\) \| not measured \|/);
      expect(reportText(outcome)).toContain("420 training rows, no validation rows");
    },
  );

  it.each([
    ["early stopping", [{ learner: "gbdt", trees: 8, leaves: 7 }]],
    ["a calibration", [{ learner: "linear", calibration: "platt" }]],
    ["another candidate", [{ learner: "linear" }, { learner: "linear", l2: 3 }]],
  ])("but with %s it is measured on validation rows first", async (_what, candidates) => {
    const { calls, outcome } = await counted(candidates);

    expect(trainings(calls).filter((rows) => rows < 420)).toHaveLength(candidates.length);
    expect(reportText(outcome)).not.toContain(once);
  });

  it("gives the version that it gives where another job trained it without the validation rows first", async () => {
    const spec = { candidates: [{ learner: "gbdt", trees: 8, leaves: 7, earlyStoppingRounds: 0 }] };
    const [here, divided] = [await churnScene({ spec }), await churnScene({ spec })];

    await here.run();
    const { outcome } = await chooseAndPropose(divided, await trainAll(divided, await plan(divided)));

    expect(outcome).toMatchObject({ decision: "proposed" });
    await divided.git("fetch", "--quiet", "origin", "refit--churn:refit--churn");
    expect(await tree(here)).toBe(await tree(divided));
  });

  it("is told so where another job trains and chooses", async () => {
    const scene = await churnScene({ spec: { candidates: [{ learner: "linear" }] } });
    const { stdout } = await scene.refit("train", ["churn"], { out: "made", json: true });
    const { candidates } = JSON.parse(stdout) as { candidates: string };

    expect(reportText(await scene.run({ candidates: `made@${candidates}` }))).toContain(once);
  });
});

/** What predictions do at a meeting: they wait for each other, or one of them ends because the other is there. */
const meets = (meeting: string) => `
const { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } = fs;
for (const how of ["together", "alone"]) {
  const place = ${JSON.stringify(meeting)} + "/" + how;
  if (process.env.REFIT_STEP !== "predict" || !existsSync(place)) continue;
  writeFileSync(place + "/" + process.pid, "");
  const lock = ${JSON.stringify(meeting)} + "/lock";
  if (how === "alone") try { mkdirSync(lock); } catch { process.exit(1); }
  process.on("exit", () => { if (how === "alone") rmdirSync(lock); });
  for (let look = 0; readdirSync(place).length < 2; look++) {
    if (look === 200) process.exit(1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}
`;

describe("a program with `validation: false`", () => {
  it("is started twice on some rows, and then once to be judged and once to ship; it is verified and reproduced", async () => {
    const { scene, calls, outcome } = await counted([{ ...programCandidate, validation: false }]);

    expect(outcome.decision).toBe("proposed");
    expect(trainings(calls)).toEqual([210, 210, 420, 600]);
    // What it learned from, the holdout, and the holdout with the values of each input in other rows.
    expect(predictions(calls)).toEqual([420 + 180 + 180 * (1 + inputs)]);
    expect(reportText(outcome)).toContain(once);
    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    const { stdout } = await scene.refit("reproduce", ["churn"], { json: true });
    expect(JSON.parse(stdout)).toMatchObject({ result: "same" });
  });

  it("answers beside the champion; where only one of them fits on the machine, they answer one after the other", async () => {
    const scene = await churnScene({ spec: { candidates: [{ ...programCandidate, validation: false }] } });
    const meeting = scene.repository.root + "-meeting";
    await scene.land({ ...program, "model/rows.js": `${program["model/rows.js"]}${meets(meeting)}` });
    await scene.run();
    await scene.merge();
    for (const [how, starts, number] of [
      ["together", 2, 3],
      ["alone", 3, 4],
    ] as const) {
      await mkdir(path.join(meeting, how), { recursive: true });
      await scene.land(month(number));
      scene.at(`2026-06-0${number}T00:00:00Z`);
      const { stdout } = await scene.refit("run", ["churn"], { force: "now", json: true });

      expect(JSON.parse(stdout)).toMatchObject([{ evidence: { evaluation: { kind: "refresh" } } }]);
      expect(await readdir(path.join(meeting, how))).toHaveLength(starts);
      await rm(meeting, { recursive: true });
    }
  });

  it("is scored by verify where it gives another model each time", async () => {
    const { scene } = await counted([{ ...programCandidate, validation: false, settings: { noise: true } }]);

    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
  });

  it("trains the champion's settings once where these are judged in its place", async () => {
    const { scene } = await counted([{ ...programCandidate, validation: false }]);
    await scene.merge();
    await scene.land(month(3, 20));
    scene.at("2026-06-05T00:00:00Z");
    const calls = await callsOf(scene, { force: "now" });

    const [challenger, procedure, ...shipped] = trainings(calls);
    expect(procedure).toBe(challenger);
    expect(shipped.every((rows) => rows === 620)).toBe(true);
  });
});

describe("the progress of a run", () => {
  it("names each step before its rows are read and its learner is asked", async () => {
    const scene = await churnScene({ spec: { candidates: [{ learner: "linear" }] } });
    const told: string[] = [];
    const calls: CountedCall[] = [];
    let known = 0;
    const progress = (stage: string): void => {
      told.push(...calls.slice(known).map(({ step }) => step));
      known = calls.length;
      if (!told.includes(stage)) told.push(stage);
    };
    const watched = await openScene(scene.repository, { from: scene.now(), adapt: countingCalls(calls) });
    const run = await commands["run"]!();

    const out = { print: () => {}, notice: () => {}, progress };
    await run.run({ ...(await watched.ports()), out }, ["churn"], {});

    expect(told.slice(told.indexOf("Training the challenger"))).toEqual([
      "Training the challenger",
      "train",
      "Scoring on the holdout",
      "predict",
      "predict",
      "Comparing on the holdout",
      "Profiling the model",
      "predict",
      "Training on all rows",
      "train",
      "Writing the version",
      "predict",
      "Writing the report",
    ]);
  });
});

describe("the trial of whether a program repeats itself", () => {
  /** Whether it begins with two trainings on the same rows. */
  const isTried = (calls: readonly CountedCall[]) => trainings(calls)[0] === trainings(calls)[1];
  /** Whether it trains twice on the same rows, wherever. */
  const isRepeated = (calls: readonly CountedCall[]) =>
    trainings(calls).some((rows, i) => rows === trainings(calls)[i + 1]);
  const changed = { "model/train.js": `${program["model/train.js"]}// better\n` };

  it.each<[when: string, files: object, at: string, tried: boolean]>([
    ["the same program", month(3), "2026-06-05T00:00:00Z", false],
    ["another program", changed, "2026-06-05T00:00:00Z", true],
    ["a month later", month(3), "2026-07-15T00:00:00Z", true],
  ])("%s: is made again only where that may be another program, or is long ago", async (_when, files, at, tried) => {
    const { scene, calls } = await counted([{ ...programCandidate, validation: false }]);
    expect(isTried(calls)).toBe(true);
    await scene.merge();
    await scene.land({ ...files });
    scene.at(at);

    const again = await callsOf(scene, {});
    expect(trainings(again).length).toBeGreaterThan(1);
    expect(isTried(again)).toBe(tried);
  });

  it("is known to another clone by the shared ledger, which says nothing more of it", async () => {
    const { scene } = await counted([{ ...programCandidate, validation: false }]);
    await scene.merge();
    await scene.land(month(3));
    const clone = await openScene(await scene.repository.clone(), { from: "2026-06-05T00:00:00Z" });
    const again = await callsOf(clone, {});

    expect(trainings(again).length).toBeGreaterThan(1);
    expect(isTried(again)).toBe(false);
    const rows = (await scene.git("show", "refit-ledger:models/churn.jsonl")).split("\n");
    expect(rows.map((row) => (JSON.parse(row) as { kind: string }).kind)).toEqual(["repeated", "look", "proposed"]);
    expect(Object.keys(JSON.parse(rows[0]!) as object).toSorted()).toEqual([
      "at",
      "holdout",
      "inputDigest",
      "kind",
      "model",
      "parent",
      "program",
    ]);
  });

  it("leaves nothing behind where it is a dry run's, or failed", async () => {
    const scene = await churnScene({ spec: { candidates: [{ ...programCandidate, settings: { noise: true } }] } });
    await scene.land(program);
    for (let run = 0; run < 2; run++)
      expect(isRepeated(await callsOf(scene, { "dry-run": true, force: "now" }))).toBe(true);
    await scene.run();

    expect(await scene.git("show", "refit-ledger:models/churn.jsonl")).not.toContain("repeated");
  });

  it("is not made where a version is made again, since that compares two trainings on all rows", async () => {
    const { scene } = await counted([{ ...programCandidate, validation: false }]);
    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    const calls: CountedCall[] = [];
    const counting = await openScene(scene.repository, { from: scene.now(), adapt: countingCalls(calls) });

    expect(await verify(counting)).toMatchObject({ result: "valid", problems: [] });
    expect(trainings(calls)).toEqual([420, 600]);
  });

  it("misses what changed without a trace, and then verify refuses the version", async () => {
    const noisy = { ...programCandidate, validation: false, environment: ["NOISE"] };
    const scene = await churnScene({ spec: { candidates: [noisy] } });
    await scene.land(program);
    const within = (NOISE: string, from: string) =>
      openScene({ ...scene.repository, env: { ...scene.repository.env, NOISE } }, { from });
    await (await within("0", scene.now())).run();
    await scene.merge();
    await scene.land(month(3));
    const later = await within("1", "2026-06-05T00:00:00Z");

    expect(await later.run()).toMatchObject({ decision: "proposed" });
    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    const { result, problems } = await verify(later);
    expect(result).toBe("failed");
    expect(problems.join("\n")).toContain("artifact/model/shares.json");
  });

  it("cannot be left out by a version's own word", async () => {
    const { scene } = await counted([{ ...programCandidate, validation: false, settings: { noise: true } }]);
    await scene.git("switch", "--quiet", "refit--churn");
    await edit(scene, "lineage.json", ({ reproducible: _said, ...rest }: { reproducible: false }) => rest);
    await commit(scene);

    const { result, problems } = await verify(scene);
    expect(result).toBe("failed");
    expect(problems.join("\n")).toContain("artifact/model/shares.json");
  });
});
