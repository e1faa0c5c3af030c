import path from "node:path";
import { runWorkflow, temporaryFolder, type JobEnd, type RunEvent } from "@refit/testkit";
import { expect, it } from "vitest";
import { workflowFiles, type WorkflowKind } from "../../refit/src/init/workflows.ts";
import { openStage, repositoryRoot, schedule, type Stage } from "./support/stage.ts";

/** Lands the workflow that `init` writes, and runs it as an event would. */
async function run(stage: Stage, kind: WorkflowKind, event: RunEvent, runId: number): Promise<JobEnd[]> {
  const request = { kind, action: "OWNER/refit@v1", baseBranch: "main", dataPaths: ["data/**"], minute: 17 };
  const [workflow = ""] = workflowFiles(request).values();
  return runWorkflow({
    hub: stage.hub,
    workflow,
    event,
    runId,
    token: stage.hub.tokens.bot,
    env: { PATH: process.env["PATH"] ?? "" },
    toolCache: path.join(repositoryRoot, "node_modules/.cache/refit/tool-cache"),
    standIns: { actions: { "OWNER/refit": stage.action }, artifacts: await temporaryFolder() },
  });
}

const results = (jobs: readonly JobEnd[]) => jobs.map(({ name, result }) => `${name}: ${result}`);

it("simple: proposes on a schedule, verifies the pull request, promotes its merge, with the permissions it names", async () => {
  const stage = await openStage();

  const first = await run(stage, "simple", schedule, 1);
  expect(first[0]?.steps.at(-1)?.outputs).toMatchObject({ decision: "proposed", "pull-request-number": "1" });
  const verified = await run(stage, "simple", await stage.newest("pull_request", "opened"), 2);
  expect(verified[0]?.steps.at(-1)?.outputs).toMatchObject({ decision: "valid" });
  await stage.hub.person.merge(1);
  const promoted = await run(stage, "simple", await stage.newest("push"), 3);
  expect(promoted[0]?.steps.at(-1)?.outputs).toMatchObject({ decision: "promoted" });
  expect(stage.hub.unknownRoutes).toEqual([]);
});

it("matrix: each model in a job of its own, none on a pull request", async () => {
  const stage = await openStage();

  const jobs = await run(stage, "matrix", schedule, 1);
  expect(results(jobs)).toEqual(["plan: success", "run (churn): success"]);
  expect(jobs[1]?.steps.at(-1)?.outputs).toMatchObject({ decision: "proposed" });
  const verified = await run(stage, "matrix", await stage.newest("pull_request", "opened"), 2);
  expect(results(verified)).toEqual(["plan: success", "run: skipped"]);
});

it("a job without the permission to open pull requests fails and names it", async () => {
  const stage = await openStage();
  stage.hub.permit(stage.hub.tokens.bot, { contents: "write" });

  const end = await stage.act(schedule);

  expect(end.exitCode).toBe(1);
  expect(end.log).toContain("pull-requests: write");
});
