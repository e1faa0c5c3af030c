export { applyFeatures, inputMismatches } from "../features/apply-features.ts";
export type { Column } from "../features/column.ts";
export type {
  ArtifactFiles,
  FeatureColumn,
  FeatureMatrix,
  FitRequest,
  InstantPredictor,
  LabelledRows,
  Learner,
  Predictor,
} from "../learners/learner.ts";
export {
  type CandidateSettings,
  type LearnerDescriptor,
  type SettingsOf,
  fillSettings,
} from "../learners/learner-settings.ts";
export { pickFeatures, stackFeatures } from "../learners/pick-features.ts";
