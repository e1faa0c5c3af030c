import { fillSettings } from "@refit/core/runtime";
import { checkModelSpec } from "@refit/core/spec";
import { learnerConformance } from "@refit/testkit/conformance/learner";
import { tfjs } from "../src/index.ts";

learnerConformance(tfjs, {
  ignoring: { earlyStoppingEpochs: 0 },
  settings: fillSettings(tfjs, {
    hidden: [16],
    batchSize: 128,
    learningRate: 0.03,
    epochs: 12,
    earlyStoppingEpochs: 3,
  }) as never,
  accepts: (candidate) =>
    checkModelSpec(
      {
        task: "binary",
        data: "d",
        target: "y",
        candidates: [candidate],
        metrics: { primary: "rocAuc" },
        gates: [{ metric: "rocAuc", min: 0.5 }],
      },
      [tfjs],
    ).ok,
});
