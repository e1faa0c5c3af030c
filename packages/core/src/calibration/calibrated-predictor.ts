import type { ArtifactFiles, Predictor } from "../learners/learner.ts";

/** Of an artifact, beside what the learner wrote. */
export const CALIBRATION_FILE = "calibration.json";

/**
 * Opens an artifact, whose answers go through the maps of its calibration where it has one.
 *
 * @param load opens what the learner itself wrote.
 * @throws ArtifactInvalidError, FormatNewerError, and what `load` throws
 */
export async function loadCalibrated(
  files: ArtifactFiles,
  load: (files: ArtifactFiles) => Promise<Predictor>,
): Promise<Predictor> {
  if (!files.has(CALIBRATION_FILE)) return load(files);
  // Few versions have one, so that a page brings the code only for those.
  const { calibratedPredictor } = await import("./calibrated.ts");
  return calibratedPredictor(files, await load(withoutCalibration(files)));
}

/** What the learner itself wrote. */
export function withoutCalibration(files: ArtifactFiles): ArtifactFiles {
  return new Map([...files].filter(([file]) => file !== CALIBRATION_FILE));
}
