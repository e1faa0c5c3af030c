export { type Observation, type RetrainDecision, decideRetrain } from "./decide-retrain.ts";
export type { DriftSeen } from "./drift-trigger.ts";
export { mayMergeItself } from "./may-merge-itself.ts";
export type { HeldBack, Reason } from "./reason.ts";
