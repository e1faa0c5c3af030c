import type { TargetSpec } from "@refit/core/data";
import {
  applyCalibration,
  CALIBRATION_FILE,
  crossCalibrated,
  readCalibration,
  type ArtifactFiles,
  type LabelledRows,
  type Learner,
} from "@refit/core/runtime";

export interface ValidationAnswers {
  /** What the model answers. */
  readonly given: Float64Array;
  /** The same, but calibrated by other rows than the one that is answered: what the choice among candidates rests on. */
  readonly scored: Float64Array;
}

export async function validationAnswers(
  learner: Pick<Learner, "load">,
  artifact: ArtifactFiles,
  { target, validation }: { readonly target: TargetSpec; readonly validation: LabelledRows },
): Promise<ValidationAnswers> {
  const calibration = readCalibration(artifact);
  if (calibration === null) {
    const given = await (await learner.load(artifact)).predict(validation.features);
    return { given, scored: given };
  }
  const own = new Map([...artifact].filter(([file]) => file !== CALIBRATION_FILE));
  const answers = await (await learner.load(own)).predict(validation.features);
  const { weights } = validation;
  const rows = { classes: target.classes!.length, answers, target: validation.target, ...(weights && { weights }) };
  return { given: applyCalibration(calibration.maps, answers), scored: crossCalibrated(calibration.method, rows) };
}
