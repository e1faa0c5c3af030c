/** The rooms of a retrain, apart from the ones before it so that a run with nothing to do loads none of them. */
export { withPrepared } from "./prepare.ts";
export { endTooEarly, waitsForRows } from "./ends/too-early.ts";
export { train } from "./train.ts";
export { isOfCandidate, openBench } from "./bench.ts";
export { takeImport } from "./take-import.ts";
export { takeModel } from "./take-model.ts";
export { finalFit } from "./final-fit.ts";
export { evaluate } from "./evaluate.ts";
export { gate } from "./gate.ts";
export { buildVersion } from "./build-version.ts";
export { withTrainingScore } from "../scoring/primary-score.ts";
export { argue, byItself, propose } from "./propose.ts";
