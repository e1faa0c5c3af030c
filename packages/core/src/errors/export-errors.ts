import { RefitError } from "./refit-error.ts";

/** Why a model cannot be a file of another format. */
export type NotExportableReason = "program" | "network" | "predictions" | "calibrated-file" | "scores-too-large";

const words: Readonly<Record<NotExportableReason, readonly [what: string, hint: string]>> = {
  program: [
    "Its predictions come from your own program (`learner: command`), and refit cannot convert a program to ONNX.",
    "Let the program write an ONNX file and name it with `onnx` in the candidate; or take the program from `artifact/code/` of the version.",
  ],
  network: [
    "It is a TensorFlow.js network, and refit does not convert networks to ONNX.",
    "Load `artifact/model.json` of the version with TensorFlow.js, or convert it with tensorflowjs_converter.",
  ],
  predictions: [
    "It holds the predictions of a model from elsewhere, and not the model.",
    "Export the model where it was made, or import it with `refit import <model> --onnx FILE`.",
  ],
  "calibrated-file": [
    "It is an ONNX file that refit did not write, and its predictions are calibrated afterwards, outside of the file.",
    "Put the calibration into the ONNX file, or remove `calibration` from model.yaml, and train again.",
  ],
  "scores-too-large": [
    "Its predictions are e^score, and its trees can add up to scores above 700, for which the ONNX model would not be exact.",
    "Train it again with a lower `learningRate` or a higher `l2` in model.yaml.",
  ],
};

/** A version whose model no other format can hold with the same answers; nothing was written. */
export class NotExportableError extends RefitError {
  readonly code = "not-exportable";
  readonly hint: string;
  readonly reason: NotExportableReason;

  constructor(reason: NotExportableReason, options?: ErrorOptions) {
    super(`This model cannot be exported. ${words[reason][0]}`, options);
    this.reason = reason;
    this.hint = words[reason][1];
  }
}
