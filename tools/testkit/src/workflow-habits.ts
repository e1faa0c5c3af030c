import { parse } from "yaml";

interface Job {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on?: Readonly<Record<string, unknown>> | string | readonly string[];
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** What no linter says about our workflows, as lines. */
export function workflowHabits(text: string): string[] {
  const workflow = parse(text) as Workflow;
  const { on = {}, jobs = {} } = workflow;
  const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on);
  const found: string[] = [];
  if (events.includes("pull_request_target")) found.push("pull_request_target is used");
  if (/cron:\s*["']?0 /.test(text)) found.push("a cron fires at a full hour");
  for (const [name, job] of Object.entries(jobs)) {
    if (job.permissions === undefined && workflow.permissions === undefined) found.push(`job ${name}: no permissions`);
    if (job["timeout-minutes"] === undefined) found.push(`job ${name}: no timeout-minutes`);
    if (job.concurrency === undefined && workflow.concurrency === undefined) {
      found.push(`job ${name}: no concurrency group`);
    }
    if (Object.values(workflow.permissions ?? {}).includes("write")) found.push("all jobs may write");
    if ([job.permissions, workflow.permissions].some((granted) => typeof granted === "string")) {
      found.push(`job ${name}: permissions are not named one by one`);
    }
    found.push(...(job.steps ?? []).flatMap((step) => stepHabits(name, step, text)));
    if (usesRefit(job) && !hasWholeHistory(job)) found.push(`job ${name}: refit without \`fetch-depth: 0\``);
  }
  return found;
}

function stepHabits(job: string, { uses, run = "", with: input }: Step, text: string): string[] {
  const found: string[] = [];
  if (uses?.startsWith("actions/checkout@") && input?.["persist-credentials"] !== false) {
    found.push(`job ${job}: actions/checkout leaves the token in the workspace`);
  }
  if (uses !== undefined && !isPinned(uses, text))
    found.push(`${uses} is not pinned to a commit, with its tag behind it`);
  // What stands in an expression becomes part of the script, also when it is the title of a stranger's pull request.
  if (run.includes("${{")) found.push(`job ${job}: an expression inside of \`run\`; hand it over by \`env\``);
  return found;
}

/** Ours is named as the reader wants it; in this repository, by its folder. */
function isPinned(uses: string, text: string): boolean {
  if (uses.startsWith("./") || /\/refit@/.test(uses)) return true;
  return /@[0-9a-f]{40}$/.test(uses) && new RegExp(`uses: ${uses} # v\\d+\\.\\d+\\.\\d+\\n`).test(text);
}

const usesRefit = ({ steps = [] }: Job) => steps.some(({ uses = "" }) => /^\.\/$|\/refit@/.test(uses));

function hasWholeHistory({ steps = [] }: Job): boolean {
  return steps.some(
    ({ uses = "", with: input }) => uses.startsWith("actions/checkout@") && input?.["fetch-depth"] === 0,
  );
}
