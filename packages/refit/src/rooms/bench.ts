import {
  CommandFailedError,
  LearnerDivergedError,
  NetworkInvalidError,
  RowsSeenError,
  type RefitError,
} from "@refit/core/errors";
import type { ArtifactFiles, CandidateSettings } from "@refit/core/runtime";
import { candidatesOf } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Part, Prepared } from "../products/prepared.ts";
import type { Candidate, Start } from "../products/training.ts";
import { readCode } from "../specs/program-code.ts";
import { comparedRows, whyNotJudged } from "./compared-rows.ts";
import { learnFrom } from "./learn-from.ts";
import {
  trainCandidate,
  trainingSteps,
  type FitRows,
  type ScoredFitRows,
  type TrainedCandidate,
} from "./train-candidate.ts";
import { validationFor } from "./validation-rows.ts";
import { startForValidation, startNotice, startOf } from "./warm-start.ts";

export type TrainPorts = Pick<Ports, "clock" | "files" | "git" | "largeFiles" | "learners" | "out">;

/** What every candidate of a model is trained with and scored on. Rows are read when they are first needed. */
export interface Bench {
  /** In the order of model.yaml. */
  readonly all: readonly CandidateSettings[];
  /** The rows by which they are compared. */
  scoring(): Promise<Pick<ScoredFitRows, "table" | "target" | "compared">>;
  /** Files of the candidate's own program. */
  codeOf(settings: CandidateSettings): Promise<ArtifactFiles>;
  /** @param known the rows that it may learn from. */
  rowsFor(settings: CandidateSettings, known: Uint32Array): Promise<FitRows>;
  /** Whether it goes on from the champion's model, which is said where it does not. @param code files of its own program. */
  startOf(settings: CandidateSettings, code: ArtifactFiles): Promise<Start | null>;
  /** Trains it on the training rows. @throws CommandFailedError, LearnerDivergedError, NetworkInvalidError, RowsSeenError */
  train(settings: CandidateSettings): Promise<TrainedCandidate>;
}

export async function openBench(ports: TrainPorts, context: RowContext, prepared: Prepared): Promise<Bench> {
  const { spec, request } = context;
  const { table, target, split } = prepared;
  const all = candidatesOf(spec);
  const validation = partOnce(prepared, split.validation);
  const scored = comparedRows(spec, all, prepared);
  const compared = scored === split.validation ? validation : partOnce(prepared, scored);
  const scoring = async () => ({ table, target, compared: await compared() });
  const codeOf = (settings: CandidateSettings) =>
    readCode(ports, context.repository, settings, { workTree: request.dryRun });
  const startFor = (settings: CandidateSettings, code: ArtifactFiles) =>
    startOf(ports, context, prepared, { settings, code });
  const validationOf = async (settings: CandidateSettings) => {
    const rows = await validationFor(ports, settings, split.validation);
    return rows === split.validation ? validation() : prepared.part(rows);
  };
  const rowsFor = async (settings: CandidateSettings, known: Uint32Array) => ({
    target,
    validation: await validationOf(settings),
    training: await learnFrom(prepared, prepared, settings, known),
    code: await codeOf(settings),
  });
  return {
    all,
    scoring,
    codeOf,
    rowsFor,
    startOf: startFor,
    async train(settings) {
      const problem = whyNotJudged(spec, all, settings, prepared);
      if (problem !== null) throw problem;
      ports.out.progress(trainingSteps.candidate(settings), 0);
      const rows = { ...(await rowsFor(settings, split.train)), ...(await scoring()) };
      const start = await startFor(settings, rows.code);
      const notice = startNotice(settings, start);
      if (notice !== null) ports.out.notice(notice);
      const asked = { ...rows, ...startForValidation(start), live: context.champion };
      return { ...(await trainCandidate(ports, spec, settings, asked)), ...(start && { start }) };
    },
  };
}

/** Reads the rows once, when they are first asked for. */
function partOnce({ part }: Pick<Prepared, "part">, rows: Uint32Array): () => Promise<Part> {
  let read: Promise<Part> | null = null;
  return () => (read ??= part(rows));
}

/** One that could not be trained, and why. */
export async function untrained(
  { learners, out }: Pick<Ports, "learners" | "out">,
  settings: CandidateSettings,
  { failure, hint = "" }: { readonly failure: string; readonly hint?: string },
): Promise<Candidate> {
  out.notice(`A candidate was not trained: ${failure}${hint === "" ? "" : ` ${hint}`}`);
  const { algorithmVersion } = await learners.get(settings.learner);
  return { bytes: 0, validation: undefined, learned: false, seconds: 0, settings, algorithmVersion, failure };
}

/** Whether an error is one of a candidate, so that the others go on. */
export const isOfCandidate = (error: unknown): error is RefitError =>
  [CommandFailedError, LearnerDivergedError, NetworkInvalidError, RowsSeenError].some((kind) => error instanceof kind);
