export { InputInvalidError, type InputProblem } from "./input-error.ts";
export {
  loadVersion,
  type Answer,
  type ClassAnswer,
  type LoadedVersion,
  type LoadOptions,
  type ModelLoader,
  type Prediction,
  type Predictions,
  type ValueAnswer,
  type VersionName,
} from "./load-version.ts";
export { fromMap, fromUrl, type Fetch, type ReadFile } from "./read-files.ts";
export type { IgnoredColumns, InputColumns, InputRecord } from "./read-rows.ts";
