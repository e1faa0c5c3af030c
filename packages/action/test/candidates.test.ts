import { appendFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, type JobEnd } from "@refit/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { results, runTemplate } from "./support/run-template.ts";
import { createStage, openStage, schedule, type Stage } from "./support/stage.ts";

const spec = {
  candidates: [
    { learner: "gbdt", trees: 5, leaves: 4 },
    { learner: "linear" },
    { learner: "gbdt", trees: 20, leaves: 4 },
  ],
};

/** Outputs of the step of a job that is ours. */
const outputsOf = (jobs: readonly JobEnd[], job: string) =>
  jobs.find(({ name }) => name.startsWith(job))?.steps.find(({ outputs }) => "decision" in outputs)?.outputs ?? {};
const logOf = (jobs: readonly JobEnd[], job: string) =>
  jobs
    .filter(({ name }) => name.startsWith(job))
    .flatMap(({ steps }) => steps.map(({ log }) => log))
    .join("\n");
/** Without what a matrix says of its jobs. */
const briefly = (jobs: readonly JobEnd[]) => results(jobs).map((each) => each.replace(/ \(.*\)/, ""));

/** Runs the workflow. @param between what happens to the artifacts after the job with this name. @returns the jobs, and the calls that write by job */
async function run(stage: Stage, runId: number, between: Between = {}) {
  const artifacts = await temporaryFolder();
  const writes: string[] = [];
  stage.writes();
  const jobs = await runTemplate(stage, "candidates", schedule, runId, {
    artifacts,
    async afterJob({ name }) {
      writes.push(...stage.writes().map((call) => `${name.split(" ")[0]}: ${call}`));
      await between[name.split(" ")[0]!]?.(artifacts);
    },
  });
  return { jobs, writes };
}
type Between = Readonly<Record<string, (artifacts: string) => Promise<unknown>>>;

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

it("trains each candidate and chooses without a token that can write, and proposes the very tree that one job proposes", async () => {
  const stage = await openStage({ isPrivate: true, spec });
  const refused: number[] = [];
  // What training code could try with the token of its job.
  const attack = async () => refused.push((await post(stage, "git/refs")).status);
  const { jobs, writes } = await run(stage, 1, { train: attack, choose: attack });

  expect(refused).toEqual([403, 403, 403, 403]);
  expect(briefly(jobs)).toEqual([
    "plan: success",
    "promote: success",
    "verify: skipped",
    "train: success",
    "train: success",
    "train: success",
    "choose: success",
    "propose: success",
  ]);
  expect(outputsOf(jobs, "plan")).toMatchObject({ decision: "planned", any: "true", models: '["churn"]' });
  expect(writes.filter((call) => !call.startsWith("propose: ")).filter((call) => !call.includes("git/refs"))).toEqual(
    [],
  );
  expect(logOf(jobs, "propose")).not.toContain("Training");
  expect(outputsOf(jobs, "propose")).toMatchObject({ decision: "proposed", "pull-request-number": "1" });

  const plain = await openStage({ spec });
  await plain.act(schedule, { inputs: { command: "run" } });
  expect(await treeOf(stage, "refit--churn")).toBe(await treeOf(plain, "refit--churn"));

  await stage.hub.person.merge(1);
  const quiet = await run(stage, 2);
  expect(briefly(quiet.jobs)).toEqual([
    "plan: success",
    "promote: success",
    "verify: skipped",
    "train: skipped",
    "choose: success",
    "propose: success",
  ]);
  expect(outputsOf(quiet.jobs, "plan")).toMatchObject({ decision: "skipped", any: "false" });
  expect(outputsOf(quiet.jobs, "propose")).toMatchObject({ decision: "skipped" });
}, 600_000);

it("proposes without the candidates whose folders are missing or damaged, and names them", async () => {
  const stage = await openStage({ isPrivate: true, spec });
  let trained = 0;
  const { jobs } = await run(stage, 1, {
    async train(artifacts) {
      trained++;
      if (trained === 1) await rm(path.join(artifacts, "candidates-0"), { recursive: true });
      if (trained !== 3) return;
      const [name] = await readdir(path.join(artifacts, "candidates-2"));
      await appendFile(path.join(artifacts, "candidates-2", name!, "candidate.json"), " ");
    },
  });

  expect(logOf(jobs, "choose")).toContain("candidates-altered");
  expect(outputsOf(jobs, "propose")).toMatchObject({ decision: "proposed" });
  const summary = jobs.at(-1)!.steps.at(-1)!.summary;
  expect(summary.match(/No folder for it was handed over/g)).toHaveLength(2);
}, 600_000);

describe("inputs that name no candidates", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await createStage();
  });
  afterAll(() => stage.close());

  it.each([
    ["run", "candidates@", "`candidates` must be FOLDER@DIGEST"],
    ["run", "candidates", "`candidates` must be FOLDER@DIGEST"],
    ["train", "", "needs `candidates`, the folder"],
    ["plan", "x@", "`candidates` must be FOLDER@DIGEST"],
    ["train", "candidates@", "The digests behind `@` are missing"],
    ["choose", "", "needs `candidates`, the folder with what the other jobs trained"],
    [
      "choose",
      `candidates@sha256:${"0".repeat(64)}`,
      "needs `candidates`, the folder with what the other jobs trained",
    ],
  ])("%s with %j is a mistake", async (command, candidates, said) => {
    const end = await stage.act(schedule, { inputs: { command, candidates } });

    expect(end).toMatchObject({ exitCode: 1, outputs: { decision: "failed", candidates: "", matrix: "", any: "" } });
    expect(end.log).toContain(said);
    expect(stage.writes()).toEqual([]);
  });
});
