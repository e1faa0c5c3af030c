import { parseFeatureSpec } from "@refit/core/history";
import {
  applyFeatures,
  inputMismatches,
  limitsOfToday,
  runsOwnCode,
  settlesNothing,
  type ArtifactFiles,
  type CandidateSettings,
} from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Part, Prepared } from "../products/prepared.ts";
import { readArtifact, readChampionFile } from "../versions/version-folder.ts";
import { learnFrom } from "./learn-from.ts";
import { fitCandidate, settledOf, trainingSteps, trainSettled } from "./train-candidate.ts";
import { validationFor } from "./validation-rows.ts";

type TrainProcedurePorts = Pick<Ports, "git" | "largeFiles" | "learners" | "out">;

/**
 * Where the champion has learned from rows of the holdout, not it but its procedure is judged: its settings and its
 * transform, trained on the rows before the holdout that the challenger learns from too.
 *
 * @returns `null`: the champion itself is judged, or today's rows are not what it could learn from.
 */
export async function trainProcedure(
  ports: TrainProcedurePorts,
  { champion, repository, spec }: RowContext,
  prepared: Prepared,
): Promise<ArtifactFiles | null> {
  // What was trained elsewhere cannot be trained on other rows: it is scored as it is, also on rows that it may have seen.
  if (champion === null || prepared.split.unseen || champion.lineage.declared !== undefined) return null;
  const text = await readChampionFile(ports, champion, "features.json");
  const features = text === null ? null : parseFeatureSpec(text);
  if (features === null || inputMismatches(features.inputs, prepared.table.columns).length > 0) return null;
  const { target } = prepared;
  if (JSON.stringify(features.target) !== JSON.stringify(target)) return null;

  const part = async (rows: Uint32Array): Promise<Part> => {
    const own = await prepared.part(rows);
    return { ...own, features: await applyFeatures(features, prepared.read, rows) };
  };
  const { name, settings } = champion.lineage.learner;
  const candidate = { ...limitsOfToday(spec), ...settings, learner: name } as CandidateSettings;
  const code = await codeOfVersion(ports, repository, champion);
  const rowsFor = async (settled: CandidateSettings, known: Uint32Array) => {
    const validation = await part(await validationFor(ports, settled, prepared.split.validation));
    return { target, training: await learnFrom({ part }, prepared, candidate, known), validation, code };
  };
  const settlesNone = settlesNothing(await ports.learners.get(name), candidate);
  const trained = settlesNone
    ? { settings: candidate, artifact: null }
    : await fitCandidate(ports, spec, candidate, await rowsFor(candidate, prepared.split.train));
  ports.out.progress(trainingSteps.procedure, 0);
  const rows = await rowsFor(await settledOf(ports, trained), prepared.trainingSide);
  return trainSettled(ports, spec, trained, { rows, step: trainingSteps.procedure });
}

/** The program that made the champion, not that of today. */
async function codeOfVersion(
  ports: Pick<Ports, "git" | "largeFiles">,
  repository: RowContext["repository"],
  { lineage, treeId }: NonNullable<RowContext["champion"]>,
): Promise<ArtifactFiles> {
  if (!runsOwnCode(lineage.learner.name)) return new Map();
  const artifact = await readArtifact(ports, repository, { treeId });
  return new Map(
    [...artifact].flatMap(([file, bytes]) => (file.startsWith("code/") ? [[file.slice("code/".length), bytes]] : [])),
  );
}
