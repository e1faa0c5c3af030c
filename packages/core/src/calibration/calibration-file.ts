import { canonicalJson } from "../digest/canonical-json.ts";
import { type JsonCheck, fields, list, finite, readJson, wordOf } from "../json-checks.ts";
import type { ArtifactFiles } from "../learners/learner.ts";
import { calibrationMethods, type CalibrationMaps, type CalibrationMethod, type IsotonicMap } from "./calibration.ts";
import { CALIBRATION_FILE } from "./calibrated-predictor.ts";

const FORMAT = 1;

/** What the file holds. */
export interface StoredCalibration {
  readonly method: CalibrationMethod;
  readonly maps: CalibrationMaps;
}

export function calibrationText({ method, maps }: StoredCalibration): string {
  const plain = maps.map((map) => ({ ...map }));
  return `${canonicalJson({ format: FORMAT, method, maps: plain })}\n`;
}

/**
 * Reads and checks the file: every number is finite, and no map turns the order of the answers.
 *
 * @returns `null`: the artifact has none. @throws ArtifactInvalidError, FormatNewerError
 */
export function readCalibration(files: ArtifactFiles): StoredCalibration | null {
  const bytes = files.get(CALIBRATION_FILE);
  if (bytes === undefined) return null;
  const { method, maps } = readJson(CALIBRATION_FILE, bytes, FORMAT, calibrationCheck) as StoredCalibration;
  return { method, maps };
}

const calibrationCheck: JsonCheck = (value) => {
  const { method } = Object(value) as StoredCalibration;
  const maps = list(method === "platt" ? plattCheck : isotonicCheck);
  return fields({
    method: wordOf(...calibrationMethods),
    maps: (given) => maps(given, 0) ?? ((given as []).length > 0 ? undefined : ["", "a map"]),
  })(value, 0);
};

const plattCheck: JsonCheck = (map) => fields({ kind: wordOf("platt"), slope: finite(0), intercept: finite() })(map, 0);

const isotonicCheck: JsonCheck = (map) => {
  const { at, gives } = Object(map) as IsotonicMap;
  const isRising = () =>
    at.length > 0 &&
    at.every(
      (answer, i) => gives[i]! > 0 && gives[i]! < 1 && (i === 0 || (answer > at[i - 1]! && gives[i]! >= gives[i - 1]!)),
    );
  return (
    fields({
      kind: wordOf("isotonic"),
      at: list(finite()),
      gives: (given) => list(finite(), at.length)(given, 0),
    })(map, 0) ?? (isRising() ? undefined : ["", "a rising map"])
  );
};
