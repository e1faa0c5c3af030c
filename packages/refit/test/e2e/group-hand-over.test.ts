import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import type { Flags } from "../../src/commands/command.ts";
import type { HandedOver } from "../../src/runs/train-models.ts";
import { cloneOf, linearFails, plan, refsOf, trainAll, trainJob, withoutTraining } from "./support/candidate-jobs.ts";
import { endsOf, groupBranchOfShop as branch, inGroup, runAll, twoModels, upside } from "./support/group-scene.ts";
import { month, type Scene } from "./support/scene.ts";

const two = { ...inGroup, candidates: [{ learner: "gbdt", trees: 4, leaves: 3 }, { learner: "linear" }] };

/** `refit train` or `refit choose` in a job of its own, which leaves the rest of the world as it is. */
async function handOver(scene: Scene, command: "train" | "choose", flags: Flags = {}, adapt?: Adapt) {
  const job = await cloneOf(scene, adapt);
  const out = path.join(await temporaryFolder(), "handed-over");
  const before = await refsOf(job);
  const told = await job.refit(command, [], { json: true, out, ...flags });
  expect(await refsOf(job)).toBe(before);
  const { models, candidates } = JSON.parse(told.stdout) as HandedOver;
  return { models, candidates: `${out}@${candidates}`, exitCode: told.exitCode };
}
type Adapt = Parameters<typeof cloneOf>[1];

/** Everything that a run of the group leaves: the commit, and what each model remembers. */
const traces = async (scene: Scene) =>
  scene.git("rev-parse", branch, "refit-ledger:models/churn.jsonl", "refit-ledger:models/upside.jsonl");

const withoutUrls = (results: readonly object[]) => results.map((each) => ({ ...each, url: null }));

describe("models of a proposal group that one job trains and another proposes", { timeout: 600_000 }, () => {
  it("have the commits of one job, with a job for all, and with one for each candidate", async () => {
    const scenes = [await twoModels(two), await twoModels(two), await twoModels(two), await twoModels(two)] as const;
    const [plain, trained, chosen, gathered] = scenes;

    for (const [at, land, expected] of [
      ["2026-06-03T00:00:00Z", {}, ["churn proposed", "upside proposed"]],
      // Of one nothing is new, so it stays as it is.
      ["2026-06-09T00:00:00Z", month(3), ["churn proposed", "upside skipped unchanged"]],
    ] as const) {
      for (const scene of scenes) {
        scene.at(at);
        await scene.land(land);
      }
      const one = await cloneOf(plain);
      const outcomes = await runAll(one);
      expect(endsOf(outcomes)).toEqual(expected);

      const { candidates } = await handOver(trained, "train");
      const planned = await plan(chosen);
      const due = endsIn(expected, "proposed");
      expect(planned.models.map(({ model, result }) => `${model} ${result}`)).toEqual(
        ["churn", "upside"].map((model) => `${model} ${due.includes(model) ? "due" : "skipped"}`),
      );
      const folders = await trainAll(chosen, planned);
      const choice = await handOver(chosen, "choose", { candidates: folders });
      for (const [scene, handed, adapt] of [
        [trained, candidates, withoutTraining],
        [chosen, choice.candidates, withoutTraining],
        [gathered, folders, undefined],
      ] as const) {
        const proposer = await cloneOf(scene, adapt);
        const results = await runAll(proposer, [], { candidates: handed });
        expect(withoutUrls(results)).toEqual(withoutUrls(outcomes));
        expect(await traces(proposer)).toBe(await traces(one));
      }
      for (const scene of scenes) {
        await scene.git("fetch", "--quiet", "origin");
        await scene.merge("squash", `origin/${branch}`);
      }
    }
  });

  it("are planned together, and a candidate of one is trained without the other's", async () => {
    const scene = await twoModels(two);
    const planned = await plan(scene, { by: "model" });
    expect(planned.matrix).toEqual({ include: [{ model: "churn upside" }] });

    const job = await cloneOf(scene);
    const out = path.join(await temporaryFolder(), "mine");
    const { stdout, notices } = await job.refit("train", ["upside"], { candidate: ["2"], out });
    expect(stdout).toMatch(/^upside: candidate 2 \(linear\) is in [^\n]*\nto choose, [^\n]*$/);
    expect(notices).toEqual(["Models of the proposal group shop move together, so refit looks at churn, too."]);
    const told = await job.refit("run", ["upside"], { candidates: out });
    expect(told.stdout).toMatch(
      /^upside: skipped: models of the proposal group shop move together, and churn is held back itself, [^]*^churn: skipped: a retrain is due, but no job has handed over a candidate of it;/m,
    );
  });

  it("hold each other: one that has no candidate left, whose data are refused, or that changed between the jobs", async () => {
    const scene = await twoModels(two);
    await scene.land({ "data/upside/4.csv": "customer,day\nc,2026-04-01\n" });
    const refused = await handOver(scene, "train");
    expect(refused.models).toMatchObject([
      { model: "churn", result: "skipped", heldBack: { kind: "group-held", by: "upside", why: "blocked" } },
      { model: "upside", result: "blocked" },
    ]);
    const held = await runAll(await cloneOf(scene, withoutTraining), [], { candidates: refused.candidates });
    expect(endsOf(held)).toEqual(["churn skipped group-held", "upside blocked"]);
    await scene.git("rm", "--quiet", "data/upside/4.csv");
    await scene.land();
    const { candidates } = await handOver(scene, "train");
    const planned = await plan(scene);
    const folders = await trainAll(scene, planned);
    await scene.land(upside(3));

    const late = await runAll(await cloneOf(scene, withoutTraining), [], { candidates });
    expect(endsOf(late)).toEqual(["churn skipped group-held", "upside skipped handed-over"]);
    const { models } = await handOver(scene, "choose", { candidates: folders });
    expect(models).toMatchObject([
      { model: "churn", result: "trained" },
      { model: "upside", result: "skipped", heldBack: { kind: "handed-over", why: "other-inputs" } },
    ]);

    // Who planned a candidate of another state of the world trains nothing.
    const old = planned.matrix.include.find(({ model }) => model === "upside")!;
    expect((await trainJob(scene, old)).models).toMatchObject([{ model: "upside", result: "skipped" }]);

    const failed = await handOver(scene, "train", {}, linearFails);
    expect(failed.models.map(({ result }) => result)).toEqual(["trained", "trained"]);
    await scene.land({ "models/upside/model.yaml": { ...two, data: "upside", candidates: [{ learner: "linear" }] } });
    const oneFails = await handOver(scene, "train", {}, linearFails);
    expect(oneFails).toMatchObject({
      exitCode: 2,
      models: [
        { model: "churn", result: "trained" },
        { model: "upside", result: "failed", error: { code: "learner-diverged" } },
      ],
    });
    const missed = await runAll(await cloneOf(scene, withoutTraining), [], { candidates: oneFails.candidates });
    expect(endsOf(missed)).toEqual(["churn skipped group-held", "upside skipped handed-over"]);

    expect(await scene.git("ls-remote", "origin", "refs/heads/refit-group--*")).toBe("");
  });
});

const endsIn = (ends: readonly string[], word: string) =>
  ends.filter((end) => end.endsWith(word)).map((end) => end.split(" ")[0]);
