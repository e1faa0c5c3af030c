import type { InstantPredictor, Learner } from "@refit/core/runtime";
import { describeFeatures } from "../model-header.ts";
import { boost } from "./boost.ts";
import { inBatches } from "./kernels/predict.ts";
import { loadGbdt } from "./load-gbdt.ts";
import { readGbdt, writeGbdt } from "./model-file.ts";
import { gbdtDescriptor, type GbdtSettings } from "./settings.ts";

/** Histogram gradient-boosted trees. Missing values and categories need no preparation; see `constraintsOf` for columns that are not there. */
export const gbdt: Learner<GbdtSettings, InstantPredictor> = {
  ...gbdtDescriptor,
  answersAtOnce: true,
  async fit(request) {
    const { task, classes, train } = request;
    return writeGbdt({ task, classes, features: describeFeatures(train.features), ...boost(request) });
  },
  settle(settings, files) {
    return { ...settings, trees: Math.max(1, readGbdt(files).rounds.length), earlyStoppingRounds: 0 };
  },
  ignoresValidation: ({ earlyStoppingRounds }) => earlyStoppingRounds === 0,
  load: (files) => loadGbdt(files, inBatches),
};
