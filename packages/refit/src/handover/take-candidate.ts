import { CandidatesInvalidError } from "@refit/core/errors";
import { decidesNothing, declaredOf, type ArtifactFiles } from "@refit/core/runtime";
import { candidatesOf } from "@refit/core/spec";
import type { RowContext } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";
import { artifactBytes, shipsTrainedAgain, toldSettings, type Candidate, type Training } from "../products/training.ts";
import { readCode } from "../specs/program-code.ts";
import type { ChosenCandidates } from "../products/candidates.ts";

/**
 * The training of another job, as if it had been done here. Settings and versions are those of the base branch and of this
 * refit; only figures for the report and the artifacts come from there, and what is judged is scored here.
 *
 * @throws CandidatesInvalidError
 */
export async function takeCandidate(
  ports: Pick<Ports, "files" | "git" | "largeFiles" | "learners">,
  { repository, request, spec }: RowContext,
  handed: ChosenCandidates,
): Promise<Training> {
  const { model } = request;
  const entry = handed.of(model)!;
  if (entry.candidates.length !== spec.candidates.length) {
    const counts = `${entry.candidates.length} candidates, and the spec names ${spec.candidates.length}`;
    throw new CandidatesInvalidError(`"${model}" has ${counts}`);
  }
  const candidates: Candidate[] = [];
  const all = candidatesOf(spec);
  for (const [i, settings] of all.entries()) {
    const of = await ports.learners.get(settings.learner);
    const { algorithmVersion } = of;
    const { validation, failure, ...figures } = entry.candidates[i]!;
    const isAlone = validation === null && decidesNothing(of, all);
    const told = { validation: validation ?? undefined, failure, ...(isAlone && { alone: true as const }) };
    candidates.push({ ...figures, ...told, settings, algorithmVersion });
  }
  const artifact = await handed.artifact(model, "challenger");
  const learner = await ports.learners.get(candidates[entry.chosen]!.settings.learner);
  const settings = toldSettings(learner, candidates[entry.chosen]!.settings, artifact);
  const chosen = { ...candidates[entry.chosen]!, settings };
  candidates[entry.chosen] = chosen;
  const bytes = artifactBytes(artifact);
  const code = await readCode(ports, repository, chosen.settings, { workTree: request.dryRun });
  const reproducible = entry.reproducible !== false;
  const declared = declaredOf(chosen.settings) ?? undefined;
  const challenger = {
    ...chosen,
    artifact,
    bytes,
    code,
    reproducible,
    declared,
    training: entry.training ?? undefined,
  };
  const shipped = await handed.artifact(model, "shipped");
  if (shipped.size === 0 && shipsTrainedAgain(spec, challenger)) {
    throw new CandidatesInvalidError(`"${model}" has no model that was trained on all rows, and \`ship\` asks for it`);
  }
  const procedure = await handed.artifact(model, "procedure");
  const orNull = (files: ArtifactFiles) => (files.size === 0 ? null : files);
  return { candidates, chosen, challenger, procedure: orNull(procedure), shipped: orNull(shipped) };
}
