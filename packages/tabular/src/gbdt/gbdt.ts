import type { InstantPredictor, Learner } from "@refit/core/runtime";
import { describeFeatures } from "../model-header.ts";
import { boost } from "./boost.ts";
import { type GbdtModel, readGbdt, writeGbdt } from "./model-file.ts";
import { predictor } from "./predict.ts";
import { gbdtDescriptor, type GbdtSettings } from "./settings.ts";

/** Histogram gradient-boosted trees. Missing values and categories need no preparation; see `constraintsOf` for columns that are not there. */
export const gbdt: Learner<GbdtSettings, InstantPredictor> = {
  ...gbdtDescriptor,
  async fit(request) {
    const { task, classes, train } = request;
    return writeGbdt({ task, classes, features: describeFeatures(train.features), ...boost(request) });
  },
  settle(settings, files) {
    return { ...settings, trees: Math.max(1, readGbdt(files).rounds.length), earlyStoppingRounds: 0 };
  },
  async load(files) {
    const model = readGbdt(files);
    const predict = predictor(model);
    return {
      reads: columnsRead(model),
      predict: model.link === "log" ? (features) => predict(features).map(Math.exp) : predict,
    };
  },
};

/** Names of the columns that a tree splits on. */
function columnsRead({ features, rounds }: GbdtModel): ReadonlySet<string> {
  const places = new Set(rounds.flatMap((round) => round.flatMap(({ column }) => column)));
  return new Set([...places].map((place) => features[place]!.name));
}
