import { chooseCandidate, metricOf } from "@refit/core/judge";
import type { RefitError } from "@refit/core/errors";
import { declaredOf } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { takeCandidate } from "../handover/take-candidate.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Candidate, Training } from "../products/training.ts";
import { readCode } from "../specs/program-code.ts";
import { isOfCandidate, openBench, untrained, type Bench, type TrainPorts } from "./bench.ts";
import { learnFrom } from "./learn-from.ts";
import { takeTrained } from "./take-trained.ts";
import { isReproducible, trainAgain, type TrainedCandidate } from "./train-candidate.ts";
import { trainProcedure } from "./train-procedure.ts";
import { startForHoldout, startOf } from "./warm-start.ts";

/**
 * Room 6: train every candidate, choose one on validation rows, train that one again on training and validation rows
 * together, so that it knows the newest of them. The holdout is not touched here. Where other jobs have trained the candidates, theirs are
 * taken, and scored and chosen here; where another job has chosen, too, its candidate is taken and nothing is trained.
 *
 * @param inputDigest of the snapshot: candidates of other jobs have to be of the same.
 */
export async function train(
  ports: TrainPorts,
  context: RowContext,
  prepared: Prepared,
  inputDigest = "",
): Promise<Training> {
  const { spec, request } = context;
  const handed = request.candidates;
  if (handed?.kind === "chosen") {
    return withStarts(ports, context, prepared, await takeCandidate(ports, context, handed));
  }
  const bench = await openBench(ports, context, prepared);
  const candidates =
    handed === undefined
      ? await trainAll(ports, bench)
      : await takeTrained(ports, context, { bench, prepared, handed, inputDigest });
  const chosen = choose(candidates, spec);
  const rows = { ...(await bench.rowsFor(chosen.settings, prepared.split.train)), ...startForHoldout(chosen.start) };
  const reproducible = await isReproducible(ports, spec, chosen.settings, rows);
  const known = { ...rows, training: await learnFrom(prepared, prepared, chosen.settings, prepared.trainingSide) };
  const declared = declaredOf(chosen.settings) ?? undefined;
  const challenger = { ...(await trainAgain(ports, spec, chosen, known)), reproducible, declared };
  return { candidates, chosen, challenger, procedure: await trainProcedure(ports, context, prepared), shipped: null };
}

/** What another job has trained, with where that has to have begun: not a word of that job's decides it. */
async function withStarts(
  ports: TrainPorts,
  context: RowContext,
  prepared: Prepared,
  training: Training,
): Promise<Training> {
  const { candidates, challenger, chosen } = training;
  const started: Candidate[] = [];
  for (const candidate of candidates) {
    const { settings } = candidate;
    const asked = settings["start"] === "warm";
    const code = asked
      ? await readCode(ports, context.repository, settings, { workTree: context.request.dryRun })
      : new Map<string, Uint8Array>();
    const start = await startOf(ports, context, prepared, { settings, code });
    started.push(start === null ? candidate : { ...candidate, start });
  }
  const found = started[candidates.indexOf(chosen)]!;
  const { start } = found;
  return { ...training, candidates: started, chosen: found, challenger: { ...challenger, ...(start && { start }) } };
}

/**
 * Trains one after the other. One that fails does not stop the others; if none is trained, the first error ends the run.
 *
 * @throws CommandFailedError, LearnerDivergedError, NetworkInvalidError, RowsSeenError
 */
async function trainAll(
  ports: Pick<TrainPorts, "learners" | "out">,
  bench: Bench,
): Promise<readonly (Candidate | TrainedCandidate)[]> {
  const candidates: (Candidate | TrainedCandidate)[] = [];
  const errors: RefitError[] = [];
  for (const settings of bench.all) {
    try {
      candidates.push(await bench.train(settings));
    } catch (error) {
      if (!isOfCandidate(error)) throw error;
      errors.push(error);
      candidates.push(await untrained(ports, settings, { failure: error.message, hint: error.hint }));
    }
  }
  if (errors.length === bench.all.length) throw errors[0]!;
  return candidates;
}

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
