import type { Diagnosis } from "../../../../ports/diagnosis.ts";
import { checkName } from "../check.ts";

interface Step {
  readonly uses?: unknown;
  readonly run?: unknown;
  readonly with?: Readonly<Record<string, unknown>> | null;
}

interface Job {
  /** Shown in place of its key; with a matrix, or a workflow that it calls, more is added. */
  readonly name?: unknown;
  readonly strategy?: unknown;
  readonly uses?: unknown;
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job | null>> | null;
}

/**
 * What will bite in the workflows that start refit.
 *
 * @param files parsed YAML by path; other files are left alone.
 */
export function diagnoseWorkflows(files: ReadonlyMap<string, unknown>): Diagnosis[] {
  return [...files].flatMap(([path, parsed]) => {
    const workflow = (parsed ?? {}) as Workflow;
    const all = Object.entries(workflow.jobs ?? {});
    const jobs = all.filter(([, job]) => commandsOf(job).length > 0);
    const namesakes = all.filter(([key, job]) => shownName(key, job) === checkName(null));
    if (jobs.length === 0) return namesakes.map(([key]) => sameName(path, key));
    return [
      ...namesakes.map(([key]) => sameName(path, key)),
      ...diagnoseTriggers(path, workflow.on),
      ...jobs.flatMap(([name, job]) => diagnoseJob(path, workflow, name, job!)),
    ];
  });
}

/** `null`: more than the name is shown. */
function shownName(key: string, job: Job | null): string | null {
  const { name = key, strategy, uses } = job ?? {};
  return strategy === undefined && uses === undefined ? String(name) : null;
}

/** A job is a check, too, by its name, and one that decides to do nothing passes. */
function sameName(path: string, key: string): Diagnosis {
  const name = checkName(null);
  return {
    severity: "warning",
    what: `${path}, job ${key}: GitHub shows a job as a check of its name, and "${name}" is the check that refit posts. Where that is required, the job could pass in its place.`,
    fix: `Give the job another name, such as \`run\`.`,
  };
}

function diagnoseTriggers(path: string, on: unknown): Diagnosis[] {
  const found: Diagnosis[] = [];
  const events = eventsOf(on);
  if ("pull_request_target" in events) {
    found.push({
      severity: "error",
      what: `${path}: pull_request_target runs code from forks with a write token.`,
      fix: "Use `pull_request`; `refit verify` needs no secret.",
    });
  }
  const schedule = events["schedule"];
  const crons = (Array.isArray(schedule) ? schedule : []).map((entry: { cron?: unknown }) => String(entry?.cron ?? ""));
  for (const cron of crons.filter((each) => /^0\s/.test(each))) {
    found.push({
      severity: "warning",
      what: `${path}: the cron "${cron}" starts at a full hour, when GitHub is busy and delays or drops runs.`,
      fix: `Use another minute, such as "${cron.replace(/^0/, "17")}".`,
    });
  }
  return found;
}

function eventsOf(on: unknown): Readonly<Record<string, unknown>> {
  if (typeof on === "string") return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((event) => [String(event), null]));
  return (on ?? {}) as Readonly<Record<string, unknown>>;
}

function diagnoseJob(path: string, workflow: Workflow, name: string, job: Job): Diagnosis[] {
  const { permissions, steps = [] } = job;
  const where = `${path}, job ${name}`;
  const found = diagnosePermissions(where, permissions ?? workflow.permissions, job);
  if (permissions === undefined && workflow.permissions === undefined) {
    found.push({
      severity: "warning",
      what: `${where}: no \`permissions\`, so the token gets the repository's default permissions.`,
      fix: "Add `permissions: { contents: write, pull-requests: write, checks: write, issues: write }`, or less.",
    });
  }
  const checkout = steps.find(({ uses }) => typeof uses === "string" && uses.startsWith("actions/checkout@"));
  if (checkout !== undefined && String(checkout.with?.["fetch-depth"]) !== "0") {
    found.push({
      severity: "error",
      what: `${where}: actions/checkout fetches only one commit, but refit reads versions from the whole history.`,
      fix: "Add `with: { fetch-depth: 0 }` to that step.",
    });
  }
  return found;
}

/** Whether a workflow, as parsed, listens to merge queues. */
export function answersQueue(parsed: unknown): boolean {
  return "merge_group" in eventsOf(((parsed ?? {}) as Workflow).on);
}

/** Whether a workflow, as parsed, starts when the text of an issue changes. */
export function answersTicks(parsed: unknown): boolean {
  const events = eventsOf(((parsed ?? {}) as Workflow).on);
  const { types } = (events["issues"] ?? {}) as { readonly types?: unknown };
  return "issues" in events && (types === undefined || [types].flat().includes("edited"));
}

/** Jobs of a workflow, as parsed, that let refit do one of these and do not have a permission, as far as it can be told. */
export function jobsLacking(parsed: unknown, area: string, commands: readonly string[]): string[] {
  const { jobs, permissions } = (parsed ?? {}) as Workflow;
  return Object.entries(jobs ?? {}).flatMap(([name, job]) => {
    const isMeant = commandsOf(job).some((command) => command !== null && commands.includes(command));
    const granted = isMeant ? grantedTo(job!, job!.permissions ?? permissions) : null;
    return granted === null || granted[area] === "write" ? [] : [name];
  });
}

/** Whether a workflow, as parsed, starts refit. */
export function startsRefit(parsed: unknown): boolean {
  const { jobs } = (parsed ?? {}) as Workflow;
  return Object.values(jobs ?? {}).some((job) => commandsOf(job).length > 0);
}

/** What a job lets refit do, by the action or by the command in a script; `null`: decided when it runs. */
function commandsOf(job: Job | null): (string | null)[] {
  return (job?.steps ?? []).flatMap(({ uses, run, with: inputs }) => {
    if (/\/refit(\/[^@]*)?@/.test(String(uses ?? ""))) {
      const command = String(inputs?.["command"] ?? "auto");
      return [command.includes("${{") ? null : command];
    }
    const words = [
      ...String(run ?? "").matchAll(/(?:^|[\s;&|])refit\s+(run|train|verify|promote|rollback|dashboard)\b/gm),
    ];
    return words.map(([, command]) => command!);
  });
}

const proposing = ["contents", "pull-requests"];
/** Without these a command cannot do its work. */
const needs: Readonly<Record<string, readonly string[]>> = {
  auto: proposing,
  run: proposing,
  rollback: proposing,
  promote: ["contents"],
};
/** Without these a part of it is only told in the job summary. */
const wants: Readonly<Record<string, readonly string[]>> = {
  auto: ["checks", "issues"],
  run: ["checks", "issues"],
  rollback: ["checks"],
  verify: ["checks"],
  promote: ["issues"],
};

/** What the workflow's own token may do; `null`: all that can be asked for, or another token is used, of which that stands elsewhere. */
function grantedTo(job: Job, permissions: unknown): Readonly<Record<string, unknown>> | null {
  const ownToken = (job.steps ?? []).every((step) => {
    const token = step.with?.["github-token"];
    return token === undefined || /github\.token|secrets\.GITHUB_TOKEN/.test(String(token));
  });
  if (permissions === undefined || permissions === "write-all" || !ownToken) return null;
  return typeof permissions === "object" && permissions !== null ? (permissions as Record<string, unknown>) : {};
}

function diagnosePermissions(where: string, permissions: unknown, job: Job): Diagnosis[] {
  const granted = grantedTo(job, permissions);
  if (granted === null) return [];
  const commands = commandsOf(job).filter((command) => command !== null);
  const lacking = (table: typeof needs) =>
    [...new Set(commands.flatMap((command) => table[command] ?? []))].filter((area) => granted[area] !== "write");
  const told = (severity: Diagnosis["severity"], areas: readonly string[], what: string): Diagnosis[] => {
    const list = areas.map((area) => `${area}: write`).join(", ");
    if (areas.length === 0) return [];
    return [{ severity, what: `${where}: ${what} without ${list}.`, fix: `Add \`${list}\` to its \`permissions\`.` }];
  };
  return [
    ...told("error", lacking(needs), "refit cannot do its work"),
    ...told("warning", lacking(wants), "checks and alerts are shown in the job summary only"),
  ];
}
