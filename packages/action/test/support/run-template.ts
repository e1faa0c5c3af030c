import { runWorkflow, temporaryFolder, type JobEnd, type RunEvent, type WorkflowOptions } from "@refit/testkit";
import { workflowFiles } from "../../../refit/src/adapters/forges/github/pipelines/workflows.ts";
import type { Stage } from "./stage.ts";

/** What a workflow is run in. */
type World = Pick<Stage, "hub" | "action" | "toolCache">;

type Options = Partial<Pick<WorkflowOptions, "afterJob" | "env" | "inputs">> & {
  readonly artifacts?: string;
  readonly dashboard?: boolean;
  /** Kinds of action by their name in the workflow, besides ours. */
  readonly actions?: Readonly<Record<string, string>>;
};

/** Runs the workflow that `init` writes, as an event would. */
export function runTemplate(
  stage: World,
  kind: string,
  event: RunEvent,
  runId: number,
  options: Options = {},
): Promise<JobEnd[]> {
  const request = {
    kind,
    action: "OWNER/refit@v1",
    baseBranch: "main",
    dataPaths: ["data/**"],
    packageManager: "npm" as const,
    attests: false,
    name: "churn",
    dashboard: options.dashboard ?? false,
  };
  const [workflow = ""] = workflowFiles(request).values();
  return runText(stage, workflow, event, runId, options);
}

/** Runs a workflow file with the built action in place of `OWNER/refit` and `./`. */
export async function runText(
  stage: World,
  workflow: string,
  event: RunEvent,
  runId: number,
  { artifacts, env, dashboard: _dashboard, ...more }: Options = {},
): Promise<JobEnd[]> {
  return runWorkflow({
    hub: stage.hub,
    workflow,
    event,
    runId,
    token: stage.hub.tokens.bot,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    toolCache: stage.toolCache,
    standIns: {
      actions: { "OWNER/refit": stage.action, "./": stage.action },
      artifacts: artifacts ?? (await temporaryFolder()),
    },
    ...more,
  });
}

export const results = (jobs: readonly JobEnd[]) => jobs.map(({ name, result }) => `${name}: ${result}`);
