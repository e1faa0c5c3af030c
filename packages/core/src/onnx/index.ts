export { ASKED_FILE, importedOnnx, ONNX_MODEL_FILE, programsOnnx } from "./onnx-files.ts";
export { onnxPredictor, tryOnnxModel, type OnnxModel } from "./onnx-predictor.ts";
export type { OnnxRuntime } from "./onnx-runtime.ts";
