import { chooseCandidate, metricOf } from "@refit/core/judge";
import type { RefitError } from "@refit/core/errors";
import { declaredOf, decidesNothing } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { takeCandidate } from "../handover/take-candidate.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Candidate, Challenger, Training } from "../products/training.ts";
import { readCode } from "../specs/program-code.ts";
import { isOfCandidate, openBench, untrained, type Bench, type TrainPorts } from "./bench.ts";
import { tryChallenger } from "./is-reproducible.ts";
import { takeTrained } from "./take-trained.ts";
import {
  settledOf,
  trainAgain,
  trainingSteps,
  type SettledCandidate,
  type TrainedCandidate,
} from "./train-candidate.ts";
import { trainProcedure } from "./train-procedure.ts";
import { atOnce, startForHoldout, startNotice, startOf } from "./warm-start.ts";
import { whileAway } from "./while-away.ts";

/**
 * Room 6: train every candidate, choose one on validation rows, train that one again on training and validation rows
 * together, so that it knows the newest of them. Where there is nothing to choose and nothing to settle, only the latter. The holdout is not touched here. Where other jobs have trained the candidates, theirs are
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
  if (handed === undefined && (await isAlone(ports, bench))) return trainAlone(ports, context, { bench, prepared });
  const candidates =
    handed === undefined
      ? await trainAll(ports, bench)
      : await takeTrained(ports, context, { bench, prepared, handed, inputDigest });
  const chosen = choose(candidates, spec);
  const challenger = await trainChallenger(ports, context, { bench, prepared }, chosen);
  return { candidates, chosen, challenger, procedure: await trainProcedure(ports, context, prepared), shipped: null };
}

/** What every training of a run is made on. */
interface BenchPlace {
  readonly bench: Bench;
  readonly prepared: Prepared;
}

/** Trains on all rows before the holdout. While a program is tried, the rows are written for the training that waits for it. */
async function trainChallenger(
  ports: TrainPorts,
  context: RowContext,
  { bench, prepared }: BenchPlace,
  chosen: SettledCandidate,
): Promise<Challenger> {
  const { settings, code } = chosen;
  const start = startForHoldout(chosen.start);
  const settled = await settledOf(ports, chosen);
  const [found, trained] = await whileAway(
    async (onStarted) => {
      const tried = await tryChallenger(ports, context, prepared, { settings, code, ...start, onStarted });
      ports.out.progress(trainingSteps.challenger, 0);
      return tried;
    },
    async (tried) => {
      const rows = { ...(await bench.rowsFor(settled, prepared.trainingSide)), ...start };
      return trainAgain(ports, context.spec, chosen, { ...rows, after: tried, onStarted: prepared.lookForLeakage });
    },
  );
  return { ...trained, ...found, declared: declaredOf(settings) ?? undefined };
}

async function isAlone({ learners }: Pick<TrainPorts, "learners">, { all }: Bench): Promise<boolean> {
  return decidesNothing(await learners.get(all[0]!.learner), all);
}

/**
 * The only candidate, of which the validation rows settle nothing: to train it without them first would tell nobody anything.
 * It is trained on them at once, and so not measured on them.
 */
async function trainAlone(ports: TrainPorts, context: RowContext, place: BenchPlace): Promise<Training> {
  const { bench, prepared } = place;
  const settings = bench.all[0]!;
  const { algorithmVersion } = await ports.learners.get(settings.learner);
  const code = await bench.codeOf(settings);
  const start = atOnce(await bench.startOf(settings, code));
  const notice = startNotice(settings, start);
  if (notice !== null) ports.out.notice(notice);
  const unfitted = { settings, algorithmVersion, code, artifact: null, bytes: 0, seconds: 0, ...(start && { start }) };
  const settled = { ...unfitted, validation: undefined, alone: true as const, learned: true };
  const challenger = await trainChallenger(ports, context, place, settled);
  const procedure = await trainProcedure(ports, context, prepared);
  return { candidates: [challenger], chosen: challenger, challenger, procedure, shipped: null };
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
