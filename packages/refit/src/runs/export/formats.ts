/** What is written, by the word of `--to`. */
export const exportFormats = ["onnx", "mlflow"] as const;
export type ExportFormat = (typeof exportFormats)[number];
