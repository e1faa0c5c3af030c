export { applyFeatures, inputMismatches } from "../features/apply-features.ts";
export { readInstant } from "../features/read-instant.ts";
export { predictedClasses } from "../metrics/confusion.ts";
export { drawProbes } from "../serving/draw-probes.ts";
export { checkProbes, PROBES_FILE, readProbes, type Probes } from "../serving/probes.ts";
export type { IgnoredColumns, InputColumns, InputRecord } from "../serving/input-rows.ts";
export { rowTyper } from "../serving/typed-rows.ts";
export { rowScorer, answerWidth } from "../serving/row-scorer.ts";
export { knownFormat } from "../lineage/known-format.ts";
export { readFeatures, taskCheck } from "../features/read-features.ts";
export type { Column } from "../features/column.ts";
export type { ClassValue, ColumnInfo, TargetSpec } from "../features/column-info.ts";
export { dateParts } from "../features/date-part.ts";
export { CALIBRATION_FILE, loadCalibrated, withoutCalibration } from "../calibration/calibrated-predictor.ts";
export { applyCalibration, type CalibrationMaps, type CalibrationMethod } from "../calibration/calibration.ts";
export { calibrationText, readCalibration } from "../calibration/calibration-file.ts";
export { crossCalibrated, fitCalibration } from "../calibration/fit-calibration.ts";
export {
  type CommandSettings,
  commandDescriptor,
  decidingSettings,
  limitsOf,
  limitsOfToday,
  type ProgramLimits,
  runsOwnCode,
} from "../learners/command-descriptor.ts";
export {
  type JsonCheck,
  exactly,
  fields,
  fits,
  integer,
  list,
  type Misfit,
  finite,
  readJson,
  requireFit,
  text,
  wordOf,
} from "../json-checks.ts";
export { inputColumns, inputRowsOf } from "../learners/input-columns.ts";
export { foundWords } from "../learners/found-words.ts";
export { readAnswers } from "../learners/read-answers.ts";
export { csvOf } from "../learners/rows-csv.ts";
export type {
  ArtifactFiles,
  FeatureColumn,
  FeatureMatrix,
  FitRequest,
  InputRows,
  InstantPredictor,
  LabelledRows,
  Learner,
  LiveSettings,
  Predictor,
  ProgramInputs,
  Threads,
} from "../learners/learner.ts";
export {
  type CandidateSettings,
  type LearnerDescriptor,
  type SettingsOf,
  fillSettings,
} from "../learners/learner-settings.ts";
export { decidesNothing, settlesNothing } from "../learners/validation-use.ts";
export { settledNetwork, type TfjsSettings, tfjsDescriptor } from "../learners/tfjs-descriptor.ts";
export { declaredOf, onnxDescriptor, type OnnxSettings } from "../learners/onnx-descriptor.ts";
export { answersNewRows, predictionsDescriptor } from "../learners/predictions-descriptor.ts";
export { rowNames } from "../learners/row-names.ts";
export { portableExp } from "../portable-math.ts";
export { trainingWindow } from "../split/training-window.ts";
export type { TrainingPolicy } from "../spec/training-policy.ts";
export { pickFeatures, pickValues, stackFeatures } from "../learners/pick-features.ts";
