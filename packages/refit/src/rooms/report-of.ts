import { startOfCanary, type RelianceFacts } from "@refit/core/judge";
import { makeReport, type IllustratedReport, type ReportInput, type StartFacts } from "@refit/core/report";
import { foundWords } from "@refit/core/runtime";
import { attentionOf } from "./attention-of.ts";
import { measuredThen } from "../versions/measured-then.ts";
import { specPath } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Judged } from "../products/judged.ts";
import type { Start } from "../products/training.ts";

/** The evidence of a run for people to read. */
export async function reportOf(
  ports: Pick<Ports, "git" | "learners" | "sources">,
  judged: Judged,
  reliance: RelianceFacts | null,
): Promise<IllustratedReport> {
  const { context, snapshot, observation, decision, evaluation, verdict } = judged;
  const { request, repository, champion, history } = context;
  return makeReport({
    model: request.model,
    specFile: specPath(request.model, repository),
    branch: context.branch,
    baseBranch: repository.baseBranch,
    championLabel: champion && `v${champion.number}`,
    canary: startOfCanary(context.spec, evaluation, history.state),
    earlier: await measuredThen(ports, history, evaluation.primary),
    reasons: decision.reasons,
    comparison: evaluation,
    reliance,
    verdict,
    look: evaluation.look,
    alpha: evaluation.alpha,
    data: {
      rows: snapshot.rows,
      files: snapshot.files.length,
      news: snapshot.news,
      labels: [context.spec.target],
      findings: [...snapshot.findings, ...observation.findings, ...evaluation.findings],
      drift: observation.drift,
      classifier: observation.classifier,
    },
    training: trainingOf(judged),
    inputs: judged.prepared.featureSpec.inputs.map(({ name, type }) => ({ name, type })),
    attention: await attentionOf(ports, context),
    notices: noticesOf(judged),
  });
}

function trainingOf({ context, snapshot, prepared, training }: Judged): ReportInput["training"] {
  return {
    candidates: training.candidates.map((candidate) => ({
      learner: candidate.settings.learner,
      found: foundWords(candidate.settings) ?? candidate.found,
      window: candidate.settings.training,
      calibration: candidate.settings.calibration,
      start: startFacts(candidate.start),
      validation: candidate.validation,
      alone: candidate.alone,
      bytes: candidate.bytes,
      seconds: candidate.seconds,
      chosen: candidate === training.chosen,
      failure: candidate.failure,
    })),
    seed: context.spec.seed,
    unlabelledRows: prepared.labels.length - prepared.labelled.length,
    trainRows: prepared.split.train.length,
    validationRows: prepared.split.validation.length,
    inputDigest: snapshot.digests.input,
  };
}

function startFacts(start: Start | undefined): StartFacts | undefined {
  if (start === undefined) return undefined;
  if (start.kind === "cold") return { from: null, because: start.because };
  return { from: `v${start.number}`, because: start.chosenCold };
}

/** What becomes of a canary that runs, and why a new one does not start where the model asks for one. */
function canaryNotices({ canaries, history, spec }: Judged["context"], evaluation: Judged["evaluation"]): string[] {
  const starts = startOfCanary(spec, evaluation, history.state) !== null;
  const ends = starts ? "takes its place" : "removes it";
  const why = history.state === "live" ? "it cannot be compared with the champion" : "no valid version is live";
  return [
    ...(canaries.running === null ? [] : [`A canary runs. Merging this ${ends}.`]),
    ...(spec.canary === undefined || starts || evaluation.kind === "first-model"
      ? []
      : [`It does not start as a canary, since ${why}: the merge makes it the champion at once.`]),
  ];
}

function noticesOf({ context, snapshot: { news }, training: { challenger }, evaluation }: Judged): string[] {
  const { ledgerLost, history, champion } = context;
  const stale = history.stale.at(-1);
  return [
    ...canaryNotices(context, evaluation),
    ...(news.keyRepeats
      ? ["The `key` repeats within a file, so it does not identify rows: new rows were found by all of their values."]
      : []),
    ...(challenger.reproducible || challenger.settings["reproducible"] === false
      ? []
      : [
          `Two trainings of ${challenger.settings.learner} with the same rows and seed gave different models, so the model that was judged ships. With \`reproducible: false\` in model.yaml refit does not try.`,
        ]),
    ...(ledgerLost
      ? ["The ledger branch is missing, so comparisons on this holdout are counted from the versions in history."]
      : []),
    ...(history.state === "broken"
      ? ["The folder on the base branch is broken; the last valid version is the champion."]
      : []),
    ...(stale !== undefined && stale.treeId === champion?.treeId
      ? [`v${stale.number} was compared with another champion than the one that it replaced.`]
      : []),
  ];
}
