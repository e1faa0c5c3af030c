import { ArtifactInvalidError } from "@refit/core/errors";
import { canonicalJson, type Json, type Lineage } from "@refit/core/history";
import { decidesNothing, decidingSettings, type ArtifactFiles, type CandidateSettings } from "@refit/core/runtime";
import { candidatesOf, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import { artifactBytes, type Training } from "../products/training.ts";
import { readCode } from "../specs/program-code.ts";
import { learnFrom } from "./learn-from.ts";
import { isReproducible } from "./is-reproducible.ts";
import { fitRequest, knownRows, scoreCandidate } from "./train-candidate.ts";
import { trainProcedure } from "./train-procedure.ts";
import { startForHoldout, startOf } from "./warm-start.ts";

type TakeModelPorts = Pick<Ports, "clock" | "files" | "git" | "largeFiles" | "learners" | "out">;

/** A model that somebody brings, and what its lineage says of it. */
export interface GivenModel {
  readonly lineage: Pick<Lineage, "learner">;
  readonly artifact: ArtifactFiles;
}

/**
 * In place of a training: the model that a version brings, which nobody can make again. All that is around it must be what a
 * training with today's settings and code writes, so that no other program answers for it.
 *
 * @returns `null`: its learner does give the same model again, so that it can be trained.
 * @throws ArtifactInvalidError
 */
export async function takeModel(
  ports: TakeModelPorts,
  context: RowContext,
  prepared: Prepared,
  { lineage, artifact }: GivenModel,
): Promise<Training | null> {
  const { spec } = context;
  const settings = candidateOf(spec, lineage);
  const learner = await ports.learners.get(settings.learner);
  const { table, target, split, trainingSide } = prepared;
  const code = await readCode(ports, context.repository, settings, { workTree: context.request.dryRun });
  const start = await startOf(ports, context, prepared, { settings, code });
  const begun = startForHoldout(start);
  if (await isReproducible(ports, spec, prepared, { settings, code, ...begun })) return null;

  const validation = await prepared.part(split.validation);
  const training = await learnFrom(prepared, prepared, settings, split.train);
  const rows = { table, target, validation, compared: validation, training, code, ...begun };
  const problem = learner.problemOf?.({ ...fitRequest(spec, rows), settings }, artifact) ?? null;
  if (problem !== null) throw new ArtifactInvalidError("artifact", "", `what a training writes, but ${problem}`);
  const known = await learnFrom(prepared, prepared, settings, trainingSide);
  const scored = decidesNothing(learner, candidatesOf(spec))
    ? { validation: undefined, alone: true as const, learned: true }
    : await scoreCandidate(ports, spec, { settings, artifact }, rows);
  const chosen = { ...scored, settings, algorithmVersion: learner.algorithmVersion, bytes: artifactBytes(artifact) };
  const candidate = { ...chosen, artifact, code, seconds: 0, ...(start && { start }) };
  const procedure = await trainProcedure(ports, context, prepared);
  return {
    candidates: [candidate],
    chosen: candidate,
    challenger: { ...candidate, ...knownRows(spec, settings, known), reproducible: false },
    procedure,
    shipped: null,
  };
}

/** The candidate of the base branch that the version says it is. @throws ArtifactInvalidError */
function candidateOf(spec: ModelSpec, { learner: { name, settings } }: GivenModel["lineage"]): CandidateSettings {
  const said = canonicalJson(settings);
  const found = candidatesOf(spec).find((candidate) => {
    const { learner, ...own } = decidingSettings(candidate);
    return learner === name && canonicalJson(JSON.parse(JSON.stringify(own)) as Json) === said;
  });
  if (found !== undefined) return found;
  throw new ArtifactInvalidError(
    "lineage.json",
    "learner",
    "one of the candidates that model.yaml has on the base branch",
  );
}
