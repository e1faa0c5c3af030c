import type { ArtifactFiles, InstantPredictor } from "@refit/core/runtime";
import { applyLink } from "../link.ts";
import { checkFeatures } from "../model-header.ts";
import { multiply } from "./design.ts";
import { readLinear } from "./model-file.ts";

/** Checks the files and opens the model. @throws ArtifactInvalidError, FormatNewerError */
export async function loadLinear(files: ArtifactFiles): Promise<InstantPredictor> {
  const model = readLinear(files);
  return {
    predict(features) {
      checkFeatures(features, model.features);
      const scores = model.weights.map((weights) => {
        const ofOutput = new Float64Array(features.rows);
        multiply(model.design, features, weights, ofOutput);
        return ofOutput;
      });
      return applyLink(model.task, scores);
    },
  };
}
