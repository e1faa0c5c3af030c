import type { ArtifactFiles, FeatureMatrix } from "@refit/core/runtime";
import type { Explainer } from "../explain/explainer.ts";
import { gaussLegendre } from "../explain/gauss-legendre.ts";
import { checkFeatures, outputsOf } from "../model-header.ts";
import { countRows, meanAt, rootOf, routes } from "./covers.ts";
import { readGbdt } from "./model-file.ts";
import { mostColumns, treeShap } from "./tree-shap.ts";

/**
 * Explain trees by rows that the contributions are measured from, such as some of the training rows: what a tree answers without
 * knowing a column is a mean over them.
 *
 * O(trees × background rows × depth), and per explained row O(trees × leaves × depth²).
 *
 * @throws ArtifactInvalidError for a model that cannot be read, or background rows of other columns.
 */
export function explainGbdt(files: ArtifactFiles, background: FeatureMatrix): Explainer {
  const model = readGbdt(files);
  checkFeatures(background, model.features);
  const width = model.features.length;
  const columns = model.rounds.flat().reduce((most, tree) => Math.max(most, mostColumns(tree)), 0);
  const quadrature = gaussLegendre(Math.ceil(columns / 2));
  const outputs = Array.from({ length: outputsOf(model) }, (_, output) =>
    model.rounds.map((round) => {
      const tree = round[output]!;
      const covers = countRows(tree, background);
      return { tree, mean: meanAt(tree, covers)(rootOf(tree)), addShap: treeShap(tree, covers, quadrature) };
    }),
  );
  return {
    expected: Float64Array.from(outputs, (trees, output) =>
      trees.reduce((sum, { mean }) => sum + mean, model.base[output]!),
    ),
    contributions(features) {
      checkFeatures(features, model.features);
      return outputs.map((trees) => {
        const all = new Float64Array(features.rows * width);
        for (const { tree, addShap } of trees) {
          const goesLeft = routes(tree, features);
          for (let row = 0; row < features.rows; row++) {
            addShap((split) => goesLeft(split, row), all.subarray(row * width, (row + 1) * width));
          }
        }
        return all;
      });
    },
  };
}
