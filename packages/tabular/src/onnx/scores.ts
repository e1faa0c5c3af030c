import { ArtifactInvalidError, NotExportableError } from "@refit/core/errors";
import type { ArtifactFiles } from "@refit/core/runtime";
import { readAuto } from "../auto/model-file.ts";
import { type GbdtModel, readGbdt } from "../gbdt/model-file.ts";

import { INPUT_LIMIT, scaleOf } from "../linear/design.ts";
import { type LinearModel, readLinear } from "../linear/model-file.ts";
import { outputsOf, type ModelFeature } from "../model-header.ts";
import { MODEL_FILE } from "../model-json.ts";
import { EXP_LIMIT } from "./elementary.ts";
import type { FeatureValue } from "./inputs.ts";
import type { Graph, GraphValue } from "./graph.ts";
import { fromLog, fromScores } from "./links.ts";
import type { OnnxLearner } from "./onnx-learners.ts";
import { DOUBLE } from "./proto.ts";
import { addTrees, type PlacedTree } from "./tree-ensemble.ts";

/** Columns of the matrix by name of the feature. */
export type Features = ReadonlyMap<string, FeatureValue>;

/**
 * What a model of this package answers, [N, outputs], as its `predict` computes it.
 *
 * @throws ArtifactInvalidError, also where its features are others.
 */
export function answersOf(g: Graph, learner: OnnxLearner, files: ArtifactFiles, features: Features): GraphValue {
  switch (learner) {
    case "gbdt":
      return treesAnswer(g, readGbdt(files), features);
    case "linear":
      return linearAnswer(g, readLinear(files), features);
    case "auto":
      return blendAnswer(g, files, features);
  }
}

function treesAnswer(g: Graph, model: GbdtModel, features: Features): GraphValue {
  const columns = model.features.map((feature, place) => {
    const value = matching(features, feature, place);
    return value.kind === "numeric" ? value.values : g.column(g.cast(value.codes, DOUBLE));
  });
  // A tree of one leaf comes first, so that additions begin with the base score, as ours do.
  const leaf = (value: number) => ({ column: [], rule: [], missingLeft: [], left: [], right: [], leaf: [value] });
  const trees: PlacedTree[] = [model.base.map(leaf), ...model.rounds].flatMap((round) =>
    round.map((tree, output) => ({ tree, output })),
  );
  const scores = addTrees(g, g.beside(columns), outputsOf(model), trees);
  if (model.link === undefined) return fromScores(g, model.task, scores, outputsOf(model));
  const bound = Math.ceil(boundOf(model)) + 1;
  if (bound > EXP_LIMIT) throw new NotExportableError("scores-too-large");
  return fromLog(g, scores, bound);
}

/** The largest score that the leaves can add up to. */
function boundOf({ base, rounds }: GbdtModel): number {
  return rounds.reduce((sum, [tree]) => sum + Math.max(...tree!.leaf.map(Math.abs)), Math.abs(base[0]!));
}

function linearAnswer(g: Graph, model: LinearModel, features: Features): GraphValue {
  const { design, weights } = model;
  const outputs = outputsOf(model);
  /** A row of coefficients, one for each output. */
  const at = (place: number) =>
    g.list(
      weights.map((ofOutput) => ofOutput[place]!),
      outputs,
    );
  const parts = model.features.map((feature, place) => {
    const value = matching(features, feature, place);
    const offset = design.offsets[place]!;
    if (value.kind === "categorical") {
      const rows = Array.from({ length: feature.levels + 2 }, (_, code) =>
        weights.map((ofOutput) => ofOutput[offset + code]!),
      );
      return g.gather(g.list(rows.flat(), outputs), value.codes);
    }
    const scaled = g.mul(g.sub(value.values, design.means[place]!), scaleOf(design.deviations[place]!));
    const standardised = g.clip(scaled, -INPUT_LIMIT, INPUT_LIMIT);
    return g.choose(g.apply("IsNaN", [value.values]), at(offset + 1), g.mul(standardised, at(offset)));
  });
  return fromScores(g, model.task, g.sum([at(0), ...parts]), outputs);
}

function blendAnswer(g: Graph, files: ArtifactFiles, features: Features): GraphValue {
  const parts = readAuto(files).members.map(({ share, settings, model }) => {
    const answer = answersOf(g, settings.learner, model, features);
    return share === 1 ? answer : g.mul(answer, share);
  });
  return g.sum(parts);
}

function matching(features: Features, feature: ModelFeature, place: number): FeatureValue {
  const found = features.get(feature.name);
  if (found?.kind === feature.kind) return found;
  throw new ArtifactInvalidError(MODEL_FILE, `features[${place}]`, "a feature of features.json");
}
