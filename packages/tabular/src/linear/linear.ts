import type { InstantPredictor, Learner } from "@refit/core/runtime";
import { describeFeatures } from "../model-header.ts";
import { loadLinear } from "./load-linear.ts";
import { writeLinear } from "./model-file.ts";
import { regress } from "./regress.ts";
import { linearDescriptor, type LinearSettings } from "./settings.ts";

/** Linear, logistic or softmax regression, by the task. Does not look at the validation rows. */
export const linear: Learner<LinearSettings, InstantPredictor> = {
  ...linearDescriptor,
  answersAtOnce: true,
  async fit(request) {
    const { task, classes, train } = request;
    return writeLinear({ task, classes, features: describeFeatures(train.features), ...regress(request) });
  },
  settle: (settings) => settings,
  ignoresValidation: () => true,
  load: loadLinear,
};
