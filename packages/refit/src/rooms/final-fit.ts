import { canonicalJson } from "@refit/core/history";
import type { FeatureSpec } from "@refit/core/data";
import { changedInputs, changedLevels } from "@refit/core/judge";
import { answersNewRows, type ArtifactFiles } from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Prepared, Transform } from "../products/prepared.ts";
import { shipsTrainedAgain, type Shipped, type Training } from "../products/training.ts";
import { sha256 } from "../sha256.ts";
import { learnFrom, rowsToLearn } from "./learn-from.ts";
import { settledOf, trainingSteps, trainSettled } from "./train-candidate.ts";
import { validationFor } from "./validation-rows.ts";
import { startForHoldout } from "./warm-start.ts";

type FittedRows = Pick<
  Prepared,
  "fit" | "featureSpec" | "labelled" | "labels" | "part" | "split" | "table" | "target" | "times" | "trainingSide"
>;

/**
 * What ships: the settings that were judged, trained once more on every labelled row, also on those of the holdout, with a
 * transform that was fitted to all of them. Where `ship` is `judged`, the model that was judged.
 */
export async function finalFit(
  ports: Pick<Ports, "learners" | "out">,
  { spec }: Pick<Context, "spec">,
  prepared: FittedRows,
  training: Pick<Training, "challenger" | "shipped">,
): Promise<Shipped> {
  const { split, featureSpec, trainingSide, labelled } = prepared;
  const { challenger } = training;
  const { artifact, settings, code, declared } = challenger;
  if (declared !== undefined) {
    const { trainedUntil } = declared;
    const inputs = answersNewRows(settings.learner) ? featureSpec : withKey(spec, prepared);
    return { artifact, judgedArtifact: null, featureSpec: inputs, trainedUntil, rows: null };
  }
  if (!shipsTrainedAgain(spec, challenger)) {
    const rows = rowsToLearn(prepared, settings, trainingSide).length;
    return { artifact, judgedArtifact: null, featureSpec, trainedUntil: iso(split.trainedUntil), rows };
  }
  if (training.shipped === null) ports.out.progress(trainingSteps.all, 0);
  const all = await transformOf(prepared, challenger);
  return {
    artifact: training.shipped ?? (await trainOn(all)),
    judgedArtifact: digestOf(artifact),
    featureSpec: all.featureSpec,
    trainedUntil: iso(split.to),
    rows: rowsToLearn(prepared, settings, labelled).length,
  };

  async function trainOn({ target, part }: Transform): Promise<ArtifactFiles> {
    const settled = await settledOf(ports, { settings, artifact });
    const known = await learnFrom({ part }, prepared, settings, labelled);
    const rows = {
      target,
      training: known,
      validation: await part(await validationFor(ports, settled, split.validation)),
      code,
      ...startForHoldout(challenger.start),
    };
    return trainSettled(ports, spec, { settings, artifact }, { rows, step: trainingSteps.all });
  }
}

/**
 * Fitted to all labelled rows. A model that goes on from another one keeps its inputs and the order of its categories, so where those would be others, the transform of
 * the model that was judged stays.
 */
async function transformOf(
  prepared: FittedRows,
  { start, settings: { learner } }: Pick<Training["challenger"], "start" | "settings">,
): Promise<Transform> {
  const all = await prepared.fit(prepared.labelled);
  const { featureSpec } = prepared;
  const isOther = changedInputs(featureSpec, all.featureSpec) ?? changedLevels(featureSpec, all.featureSpec, learner);
  return start?.kind === "warm" && isOther !== null ? prepared : all;
}

/** Predictions are found by key, so that its columns have to be there, too. */
function withKey({ key }: Context["spec"], { featureSpec, table }: FittedRows): FeatureSpec {
  const known = new Set(featureSpec.inputs.map(({ name }) => name));
  const names = [key ?? []].flat().filter((name) => !known.has(name));
  return {
    ...featureSpec,
    inputs: [...featureSpec.inputs, ...table.columns.filter(({ name }) => names.includes(name))],
  };
}

function digestOf(artifact: ArtifactFiles): string {
  const digests = [...artifact].map(([file, bytes]) => [file, sha256(bytes)] as const);
  return sha256(canonicalJson(Object.fromEntries(digests)));
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
