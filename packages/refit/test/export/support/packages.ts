import { mlflowPackages } from "../../../src/runs/export/mlflow-files.ts";

/** Exact versions from PyPI of all tests of exported files. */
export const exportPackages = [
  `mlflow-skinny==${mlflowPackages.mlflow}`,
  `onnx==${mlflowPackages.onnx}`,
  `onnxruntime==${mlflowPackages.onnxruntime}`,
  "pandas==3.1.1",
  "mypy==2.4.1",
];
