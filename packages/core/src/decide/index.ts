export { blockedInARow } from "./blocked-in-a-row.ts";
export { datedRows } from "./dated-rows.ts";
export { decisionFacts } from "./decision-facts.ts";
export { type RetrainDecision, decideRetrain } from "./decide-retrain.ts";
export { driftLevelOf, driftRow } from "./drift-memory.ts";
export { mayMergeItself } from "./may-merge-itself.ts";
export { type Outlook, outlook } from "./outlook.ts";
export type { HeldBack, Reason } from "./reason.ts";
export { tooEarly } from "./too-early.ts";
