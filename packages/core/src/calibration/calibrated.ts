import type { ArtifactFiles, Predictor } from "../learners/learner.ts";
import { readCalibration } from "./calibration-file.ts";
import { applyCalibration } from "./calibration.ts";

/** A model whose answers go through the maps of the calibration. @throws ArtifactInvalidError, FormatNewerError */
export function calibratedPredictor(files: ArtifactFiles, predictor: Predictor): Predictor {
  const { maps } = readCalibration(files)!;
  return {
    ...(predictor.reads && { reads: predictor.reads }),
    ...(predictor.starts && { starts: predictor.starts }),
    predict(features) {
      const answers = predictor.predict(features);
      if (answers instanceof Promise) return answers.then((each) => applyCalibration(maps, each));
      return applyCalibration(maps, answers);
    },
  };
}
