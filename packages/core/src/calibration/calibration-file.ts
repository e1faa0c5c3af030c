import { canonicalJson } from "../digest/canonical-json.ts";
import { refuseNewer } from "../errors/format-errors.ts";
import { ArtifactInvalidError } from "../errors/learner-errors.ts";
import type { ArtifactFiles } from "../learners/learner.ts";
import { calibrationMethods, type CalibrationMaps, type CalibrationMethod } from "./calibration.ts";

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
  const { method, maps } = Object(value) as Readonly<Record<string, unknown>>;
  const known = calibrationMethods.find((each) => each === method);
  if (known === undefined) fail("method", `one of ${calibrationMethods.join(", ")}`);
  if (!Array.isArray(maps) || maps.length === 0) fail("maps", "a list of maps");
  const isMap = known === "platt" ? isPlatt : isIsotonic;
  for (const [i, map] of (maps as unknown[]).entries()) {
    if (!isMap(Object(map))) fail(`maps[${i}]`, `a rising map of the method ${known}`);
  }
  return { method: known, maps: maps as unknown as CalibrationMaps };
}

type MapFields = Readonly<Record<string, unknown>>;

const isPlatt = ({ kind, slope, intercept }: MapFields) =>
  kind === "platt" && Number.isFinite(slope) && (slope as number) >= 0 && Number.isFinite(intercept);

function isIsotonic({ kind, at, gives }: MapFields): boolean {
  if (kind !== "isotonic" || !isNumbers(at) || !isNumbers(gives)) return false;
  if (at.length === 0 || at.length !== gives.length) return false;
  return (
    at.every((answer, i) => i === 0 || answer > at[i - 1]!) &&
    gives.every((value, i) => value > 0 && value < 1 && (i === 0 || value >= gives[i - 1]!))
  );
}

const isNumbers = (list: unknown): list is number[] => Array.isArray(list) && list.every(Number.isFinite);

function fail(field: string, expected: string): never {
  throw new ArtifactInvalidError(CALIBRATION_FILE, field, expected);
}
