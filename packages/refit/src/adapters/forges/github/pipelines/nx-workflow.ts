import type { PipelineRequest } from "../../../../ports/pipelines.ts";
import { installSteps, runWord } from "./workspace-steps.ts";

/** Parts that all workflows have in common. */
interface CommonParts {
  readonly triggers: string;
  readonly perCommit: string;
  /** A line of the job, or nothing. */
  readonly askedIf: string;
  /** By commit. */
  readonly actions: Readonly<Record<"checkout" | "setupNode", string>>;
}

const x = (expression: string) => `\${{ ${expression} }}`;

/**
 * In a monorepo the workspace's own refit and trainers are used, so its packages are installed first. A pull request has the models that it
 * concerns checked, in a job that can write nothing.
 */
export function nxWorkflow(request: PipelineRequest, { triggers, perCommit, askedIf, actions }: CommonParts): string {
  const { packageManager } = request;
  const nx = `${runWord(packageManager)} nx`;
  const steps = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      ${installSteps(packageManager, actions.setupNode)}`;
  return `name: refit
${triggers}
permissions: {}
env: { NX_DAEMON: "false", NX_NO_CLOUD: "true" }
jobs:
  # Specs, data and versions of the models that the pull request concerns. No training, and no token that can write.
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: read }
    concurrency: { group: "refit-check-${x("github.ref")}", cancel-in-progress: true }
    steps:
      ${steps}
      - run: ${nx} affected -t check predict-probes --exclude='*,!tag:refit:model' --base="$NX_BASE"
        env: { NX_BASE: "${x("github.event.pull_request.base.sha")}" }
  run: # not \`refit\`: that is the name of the check
${askedIf}    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    concurrency: { group: "refit-${perCommit}" }
    steps:
      ${steps}
      - if: github.event_name == 'push' || github.event_name == 'pull_request'
        run: ${nx} affected -t build --base="$NX_BASE" # what the training code needs
        env: { NX_BASE: "${x("github.event.pull_request.base.sha || github.event.before")}" }
      - if: github.event_name != 'push' && github.event_name != 'pull_request'
        run: ${nx} run-many -t build
      - uses: ${request.action}
        with: { force-reason: "${x("inputs.reason")}" }
`;
}
