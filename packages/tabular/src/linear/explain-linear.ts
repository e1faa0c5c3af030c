import type { ArtifactFiles, FeatureMatrix } from "@refit/core/runtime";
import type { Explainer } from "../explain/explainer.ts";
import { checkFeatures } from "../model-header.ts";
import { addColumn } from "./design.ts";
import { readLinear } from "./model-file.ts";

/**
 * Explain a linear model: a column contributes what it adds to the score, less the mean of that over the background rows, which is
 * its Shapley value where columns are independent (Štrumbelj & Kononenko 2014, section 3).
 *
 * @throws ArtifactInvalidError for a model that cannot be read, or background rows of other columns.
 */
export function explainLinear(files: ArtifactFiles, background: FeatureMatrix): Explainer {
  const { design, features: described, weights } = readLinear(files);
  checkFeatures(background, described);
  const terms = ({ rows, columns }: FeatureMatrix, ofOutput: Float64Array): Float64Array[] =>
    columns.map((column, index) => {
      const added = new Float64Array(rows);
      addColumn(design, { column, index }, ofOutput, added);
      return added;
    });
  const means = weights.map((ofOutput) =>
    terms(background, ofOutput).map(
      (added) => added.reduce((sum, value) => sum + value, 0) / Math.max(1, added.length),
    ),
  );
  return {
    expected: Float64Array.from(weights, (ofOutput, output) =>
      means[output]!.reduce((sum, mean) => sum + mean, ofOutput[0]!),
    ),
    contributions(features) {
      checkFeatures(features, described);
      const width = described.length;
      return weights.map((ofOutput, output) => {
        const all = new Float64Array(features.rows * width);
        for (const [column, added] of terms(features, ofOutput).entries()) {
          for (let row = 0; row < features.rows; row++)
            all[row * width + column] = added[row]! - means[output]![column]!;
        }
        return all;
      });
    },
  };
}
