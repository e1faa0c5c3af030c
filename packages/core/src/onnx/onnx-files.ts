import { ArtifactInvalidError } from "../errors/artifact-errors.ts";
import { LearnerMissingError } from "../errors/learner-errors.ts";
import type { TargetSpec } from "../features/column-info.ts";
import { classesCheck, taskCheck } from "../features/read-features.ts";
import { type JsonCheck, fields, integer, readJson, text } from "../json-checks.ts";
import type { ArtifactFiles } from "../learners/learner.ts";
import { onnxDescriptor } from "../learners/onnx-descriptor.ts";
import type { OnnxModel } from "./onnx-predictor.ts";

/** Of an artifact of the learner `onnx`: the model, and what is asked of it. */
export const ONNX_MODEL_FILE = "model.onnx";
export const ASKED_FILE = "onnx.json";
/** Of one of a program: what it takes to predict, and the folder that the program wrote. */
const COMMAND_FILE = "command.json";
const MODEL_FOLDER = "model/";

interface AskedOfModel extends Pick<TargetSpec, "task"> {
  readonly target: Pick<TargetSpec, "name" | "classes">;
}

/**
 * The model of a version whose learner is `onnx`.
 *
 * @throws ArtifactInvalidError, FormatNewerError
 */
export function importedOnnx(files: ArtifactFiles): OnnxModel {
  const stored = readJson(`artifact/${ASKED_FILE}`, files.get(ASKED_FILE), 1, askedCheck) as AskedOfModel;
  const called = { step: "onnx", argv: [ONNX_MODEL_FILE], learner: onnxDescriptor.name } as const;
  return { stored, called, bytes: fileOf(files, ONNX_MODEL_FILE) };
}

/**
 * The model of a version whose program wrote one, as `onnx` of its candidate says.
 *
 * @throws ArtifactInvalidError, FormatNewerError; LearnerMissingError where its program predicts, too
 */
export function programsOnnx(files: ArtifactFiles): OnnxModel {
  const file = readJson(`artifact/${COMMAND_FILE}`, files.get(COMMAND_FILE), 1, askedCheck);
  const { onnx, ...stored } = file as AskedOfModel & { readonly onnx?: unknown };
  if (typeof onnx !== "string") {
    const what = "has no model in ONNX in this version, but a program that predicts";
    throw new LearnerMissingError("command", [], { what, remedy: "Use `refit predict`, which runs the program." });
  }
  return { stored, called: { step: "onnx", argv: [onnx] }, bytes: fileOf(files, MODEL_FOLDER + onnx) };
}

function fileOf(files: ArtifactFiles, file: string): Uint8Array {
  const bytes = files.get(file);
  if (bytes === undefined) throw new ArtifactInvalidError(`artifact/${file}`, "", "a model in ONNX");
  return bytes;
}

const askedCheck: JsonCheck = (value) => {
  const asked = Object(value) as TargetSpec;
  return fields({
    format: integer(1, 1),
    task: taskCheck,
    target: fields({ name: text, classes: (classes) => classesCheck(asked)(classes, 0) }),
  })(value, 0);
};
