import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, type JobEnd } from "@refit/testkit";
import { expect, it } from "vitest";
import { churnCsv, churnManifest, churnSpec } from "../../refit/test/e2e/support/churn.ts";
import { results, runTemplate } from "./support/run-template.ts";
import { month, openStage, schedule, type Stage } from "./support/stage.ts";

/** Outputs of the step of a job that is ours. */
const outputsOf = (jobs: readonly JobEnd[], job: string) =>
  jobs.find(({ name }) => name === job)?.steps.find(({ outputs }) => "decision" in outputs)?.outputs ?? {};
const logOf = (jobs: readonly JobEnd[], job: string) =>
  jobs
    .find(({ name }) => name === job)
    ?.steps.map(({ log }) => log)
    .join("\n") ?? "";

/** Runs it, and tells which calls that write each job made. */
async function run(stage: Stage, runId: number, event = schedule, between?: (artifacts: string) => Promise<unknown>) {
  const artifacts = await temporaryFolder();
  const writes: Record<string, string[]> = {};
  stage.writes();
  const jobs = await runTemplate(stage, "hardened", event, runId, {
    artifacts,
    async afterJob({ name }) {
      writes[name] = stage.writes();
      if (name === "train") await between?.(path.join(artifacts, "candidates"));
      stage.writes();
    },
  });
  return { jobs, writes };
}

const dataOfUpside = (months: readonly number[]) =>
  Object.fromEntries(
    months.map((number) => [
      `data/upside/${number}.csv`,
      churnCsv({ rows: 300, from: `2026-0${number}-01`, seed: number + 20 }),
    ]),
  );

const post = ({ hub }: Stage, area: string) =>
  fetch(`${hub.apiUrl}/repos/octo/demo/${area}`, {
    method: "POST",
    headers: { authorization: `Bearer ${hub.tokens.bot}`, "content-type": "application/json" },
    body: "{}",
  });

const treeOf = async ({ git }: Stage, branch: string) => {
  await git("fetch", "--quiet", "origin");
  return git("rev-parse", `origin/${branch}^{tree}`);
};

/** What the two jobs do, without the workflow around them. */
async function trainAndPropose(stage: Stage, between: (candidates: string) => Promise<unknown> = async () => {}) {
  const folder = path.join(await temporaryFolder(), "candidates");
  stage.writes();
  const trained = await stage.act(schedule, { inputs: { command: "train", candidates: folder } });
  expect(trained.exitCode).toBe(0);
  expect(stage.writes()).toEqual([]);
  await between(folder);
  stage.writes();
  const candidates = `${folder}@${trained.outputs["candidates"]}`;
  return { trained, proposed: await stage.act(schedule, { inputs: { command: "run", candidates } }) };
}

it("trains without a token that can write, proposes the very tree that one job proposes, verifies, promotes, and is quiet", async () => {
  const stage = await openStage({ isPrivate: true });
  const refused: number[] = [];
  const { jobs, writes } = await run(stage, 1, schedule, async () => {
    // What training code could try with the token of its job.
    for (const area of ["git/refs", "issues", "deployments"]) refused.push((await post(stage, area)).status);
  });

  expect(refused).toEqual([403, 403, 403]);
  expect(results(jobs)).toEqual(["train: success", "promote: success", "verify: skipped", "propose: success"]);
  expect(jobs[0]?.outputs["candidates"]).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(logOf(jobs, "train")).toContain("Training gbdt");
  expect(writes["train"]).toEqual([]);
  expect(outputsOf(jobs, "propose")).toMatchObject({
    decision: "proposed",
    "pull-request-number": "1",
    candidates: "",
  });
  expect(logOf(jobs, "propose")).not.toContain("Training");
  expect(stage.hub.unknownRoutes).toEqual([]);

  const plain = await openStage({ live: true });
  expect(await treeOf(stage, "refit--churn")).toBe(await treeOf(plain, "main"));

  const again = await run(stage, 5);
  expect(results(again.jobs)).toEqual(["train: success", "promote: success", "verify: skipped", "propose: success"]);
  expect(Object.values(again.writes).flat()).toEqual([]);

  const verified = await run(stage, 2, await stage.newest("pull_request", "opened"));
  expect(results(verified.jobs)).toEqual(["train: skipped", "promote: skipped", "verify: success", "propose: skipped"]);
  expect(outputsOf(verified.jobs, "verify")).toMatchObject({ decision: "valid" });
  await stage.hub.person.merge(1);
  const merged = await run(stage, 3, await stage.newest("push"));
  expect(outputsOf(merged.jobs, "promote")).toMatchObject({ decision: "promoted" });
  expect(outputsOf(merged.jobs, "propose")).toMatchObject({ decision: "skipped" });

  const quiet = await run(stage, 4);
  expect(outputsOf(quiet.jobs, "train")).toMatchObject({ decision: "skipped" });
  expect(outputsOf(quiet.jobs, "propose")).toMatchObject({ decision: "skipped" });
  expect(Object.values(quiet.writes).flat()).toEqual([]);
}, 360_000);

it("trains the models of a proposal group without a token that can write, and proposes the very tree that one job proposes", async () => {
  const spec = { candidates: [{ learner: "linear" }], proposalGroup: "shop" };
  const withUpside = async () => {
    const stage = await openStage({ isPrivate: true, spec });
    await stage.land({
      "models/upside/model.yaml": {
        ...churnSpec,
        retrain: { ...churnSpec.retrain, cooldownHours: 0 },
        ...spec,
        data: "upside",
      },
      "data-manifests/upside.yaml": { ...churnManifest, sources: [{ path: "data/upside/*.csv" }] },
      ...dataOfUpside([1, 2]),
    });
    return stage;
  };
  const [stage, plain] = [await withUpside(), await withUpside()];

  const { jobs, writes } = await run(stage, 1);
  expect(results(jobs)).toEqual(["train: success", "promote: success", "verify: skipped", "propose: success"]);
  expect(writes["train"]).toEqual([]);
  expect(logOf(jobs, "train")).toContain("upside: Training the challenger");
  expect(logOf(jobs, "propose")).not.toContain("Training");
  const pulls = () => stage.hub.rows.issues.flatMap(({ pull }) => (pull === null ? [] : [pull.headRef]));
  expect(pulls()).toEqual(["refit-group--shop"]);
  await plain.act(schedule, { inputs: { command: "run" } });
  expect(await treeOf(stage, "refit-group--shop")).toBe(await treeOf(plain, "refit-group--shop"));

  // Data of one only: the other stays as it is, and both come from one job.
  await stage.hub.person.merge(1);
  const promoted = await run(stage, 2, await stage.newest("push"));
  expect(outputsOf(promoted.jobs, "promote")).toMatchObject({ decision: "promoted" });
  await stage.land(dataOfUpside([3]));
  const again = await run(stage, 3);
  expect(again.writes["train"]).toEqual([]);
  expect(results(again.jobs)).toEqual(["train: success", "promote: success", "verify: skipped", "propose: success"]);
  expect(pulls()).toEqual(["refit-group--shop", "refit-group--shop"]);
  const changed = async () => {
    await stage.git("fetch", "--quiet", "origin");
    return stage.git("diff", "--name-only", "origin/main...origin/refit-group--shop", "--", "models/churn");
  };
  expect(await changed()).toBe("");
}, 360_000);

it("refuses a folder in which somebody changed one byte, before it loads it", async () => {
  const stage = await openStage({ isPrivate: true });

  const { proposed } = await trainAndPropose(stage, (folder) => appendFile(`${folder}/churn/model.json`, " "));

  expect(proposed.exitCode).toBe(1);
  expect(proposed.log).toMatch(/::error::.*are not the ones that the training job wrote.*\(candidates-altered\)/);
  expect(stage.writes()).toEqual([]);
});

it("refuses a file in the folder that is none of an artifact", async () => {
  const stage = await openStage({ isPrivate: true });

  const { proposed } = await trainAndPropose(stage, (folder) => writeFile(`${folder}/churn/.hidden`, ""));

  expect(proposed.log).toContain("candidates-invalid");
  expect(stage.writes()).toEqual([]);
});

it("proposes nothing when new data came between the two jobs, says so, and does better the next time", async () => {
  const stage = await openStage({ isPrivate: true });

  const { proposed } = await trainAndPropose(stage, () => stage.land(month(3)));
  expect(proposed.outputs).toMatchObject({ decision: "skipped", "pull-request-number": "" });
  expect(proposed.summary).toContain("changed after the training job");

  const next = await trainAndPropose(stage);
  expect(next.proposed.outputs).toMatchObject({ decision: "proposed" });
});

it("does not train again what only could not be shown", async () => {
  const stage = await openStage({ isPrivate: true });
  stage.hub.set({ actionsMayOpenPulls: false });
  const first = await trainAndPropose(stage);
  expect(first.proposed.exitCode).toBe(1);
  expect(first.proposed.log).toContain("pull-requests-off");
  stage.hub.set({ actionsMayOpenPulls: true });

  const { trained, proposed } = await trainAndPropose(stage);

  expect(trained.outputs).toMatchObject({ decision: "unfinished" });
  expect(trained.log).not.toContain("Training gbdt");
  expect(proposed.outputs).toMatchObject({ decision: "proposed", "pull-request-number": "1" });
});

it("raises the alert about refused data from the job that may write", async () => {
  const stage = await openStage({ isPrivate: true });
  await stage.land({ "data/churn/2026-03.csv": "customer,day\nc,2026-03-01\n" });

  const { jobs, writes } = await run(stage, 1);

  expect(results(jobs)).toEqual(["train: success", "promote: success", "verify: skipped", "propose: failure"]);
  expect(outputsOf(jobs, "train")).toMatchObject({ decision: "blocked" });
  expect(writes["train"]).toEqual([]);
  expect(outputsOf(jobs, "propose")).toMatchObject({ decision: "blocked" });
  expect(writes["propose"]?.join("\n")).toMatch(/POST \S+\/issues 201/);
});
