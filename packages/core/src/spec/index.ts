export { checkDataManifest } from "./check-data-manifest.ts";
export { checkModelSpec } from "./check-model-spec.ts";
export type { Checked } from "./check.ts";
export { type ChecksPolicy, type DataManifest, type Field, dataManifest } from "./data-manifest.ts";
export { jsonSchemaOf } from "./json-schema.ts";
export { type MetricName, metricNames } from "./metric-names.ts";
export {
  type CandidateSettings,
  type GbdtSettings,
  type LinearSettings,
  type ModelSpec,
  type RetrainPolicy,
  type Task,
  gbdtSettings,
  modelSpec,
} from "./model-spec.ts";
export { nearest } from "./nearest.ts";
export { plain } from "./plain-text.ts";
export type { SpecProblem } from "./problems.ts";
export { type Slice, sliceName } from "./slice-name.ts";
export { globPattern, globRoot } from "./glob.ts";
export { type SourceFormat, sourceFormat } from "./source-format.ts";
