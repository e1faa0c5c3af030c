import { chooseCandidate, metricOf } from "@refit/core/judge";
import {
  CommandFailedError,
  LearnerDivergedError,
  NetworkInvalidError,
  RowsSeenError,
  type RefitError,
} from "@refit/core/errors";
import { declaredOf, type CandidateSettings } from "@refit/core/runtime";
import { candidatesOf, type ModelSpec } from "@refit/core/spec";
import { takeCandidate } from "../handover/take-candidate.ts";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Candidate, Training } from "../products/training.ts";
import { comparedRows, whyNotJudged } from "./compared-rows.ts";
import { learnFrom } from "./learn-from.ts";
import { readCode } from "../specs/program-code.ts";
import { isReproducible, trainAgain, trainCandidate, type TrainedCandidate } from "./train-candidate.ts";
import { trainProcedure } from "./train-procedure.ts";

type TrainPorts = Pick<Ports, "clock" | "files" | "git" | "largeFiles" | "learners" | "out">;

/**
 * Room 6: train every candidate, choose one on validation rows, train that one again on training and validation rows
 * together, so that it knows the newest of them. The holdout is not touched here. Where another job has trained, its
 * candidate is taken and nothing is trained.
 */
export async function train(ports: TrainPorts, context: RowContext, prepared: Prepared): Promise<Training> {
  const { spec, request } = context;
  if (request.candidates !== undefined) return takeCandidate(ports, context, request.candidates);
  const { table, target, split, trainingSide } = prepared;
  const validation = await prepared.part(split.validation);
  const all = candidatesOf(spec);
  const compared = await prepared.part(comparedRows(spec, all, prepared));
  const rowsFor = async (settings: CandidateSettings, known: Uint32Array) => ({
    table,
    target,
    validation,
    compared,
    training: await learnFrom(prepared, prepared, settings, known),
    code: await readCode(ports, context.repository, settings, { workTree: request.dryRun }),
  });
  const candidates = await trainAll(ports, all, async (settings) => {
    const problem = whyNotJudged(spec, all, settings, prepared);
    if (problem !== null) throw problem;
    return trainCandidate(ports, spec, settings, { ...(await rowsFor(settings, split.train)), live: context.champion });
  });
  const chosen = choose(candidates, spec);
  const rows = await rowsFor(chosen.settings, split.train);
  const reproducible = await isReproducible(ports, spec, chosen.settings, rows);
  const known = { ...rows, training: await learnFrom(prepared, prepared, chosen.settings, trainingSide) };
  const declared = declaredOf(chosen.settings) ?? undefined;
  const challenger = { ...(await trainAgain(ports, spec, chosen, known)), reproducible, declared };
  return { candidates, chosen, challenger, procedure: await trainProcedure(ports, context, prepared), shipped: null };
}

/**
 * Trains one after the other. One that fails does not stop the others; if none is trained, the first error ends the run.
 *
 * @throws CommandFailedError, LearnerDivergedError, RowsSeenError
 */
async function trainAll(
  { learners, out }: Pick<TrainPorts, "learners" | "out">,
  all: readonly CandidateSettings[],
  trainOne: (settings: CandidateSettings) => Promise<TrainedCandidate>,
): Promise<readonly (Candidate | TrainedCandidate)[]> {
  const candidates: (Candidate | TrainedCandidate)[] = [];
  const errors: RefitError[] = [];
  for (const settings of all) {
    try {
      candidates.push(await trainOne(settings));
    } catch (error) {
      if (!isOfCandidate(error)) throw error;
      errors.push(error);
      out.notice(`A candidate was not trained: ${error.message} ${error.hint}`);
      const { algorithmVersion } = await learners.get(settings.learner);
      candidates.push({ ...untrained, settings, algorithmVersion, failure: error.message });
    }
  }
  if (errors.length === all.length) throw errors[0]!;
  return candidates;
}

const isOfCandidate = (error: unknown): error is RefitError =>
  [CommandFailedError, LearnerDivergedError, NetworkInvalidError, RowsSeenError].some((kind) => error instanceof kind);

const untrained = { bytes: 0, validation: undefined, learned: false, seconds: 0 };

/** The best on validation rows; when none has a value, the first: the gates then refuse it. */
function choose(candidates: readonly (Candidate | TrainedCandidate)[], { metrics }: ModelSpec): TrainedCandidate {
  const trained = candidates.filter((candidate): candidate is TrainedCandidate => "artifact" in candidate);
  const scored = trained.map((candidate) => ({
    candidate,
    name: candidate.settings.learner,
    value: candidate.validation,
    sizeBytes: candidate.bytes,
  }));
  return chooseCandidate(scored, metricOf(metrics.primary, metrics))?.candidate ?? trained[0]!;
}
