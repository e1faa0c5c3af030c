import { EVALUATION_TYPE } from "@refit/core/report";
import type { PipelineRequest } from "../../../../ports/pipelines.ts";
import { askedGroup, askedIf, askedParts, type AskedParts, askedTrigger } from "./asked-job.ts";
import { nxWorkflow } from "./nx-workflow.ts";
import { pagesWorkflow } from "./pages-workflow.ts";
import { installSteps, runWord } from "./workspace-steps.ts";

/** Workflow files by path. Each asks for the least permissions that it can do its work with. */
export function workflowFiles(request: PipelineRequest): ReadonlyMap<string, string> {
  const write = texts.get(request.kind)!;
  const pages = request.pages === true ? [[".github/workflows/refit-pages.yml", pagesWorkflow(request)] as const] : [];
  return new Map([[".github/workflows/refit.yml", write(request)], ...pages]);
}

/** A minute that is not the same for everybody, and never a full or half hour. */
export function offMinute(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)!) % 9973;
  return 5 + (sum % 20) + 30 * (sum % 2);
}

/** By commit, since a tag can be moved; Dependabot reads the comment and keeps both current. */
const actions = {
  checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
  setupNode: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
  upload: "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
  attest: "actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2",
  download: "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
};

const x = (expression: string) => `\${{ ${expression} }}`;

/** What asks for the check of a commit that is not live: a pull request, or the merge queue's commit of several. */
const asksForCheck = "github.event_name == 'pull_request' || github.event_name == 'merge_group'";
const onBase = "github.event_name != 'pull_request' && github.event_name != 'merge_group'";

/** One at a time on the base branch; a check waits for none of these, and is not dropped for one. */
const perCommit = ({ dashboard = false }: PipelineRequest) =>
  x(`(${asksForCheck}) && github.ref || ${dashboard ? askedGroup : ""}'base'`);

function triggers({ baseBranch, dataPaths, name, dashboard = false }: PipelineRequest): string {
  const specs = ["models/**", "data-manifests/**"];
  const paths = (list: readonly string[]) => list.map((path) => JSON.stringify(path)).join(", ");
  return `on:
  schedule: [{ cron: "${offMinute(name)} 3 * * *" }] # not at a full hour, when GitHub is busy and drops runs
  push: { branches: [${JSON.stringify(baseBranch)}], paths: [${paths([...specs, ...dataPaths])}] }
  pull_request: { branches: [${JSON.stringify(baseBranch)}] } # all: a required check waits for its answer on every one
  merge_group: # and in a merge queue, where there is one
  workflow_dispatch: { inputs: { reason: { description: Why retrain now, required: false, type: string } } }${dashboard ? askedTrigger : ""}`;
}

function simple(request: PipelineRequest): string {
  return `name: refit
${triggers(request)}
permissions: {}
concurrency: { group: "refit-${perCommit(request)}" }
jobs:
  run: # not \`refit\`: that is the name of the check
${askedIf(request)}    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    steps:
      - uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      - uses: ${request.action}
        with: { force-reason: "${x("inputs.reason")}" }
`;
}

/**
 * Training code runs in a job that can write nothing. The job that writes takes the candidate by its digest and trains
 * nothing; verifying and promoting have jobs of their own, so that each token can do what its job is for, and no more.
 */
function hardened(request: PipelineRequest): string {
  const place = x("runner.temp");
  const base = onBase;
  const checkout = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false }`;
  const asked = askedParts(request, checkout);
  return `name: refit
${triggers(request)}
permissions: {}
jobs:
${asked.job}  # Training code runs here, without a token that can write.
  train:
${asked.needs()}    if: ${asked.when(base)}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: read, pull-requests: read, checks: read }
    concurrency: { group: ${asked.group("refit-train")} }
    outputs:
      candidates: ${x("steps.train.outputs.candidates")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: train
        uses: ${request.action}
        with: { command: train, ${asked.models}candidates: "${place}/candidates", force-reason: "${asked.reason}" }
      - uses: ${actions.upload}
        with: { name: candidates, path: "${place}/candidates", overwrite: true, if-no-files-found: error, retention-days: 1 }
  # What was trained is judged and proposed here. No training: the digest says which candidates are meant.
  propose:
${asked.needs("train")}${asked.after("train")}    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    concurrency: { group: ${asked.group("refit-propose")} }
    steps:
      ${checkout}
      - uses: ${actions.download}
        with: { name: candidates, path: "${place}/candidates" }
      - uses: ${request.action}
        with:
          command: run
${asked.modelsLine}          candidates: "${place}/candidates@${x("needs.train.outputs.candidates")}"
          force-reason: "${asked.reason}"
${liveJobs(request, { base, checkout })}`;
}

/** Jobs about what is live, and what would be. */
function liveJobs(request: PipelineRequest, { base, checkout }: { base: string; checkout: string }): string {
  const { attests, dashboard = false } = request;
  return `  promote:
    if: ${dashboard ? `${base} && github.event_name != 'issues'` : base}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: write, pull-requests: write, checks: read, issues: write }
    concurrency: { group: refit-promote }
${attests ? promotedOutputs : ""}    steps:
      ${checkout}
      - ${attests ? "id: promote\n        " : ""}uses: ${request.action}
        with: { command: promote }
  verify:
    if: ${asksForCheck}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: read, pull-requests: read, checks: write }
    concurrency: { group: "refit-verify-${x("github.ref")}", cancel-in-progress: true }
    steps:
      ${checkout}
      - uses: ${request.action}
        with: { command: verify }
${attests ? attestJob(request, checkout) : ""}`;
}

const promotedOutputs = `    outputs:
      decision: ${x("steps.promote.outputs.decision")}
      models: ${x("steps.promote.outputs.models")}
`;

/** A job of its own, so that nothing else has a token that can sign. */
function attestJob({ packageManager }: PipelineRequest, checkout: string): string {
  const refit = `${runWord(packageManager)} refit`;
  return `  # GitHub attests which workflow produced the files that are live, and how they were judged: \`gh attestation verify\`.
  attest:
    needs: promote
    if: needs.promote.outputs.decision == 'promoted'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read, id-token: write, attestations: write }
    strategy:
      fail-fast: false
      matrix:
        model: ${x("fromJSON(needs.promote.outputs.models)")}
    concurrency: { group: "refit-attest-${x("matrix.model")}" }
    steps:
      ${checkout}
      ${installSteps(packageManager, actions.setupNode, "package.json names refit")}
      - run: |
          ${refit} show "$MODEL" --checksums > "$RUNNER_TEMP/files.sha256"
          ${refit} show "$MODEL" --predicate > "$RUNNER_TEMP/evaluation.json"
        env: { MODEL: "${x("matrix.model")}" }
      - uses: ${actions.attest}
        with:
          subject-checksums: ${x("runner.temp")}/files.sha256
          predicate-type: ${EVALUATION_TYPE}
          predicate-path: ${x("runner.temp")}/evaluation.json
`;
}

function matrix(request: PipelineRequest): string {
  const base = onBase;
  const checkout = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false }`;
  const asked = askedParts(request, checkout);
  return `name: refit
${triggers(request)}
permissions: {}
jobs:
${asked.job}  # The models, for the matrix of the next job.
  plan:
${asked.needs()}    if: ${asked.when(base)}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read, pull-requests: read, checks: read }
    concurrency: { group: ${asked.group("refit-plan")} }
    outputs:
      models: ${x("steps.models.outputs.models")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: models
        uses: ${request.action}
        with: { command: status }
  run:
${asked.matrixRun}    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    strategy:
      fail-fast: false
      matrix:
        model: ${asked.matrixModels}
    concurrency: { group: ${asked.group(`refit-run-${x("matrix.model")}`)} } # one run per model at a time, all models at once
    steps:
      ${checkout}
      - uses: ${request.action}
        with: { command: run, models: "${x("matrix.model")}", force-reason: "${asked.reason}" }
${liveJobs(request, { base, checkout })}`;
}

/**
 * One job for each candidate, none of which can write anything; then one that chooses and trains the best again, which cannot either, and one
 * that can, and trains nothing. The runs on one branch wait for each other: a job that was dropped for a newer run would leave a choice among some of the candidates.
 */
function candidates(request: PipelineRequest): string {
  const checkout = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false }`;
  const asked = askedParts(request, checkout);
  const words = {
    place: `${x("runner.temp")}/candidates`,
    base: onBase,
    asked,
    reason: `force-reason: "${asked.reason}"`,
    read: "permissions: { contents: read, pull-requests: read, checks: read }",
    checkout,
  };
  return `name: refit
${triggers(request)}
permissions: {}
concurrency: { group: "refit-${perCommit(request)}" }
jobs:
${asked.job}${trainingJobs(request, words)}${choosingJobs(request, words)}${liveJobs(request, words)}`;
}

interface Words extends Readonly<Record<"place" | "base" | "reason" | "read" | "checkout", string>> {
  readonly asked: AskedParts;
}

/** One that says what is due, and one for each candidate. */
function trainingJobs(request: PipelineRequest, { place, base, asked, reason, read, checkout }: Words): string {
  return `  # What is due, as one job for each candidate.
  plan:
${asked.needs()}    if: ${asked.when(base)}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    ${read}
    outputs:
      any: ${x("steps.plan.outputs.any")}
      matrix: ${x("steps.plan.outputs.matrix")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: plan
        uses: ${request.action}
        with: { command: plan, ${asked.models}${reason} }
  train:
${asked.needs("plan")}    if: ${asked.also("needs.plan.outputs.any == 'true'")} # GitHub refuses a matrix without a job
    runs-on: ubuntu-latest
    timeout-minutes: 360
    ${read}
    strategy:
      fail-fast: false
      matrix: ${x("fromJSON(needs.plan.outputs.matrix)")}
    steps:
      ${checkout}
      - uses: ${request.action}
        with:
          command: train
          models: ${x("matrix.model")}
          candidates: "${place}@${x("matrix.digest")}"
          ${reason}
      - uses: ${actions.upload}
        with: { name: "candidates-${x("strategy.job-index")}", path: "${place}", overwrite: true, if-no-files-found: ignore, retention-days: 1 }
`;
}

/** One that chooses, and one that judges and proposes. */
function choosingJobs(request: PipelineRequest, { place, asked, reason, read, checkout }: Words): string {
  return `  # A candidate whose job failed is reported, and does not stop the others.
  choose:
${asked.needs("plan", "train")}    if: ${x("!cancelled() && needs.plan.result == 'success'")}
    runs-on: ubuntu-latest
    timeout-minutes: 360
    ${read}
    outputs:
      candidates: ${x("steps.choose.outputs.candidates")}
    steps:
      ${checkout}
      - if: needs.plan.outputs.any == 'true'
        uses: ${actions.download}
        with: { pattern: "candidates-*", merge-multiple: true, path: "${place}" }
      - id: choose
        uses: ${request.action}
        with: { command: choose, ${asked.models}candidates: "${place}", ${reason} }
      - uses: ${actions.upload}
        with: { name: chosen, path: "${place}/chosen", overwrite: true, if-no-files-found: error, retention-days: 1 }
  # What was chosen is judged and proposed here. No training: the digest says which candidate is meant.
  propose:
${asked.needs("choose")}    if: ${x("!cancelled() && needs.choose.result == 'success'")}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    steps:
      ${checkout}
      - uses: ${actions.download}
        with: { name: chosen, path: "${place}" }
      - uses: ${request.action}
        with:
          command: run
${asked.modelsLine}          candidates: "${place}@${x("needs.choose.outputs.candidates")}"
          ${reason}
`;
}

const nx = (request: PipelineRequest): string =>
  nxWorkflow(request, {
    triggers: triggers(request),
    perCommit: perCommit(request),
    askedIf: askedIf(request),
    actions,
  });

const texts = new Map([
  ["simple", simple],
  ["hardened", hardened],
  ["matrix", matrix],
  ["candidates", candidates],
  ["nx", nx],
]);
