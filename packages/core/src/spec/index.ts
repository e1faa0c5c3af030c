export { candidatesOf } from "./candidates-of.ts";
export { checkDataManifest } from "./check-data-manifest.ts";
export { checkModelSpec } from "./check-model-spec.ts";
export { codeOf } from "../learners/command-descriptor.ts";
export { type CommandJob, type StoredCommand, commandJob, storedCommand } from "../learners/command-job.ts";
export {
  type KeyedPredictions,
  type StoredPredictions,
  predictionsText,
  readPredictionsText,
  storedPredictions,
} from "../learners/predictions-file.ts";
export { settingRecord } from "../learners/setting-record.ts";
export type { Checked } from "./check.ts";
export { columnNameKey, columnNameProblem } from "./column-name.ts";
export {
  type ChecksPolicy,
  type DataLimits,
  type DataManifest,
  type Field,
  type FurtherTable,
  dataLimits,
  dataManifest,
} from "./data-manifest.ts";
export { contentName, type FileColumnRule, fileColumnsOf, filePlace } from "./file-columns.ts";
export { asOwnRows, viewFile } from "./further-table.ts";
export type { LabelsSpec } from "./labels-spec.ts";
export { checkLayout, layoutSpec } from "./layout-spec.ts";
export { manifestPath } from "./manifest-path.ts";
export {
  type Layout,
  layoutFile,
  mostParallel,
  modelFolder,
  modelOfOutput,
  modelOfSpec,
  modelRoots,
  rivalFolder,
  usualLayout,
  type WithLayout,
} from "./layout.ts";
export { type MetricName, isBuiltIn, measuredMetrics } from "./metric-names.ts";
export { type ModelSpec, type RetrainPolicy, type Task, modelSpec, shipsAll } from "./model-spec.ts";
export { nameProblem } from "./names.ts";
export { nearest } from "./nearest.ts";
export { plain } from "./plain-text.ts";
export type { SpecProblem } from "./problems.ts";
export { declaredInstant } from "./declared-instant.ts";
export { type Slice, sliceName } from "./slice-name.ts";
export { usualMemory } from "./usual-memory.ts";
export { globLiteral, globPattern, globRoot, type PathPattern } from "./glob.ts";
export { type Rollout, checkRollout, rolloutSpec, rolloutText } from "./rollout.ts";
export { schemeOf } from "./source-scheme.ts";
export { type SourceFormat, sourceFormat, unreadEnding } from "./source-format.ts";
export type { ApprovalPolicy } from "./approval-policy.ts";
