import type { PipelineRequest } from "../../../../ports/pipelines.ts";

const x = (expression: string) => `\${{ ${expression} }}`;

export const askedTrigger = `
  issues: { types: [edited] } # a box that somebody has ticked in the dashboard`;

/** Of all edits of issues: those of the dashboard, by a person. */
const isTick = "contains(github.event.issue.labels.*.name, 'refit-dashboard') && github.event.sender.type == 'User'";
const mayStart = `github.event_name != 'issues' || (${isTick})`;

/** Edits of other issues take no run's place in the queue; a tick waits for earlier ticks, and takes them along where they were dropped. */
export const askedGroup = `github.event_name == 'issues' && (${isTick} && 'asked' || github.run_id) || `;

/** For a job that does all by itself: a line, or nothing. */
export function askedIf({ dashboard = false }: PipelineRequest): string {
  return dashboard ? `    if: ${mayStart}\n` : "";
}

/** What several jobs need to do what a box asks for; without a dashboard, what they are without it. */
export interface AskedParts {
  /** The job that takes the box. */
  readonly job: string;
  /** A line with the jobs that one waits for. */
  readonly needs: (...jobs: readonly string[]) => string;
  /** When the first job after that one runs, and a later one. */
  readonly when: (base: string) => string;
  readonly also: (condition: string) => string;
  /** A line: only after that job. */
  readonly after: (job: string) => string;
  readonly group: (name: string) => string;
  /** Inputs of the action, within braces and as a line. */
  readonly models: string;
  readonly modelsLine: string;
  readonly reason: string;
  /** Lines of the job for each model, and its models. */
  readonly matrixRun: string;
  readonly matrixModels: string;
}

const withoutDashboard: AskedParts = {
  job: "",
  needs: (...jobs) => (jobs.length === 0 ? "" : `    needs: ${jobs.length === 1 ? jobs[0] : `[${jobs.join(", ")}]`}\n`),
  when: (base) => base,
  also: (condition) => condition,
  after: () => "",
  group: (name) => (name.includes("{") ? `"${name}"` : name),
  models: "",
  modelsLine: "",
  reason: x("inputs.reason"),
  matrixRun: `    needs: [plan, promote] # what was merged is promoted first
    if: needs.plan.outputs.models != '[]'
`,
  matrixModels: x("fromJSON(needs.plan.outputs.models)"),
};

/** @param checkout the step. */
export function askedParts(request: PipelineRequest, checkout: string): AskedParts {
  if (request.dashboard !== true) return withoutDashboard;
  const { needs } = withoutDashboard;
  const names = x("needs.asked.outputs.models");
  return {
    job: askedJob(request, checkout),
    needs: (...jobs) => needs("asked", ...jobs),
    // A job that another one is skipped for is skipped, too, unless it says when it runs.
    when: (base) =>
      x(`!cancelled() && ${base} && (github.event_name != 'issues' || needs.asked.outputs.any == 'true')`),
    also: (condition) => x(`!cancelled() && ${condition}`),
    after: (job) => `    if: ${x(`!cancelled() && needs.${job}.result == 'success'`)}\n`,
    // The box is cleared by then: no other run may take the place of this one.
    group: (name) => `"${name}${x("github.event_name == 'issues' && github.run_id || ''")}"`,
    models: `models: '${names}', `,
    modelsLine: `          models: ${names}\n`,
    reason: x("inputs.reason || needs.asked.outputs.reason"),
    matrixRun: `    needs: [asked, plan, promote] # what was merged is promoted first
    if: ${x("!cancelled() && needs.plan.result == 'success' && (needs.promote.result == 'success' || needs.promote.result == 'skipped') && needs.plan.outputs.models != '[]'")}
`,
    matrixModels: x(
      "fromJSON(needs.asked.outputs.reason != '' && needs.asked.outputs.models || needs.plan.outputs.models)",
    ),
  };
}

/** Takes the box, and says to the other jobs what it asks for. */
function askedJob({ action }: PipelineRequest, checkout: string): string {
  return `  # A box that somebody has ticked in the dashboard: it is cleared, and the other jobs do what it asks for.
  asked:
    if: github.event_name == 'issues' && ${isTick}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read, issues: write }
    concurrency: { group: refit-asked }
    outputs:
      any: ${x("steps.asked.outputs.any")}
      models: ${x("steps.asked.outputs.models")}
      reason: ${x("steps.asked.outputs.reason")}
    steps:
      ${checkout}
      - id: asked
        uses: ${action}
        with: { command: dashboard }
`;
}
