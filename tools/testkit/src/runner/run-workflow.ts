import type { Area, Hub, Level } from "../hub/index.ts";
import { interpolate, isWanted, resolve, type Contexts, type Status } from "./expressions.ts";
import { bootMachine, type Machine, type MachineOptions } from "./machine.ts";
import { runUses, type StandIns } from "./run-uses.ts";
import { runStep, type StepEnd } from "./step.ts";
import { combinations, jobsInOrder, needsOf, parseWorkflow, type JobSpec, type WorkflowSpec } from "./workflow-file.ts";

export interface WorkflowOptions extends MachineOptions {
  readonly hub: Hub;
  /** The workflow file's text. */
  readonly workflow: string;
  /** `github.token` of every job. The job's `permissions` are what it may do. */
  readonly token: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly standIns: StandIns;
  /** What happens in the world before the next job starts. */
  readonly afterJob?: (end: JobEnd) => Promise<void>;
}

export interface JobEnd {
  /** `retrain`, or `retrain (churn)` in a matrix. */
  readonly name: string;
  readonly result: "success" | "failure" | "skipped";
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepEnd[];
}

/** Runs a workflow's jobs one after the other on this machine. Knows what our workflows use and fails on the rest. */
export async function runWorkflow(options: WorkflowOptions): Promise<JobEnd[]> {
  const spec = parseWorkflow(options.workflow);
  const ends: JobEnd[] = [];
  const needs = new Map<string, { result: string; outputs: Readonly<Record<string, string>> }>();
  for (const name of jobsInOrder(spec.jobs)) {
    const job = spec.jobs[name]!;
    const known = Object.fromEntries(needsOf(job).map((need) => [need, needs.get(need)!]));
    const contexts = contextsOf(options, { needs: known });
    const status = Object.values(known).every(({ result }) => result === "success") ? "success" : "failure";
    const wanted = isWanted(job.if, contexts, status);
    const rows = wanted ? combinations(resolve(job.strategy?.matrix, contexts)) : [];
    const runs: JobEnd[] = [];
    for (const [i, matrix] of rows.entries()) {
      const strategy = { "job-index": i, "job-total": rows.length };
      const end = await runJob(options, spec, name, { ...contexts, matrix, strategy });
      runs.push(end);
      await options.afterJob?.(end);
    }
    if (!wanted) runs.push({ name, result: "skipped", outputs: {}, steps: [] });
    ends.push(...runs);
    const result = runs.find((run) => run.result === "failure")?.result ?? runs[0]?.result ?? "skipped";
    needs.set(name, { result, outputs: runs.at(-1)?.outputs ?? {} });
  }
  return ends;
}

function contextsOf({ hub, event, token, inputs = {}, secrets = {} }: WorkflowOptions, more: Contexts): Contexts {
  const ref = event.ref ?? "refs/heads/main";
  return {
    github: {
      token,
      ref,
      event: event.payload,
      event_name: event.name,
      ref_name: ref.replace(/^refs\/heads\//, ""),
      repository: `${hub.owner}/${hub.repo}`,
      head_ref: event.headRef ?? "",
      base_ref: event.baseRef ?? "",
      actor: "ada",
    },
    inputs,
    secrets,
    vars: {},
    env: {},
    steps: {},
    matrix: {},
    ...more,
  };
}

async function runJob(
  options: WorkflowOptions,
  workflow: WorkflowSpec,
  name: string,
  contexts: Contexts,
): Promise<JobEnd> {
  const job = workflow.jobs[name]!;
  options.hub.permit(options.token, permissionsOf(job.permissions ?? workflow.permissions));
  const machine = await bootMachine(options);
  const ends: StepEnd[] = [];
  const steps: Record<string, { outputs: Readonly<Record<string, string>>; outcome: string }> = {};
  let status: Status = "success";
  let env: Record<string, string> = {};
  try {
    for (const step of job.steps) {
      const known = { ...contexts, steps, env, runner: { temp: machine.temp, os: "Linux", arch: "X64" } };
      if (!isWanted(step.if, known, status)) continue;
      const end = await runOne(options, machine, {
        uses: step.uses,
        run: step.run === undefined ? undefined : interpolate(step.run, known),
        inputs: texts(step.with, known),
        env: { ...texts(workflow.env, known), ...texts(job.env, known), ...env, ...texts(step.env, known) },
      });
      ends.push(end);
      env = { ...env, ...end.env };
      const failed = end.exitCode !== 0;
      if (step.id !== undefined) steps[step.id] = { outputs: end.outputs, outcome: failed ? "failure" : "success" };
      if (failed && step["continue-on-error"] !== true) status = "failure";
    }
    const values = Object.values(contexts["matrix"] ?? {}).map(String);
    return {
      name: values.length === 0 ? name : `${name} (${values.join(", ")})`,
      result: status,
      outputs: texts(job.outputs, { ...contexts, steps }),
      steps: ends,
    };
  } finally {
    await machine.dispose();
  }
}

/** A step whose expressions have been evaluated. */
interface ResolvedStep {
  readonly uses: string | undefined;
  readonly run: string | undefined;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

function runOne(
  options: WorkflowOptions,
  machine: Machine,
  { uses, run, inputs, env }: ResolvedStep,
): Promise<StepEnd> {
  if (run !== undefined) return runStep(machine, ["bash", "-e", "-o", "pipefail", "-c", run], { env });
  if (uses === undefined) throw new Error("A step has neither `run` nor `uses`");
  const { hub, standIns, token } = options;
  return runUses({ hub, standIns, token, machine, uses, inputs, env });
}

function texts(values: Readonly<Record<string, unknown>> = {}, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, interpolate(value, contexts)]));
}

/** As GitHub: what is not named is `none`. */
function permissionsOf(permissions: JobSpec["permissions"]): Partial<Record<Area, Level>> {
  if (permissions === undefined) throw new Error("A job says nothing about its permissions");
  if (typeof permissions === "string") throw new Error(`permissions: ${permissions} is more than a job needs`);
  return Object.fromEntries(
    Object.entries(permissions).map(([area, level]) => [area.replaceAll("-", "_") as Area, level as Level]),
  );
}
