import type { InputInvalidError, InputProblem } from "@refit/core/errors";
export type { InputInvalidError, InputProblem };
export { invalidInput } from "./invalid-input.ts";
export type { IgnoredColumns, InputColumns, InputRecord } from "@refit/core/runtime";
export {
  loadVersion,
  type RowAnswer,
  type ClassAnswer,
  type LoadedVersion,
  type LoadOptions,
  type ModelLoader,
  type Prediction,
  type Predictions,
  type ValueAnswer,
  type VersionName,
} from "./load-version.ts";
export { fromMap, fromUrl, type Fetch, type VersionReader } from "./read-files.ts";
