import type { Diagnosis } from "./diagnosis.ts";

interface Step {
  readonly uses?: unknown;
  readonly run?: unknown;
  readonly with?: Readonly<Record<string, unknown>> | null;
}

interface Job {
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
 * @param files parsed YAML by path; what is no workflow is left alone.
 */
export function diagnoseWorkflows(files: ReadonlyMap<string, unknown>): Diagnosis[] {
  return [...files].flatMap(([path, parsed]) => {
    const workflow = (parsed ?? {}) as Workflow;
    const jobs = Object.entries(workflow.jobs ?? {}).filter(([, job]) => startsRefit(job));
    if (jobs.length === 0) return [];
    return [
      ...diagnoseTriggers(path, workflow.on),
      ...jobs.flatMap(([name, job]) => diagnoseJob(path, workflow, name, job!)),
    ];
  });
}

function diagnoseTriggers(path: string, on: unknown): Diagnosis[] {
  const found: Diagnosis[] = [];
  const events = eventsOf(on);
  if ("pull_request_target" in events) {
    found.push({
      severity: "error",
      what: `${path}: pull_request_target runs strangers' code with a write token.`,
      fix: "Use `pull_request`; `refit verify` needs no secret.",
    });
  }
  const schedule = events["schedule"];
  const crons = (Array.isArray(schedule) ? schedule : []).map((entry: { cron?: unknown }) => String(entry?.cron ?? ""));
  for (const cron of crons.filter((each) => /^0\s/.test(each))) {
    found.push({
      severity: "warning",
      what: `${path}: the cron "${cron}" fires at a full hour, when GitHub delays and drops most runs.`,
      fix: `Take another minute, such as "${cron.replace(/^0/, "17")}".`,
    });
  }
  return found;
}

function eventsOf(on: unknown): Readonly<Record<string, unknown>> {
  if (typeof on === "string") return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((event) => [String(event), null]));
  return (on ?? {}) as Readonly<Record<string, unknown>>;
}

function diagnoseJob(path: string, workflow: Workflow, name: string, { permissions, steps = [] }: Job): Diagnosis[] {
  const where = `${path}, job ${name}`;
  const found: Diagnosis[] = [];
  if (permissions === undefined && workflow.permissions === undefined) {
    found.push({
      severity: "warning",
      what: `${where}: no \`permissions\`, so the token may do whatever the repository's default says.`,
      fix: "Add `permissions: { contents: write, pull-requests: write, checks: write, issues: write }`, or less.",
    });
  }
  const checkout = steps.find(({ uses }) => typeof uses === "string" && uses.startsWith("actions/checkout@"));
  if (checkout !== undefined && String(checkout.with?.["fetch-depth"]) !== "0") {
    found.push({
      severity: "error",
      what: `${where}: actions/checkout fetches one commit, and history is the registry.`,
      fix: "Add `with: { fetch-depth: 0 }` to that step.",
    });
  }
  return found;
}

/** By the action, or by the command in a script. */
function startsRefit(job: Job | null): boolean {
  return (job?.steps ?? []).some(
    ({ uses, run }) =>
      /\/refit(\/[^@]*)?@/.test(String(uses ?? "")) ||
      /(^|[\s;&|])refit\s+(run|verify|promote|rollback)\b/m.test(String(run ?? "")),
  );
}

/** @param text of CODEOWNERS; `null`: there is none. */
export function diagnoseOwners(text: string | null): Diagnosis[] {
  const owned = (text ?? "").split("\n").some((line) => /^\s*(\*|\/?models\/?(\*\*?)?(\/.*)?)\s+\S*@/.test(line));
  if (owned) return [];
  return [
    {
      severity: "warning",
      what: "Nobody owns models/, so a proposal may be merged without the people who answer for the model.",
      fix: "Add `/models/ @your-team` to .github/CODEOWNERS, and require their review in the branch's rules.",
    },
  ];
}
