import type { ArtifactFiles, Predictor } from "../learners/learner.ts";
import { CALIBRATION_FILE, readCalibration } from "./calibration-file.ts";
import { applyCalibration } from "./calibration.ts";

/**
 * Opens an artifact, whose answers go through the maps of its calibration where it has one.
 *
 * @param load opens what the learner itself wrote.
 * @throws ArtifactInvalidError, FormatNewerError, and what `load` throws
 */
export async function loadCalibrated(
  files: ArtifactFiles,
  decode: (bytes: Uint8Array) => string,
  load: (files: ArtifactFiles) => Promise<Predictor>,
): Promise<Predictor> {
  const calibration = readCalibration(files, decode);
  if (calibration === null) return load(files);
  const { maps } = calibration;
  const predictor = await load(withoutCalibration(files));
  return {
    ...(predictor.reads && { reads: predictor.reads }),
    predict(features) {
      const answers = predictor.predict(features);
      if (answers instanceof Promise) return answers.then((each) => applyCalibration(maps, each));
      return applyCalibration(maps, answers);
    },
  };
}

/** What the learner itself wrote. */
export function withoutCalibration(files: ArtifactFiles): ArtifactFiles {
  if (!files.has(CALIBRATION_FILE)) return files;
  return new Map([...files].filter(([file]) => file !== CALIBRATION_FILE));
}
