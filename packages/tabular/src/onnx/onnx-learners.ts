/** Learners whose models can be exported as an ONNX graph. */
export const onnxLearners = ["gbdt", "linear", "auto"] as const;
export type OnnxLearner = (typeof onnxLearners)[number];
