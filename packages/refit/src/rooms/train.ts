import { chooseCandidate, metricOf } from "@refit/core/judge";
import { candidatesOf, type ModelSpec } from "@refit/core/spec";
import { takeCandidate } from "../handover/take-candidate.ts";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Training } from "../products/training.ts";
import { learnFrom } from "./learn-from.ts";
import { trainAgain, trainCandidate, type TrainedCandidate } from "./train-candidate.ts";
import { trainProcedure } from "./train-procedure.ts";

type TrainPorts = Pick<Ports, "clock" | "git" | "learners" | "out">;

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
  const candidates: TrainedCandidate[] = [];
  for (const settings of candidatesOf(spec)) {
    const rows = { table, target, training: await learnFrom(prepared, prepared, settings, split.train), validation };
    candidates.push(await trainCandidate(ports, spec, settings, rows));
  }
  const chosen = choose(candidates, spec);
  const known = await learnFrom(prepared, prepared, chosen.settings, trainingSide);
  const challenger = await trainAgain(ports, spec, chosen, { target, training: known, validation });
  return { candidates, chosen, challenger, procedure: await trainProcedure(ports, context, prepared), shipped: null };
}

/** The best on validation rows; when none has a value, the first: the gates then refuse it. */
function choose(candidates: readonly TrainedCandidate[], { metrics }: ModelSpec): TrainedCandidate {
  const scored = candidates.map((candidate) => ({
    candidate,
    name: candidate.settings.learner,
    value: candidate.validation,
    sizeBytes: candidate.bytes,
  }));
  return chooseCandidate(scored, metricOf(metrics.primary, metrics))?.candidate ?? candidates[0]!;
}
