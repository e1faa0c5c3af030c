import type { InstantPredictor, Learner } from "@refit/core/runtime";
import { applyLink } from "../link.ts";
import { checkFeatures, describeFeatures } from "../model-header.ts";
import { multiply } from "./design.ts";
import { readLinear, writeLinear } from "./model-file.ts";
import { regress } from "./regress.ts";
import { linearDescriptor, type LinearSettings } from "./settings.ts";

/** Linear, logistic or softmax regression, by the task. Does not look at the validation rows. */
export const linear: Learner<LinearSettings, InstantPredictor> = {
  ...linearDescriptor,
  async fit(request) {
    const { task, classes, train } = request;
    return writeLinear({ task, classes, features: describeFeatures(train.features), ...regress(request) });
  },
  settle: (settings) => settings,
  async load(files) {
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
  },
};
