import { canonicalJson } from "../digest/canonical-json.ts";
import { refuseNewer } from "../errors/format-errors.ts";
import { ArtifactInvalidError } from "../errors/learner-errors.ts";
import { jsonReader, type JsonReader } from "../json-reader.ts";
import type { ArtifactFiles } from "../learners/learner.ts";
import {
  calibrationMethods,
  type CalibrationMaps,
  type CalibrationMethod,
  type IsotonicMap,
  type PlattMap,
} from "./calibration.ts";

/** Of an artifact, beside what the learner wrote. */
export const CALIBRATION_FILE = "calibration.json";

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
export function readCalibration(files: ArtifactFiles, decode: (bytes: Uint8Array) => string): StoredCalibration | null {
  const bytes = files.get(CALIBRATION_FILE);
  if (bytes === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(decode(bytes));
  } catch (cause) {
    throw new ArtifactInvalidError(CALIBRATION_FILE, "", "JSON text", { cause });
  }
  refuseNewer(CALIBRATION_FILE, value, FORMAT);
  const file = jsonReader(CALIBRATION_FILE, value);
  const method = file.at("method").asWord(...calibrationMethods);
  const maps = file.at("maps").asList();
  if (maps.length === 0) file.at("maps").fail("a map");
  return { method, maps: maps.map((map) => (method === "platt" ? readPlatt(map) : readIsotonic(map))) };
}

function readPlatt(map: JsonReader): PlattMap {
  const kind = map.at("kind").asWord("platt");
  return { kind, slope: map.at("slope").asNumber(0), intercept: map.at("intercept").asNumber() };
}

function readIsotonic(map: JsonReader): IsotonicMap {
  const kind = map.at("kind").asWord("isotonic");
  const at = map
    .at("at")
    .asList()
    .map((answer) => answer.asNumber());
  const gives = map
    .at("gives")
    .asList(at.length)
    .map((value) => value.asNumber());
  const isRising = at.every(
    (answer, i) => gives[i]! > 0 && gives[i]! < 1 && (i === 0 || (answer > at[i - 1]! && gives[i]! >= gives[i - 1]!)),
  );
  return at.length > 0 && isRising ? { kind, at, gives } : map.fail("a rising map");
}
