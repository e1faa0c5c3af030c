import {
  calibrationText,
  CALIBRATION_FILE,
  fitCalibration,
  limitsOf,
  loadCalibrated,
  readCalibration,
  withoutCalibration,
  type ArtifactFiles,
  type CalibrationMethod,
  type CandidateSettings,
  type FitRequest,
  type Learner,
} from "@refit/core/runtime";
import { decodeText, encodeText } from "../../text.ts";

/** Of a candidate, or settled: the text of a file with maps that were fitted before. */
interface Settings extends Omit<CandidateSettings, "calibration"> {
  readonly calibration?: CalibrationMethod | { readonly kept: string } | undefined;
}

/**
 * The learner, and what `calibration` of a candidate asks for: after the training a map is fitted to the model's answers for the
 * validation rows. It lies in the artifact, and every answer goes through it. Settled settings keep the map, since a model that was
 * trained again knows the validation rows. Without `calibration` the learner's own bytes and answers.
 */
export function calibrated(learner: Learner): Learner {
  const { problemOf, serve } = learner;
  return {
    ...learner,
    fit: (request: FitRequest<Settings>) => fit(learner, request),
    settle(settings: Settings, files) {
      const { calibration, ...own } = settings;
      const settled = learner.settle(own, withoutCalibration(files)) as Settings;
      return calibration === undefined ? settled : { ...settled, calibration: { kept: textOf(files) } };
    },
    load: (files, limits) => loadCalibrated(files, (own) => learner.load(own, limits)),
    ...(serve && { serve: (files) => loadCalibrated(files, serve) }),
    ...(problemOf && {
      problemOf(request: FitRequest<Settings>, files) {
        const { calibration, ...settings } = request.settings;
        const stored = readCalibration(files);
        if (stored?.method !== calibration) return `${CALIBRATION_FILE} is not of the method in model.yaml`;
        if (stored !== null && stored.maps.length !== widthOf(request))
          return `${CALIBRATION_FILE} has a wrong number of maps`;
        return problemOf({ ...request, settings }, withoutCalibration(files));
      },
    }),
  };
}

async function fit(learner: Learner, request: FitRequest<Settings>): Promise<ArtifactFiles> {
  const { calibration, ...settings } = request.settings;
  const start = request.start && { start: withoutCalibration(request.start) };
  const files = await learner.fit({ ...request, settings, ...start });
  if (calibration === undefined) return files;
  if (typeof calibration === "object") return new Map([...files, [CALIBRATION_FILE, encodeText(calibration.kept)]]);

  const { classes, validation } = request;
  const { features, target, weights } = validation;
  const answers = await (await learner.load(files, limitsOf(settings))).predict(features);
  const maps = fitCalibration(calibration, { classes, answers, target, ...(weights && { weights }) });
  return new Map([...files, [CALIBRATION_FILE, encodeText(calibrationText({ method: calibration, maps }))]]);
}

const widthOf = ({ task, classes }: FitRequest<Settings>) => (task === "multiclass" ? classes : 1);

/** As it is, so that what is kept has the same bytes. */
function textOf(files: ArtifactFiles): string {
  return decodeText(files.get(CALIBRATION_FILE) ?? new Uint8Array());
}
