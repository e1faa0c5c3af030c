import { churnSpec } from "./churn.ts";
import type { Scene } from "./scene.ts";

/** Three nights for the choice and one that is kept back. */
export const policySpan = { from: "2026-01-25", to: "2026-02-28", every: "7" };

/** Of two columns, the one that tells less: another policy with the others does better for certain. */
export const poorSpec = `# Who leaves, and when.
task: binary
data: churn
target: left
time: day
features:
  include: [plan] # more would help
candidates: [{ learner: linear }]
holdout: { days: 6, minRows: 50 }
metrics: { primary: rocAuc, also: [logLoss] }
gates: ${JSON.stringify(churnSpec.gates)}
margin: 0.2
retrain: { minNewRows: 90, drift: false, cooldownHours: 24, maxPerWeek: 50 } # twice a month
seed: 7
`;

/** @returns where it lies. */
export async function writeRichPolicy(scene: Pick<Scene, "root" | "write">): Promise<string> {
  await scene.write(".git/rich.yaml", "features: { exclude: [customer] }\n");
  return `${scene.root}/.git/rich.yaml`;
}
