import type { Learner } from "@refit/core/runtime";
import { checkModelSpec } from "@refit/core/spec";
import { learnerConformance } from "@refit/testkit/conformance/learner";
import { autoAmong } from "./auto/auto.ts";
import { portfolio } from "./auto/portfolio.ts";
import { auto, gbdt, linear } from "./index.ts";
import { gbdtDefaults, linearDefaults } from "./made-up.fixture.ts";

/** Whether `model.yaml` may have this candidate. */
const acceptsOf =
  (learner: Pick<Learner, "name" | "algorithmVersion" | "description" | "settings">) => (candidate: object) =>
    checkModelSpec(
      {
        task: "binary",
        data: "d",
        target: "y",
        candidates: [candidate],
        metrics: { primary: "rocAuc" },
        gates: [{ metric: "rocAuc", min: 0.5 }],
      },
      [learner],
    ).ok;

learnerConformance(gbdt, {
  ignoring: { earlyStoppingRounds: 0 },
  settings: { ...gbdtDefaults, leaves: 8, earlyStoppingRounds: 5 },
  accepts: acceptsOf(gbdt),
});
learnerConformance(linear, { settings: linearDefaults, ignoring: {}, accepts: acceptsOf(linear) });
const few = portfolio.map((settings) => (settings.learner === "gbdt" ? { ...settings, trees: 15 } : settings));
learnerConformance(autoAmong(few.slice(0, 2)), {
  settings: { learner: "auto", models: 2, tries: 8 },
  accepts: acceptsOf(auto),
});
