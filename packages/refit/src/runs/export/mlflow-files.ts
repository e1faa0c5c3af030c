import type { OnnxInput } from "@refit/tabular/onnx";
import { encodeText } from "../../text.ts";
import type { ExportedGraph, ReadVersion } from "./exported-graph.ts";

/** Versions that the folder was tried with; `python_env.yaml` asks for them. */
export const mlflowPackages = { mlflow: "3.17.2", onnx: "1.23.2", onnxruntime: "1.32.0" } as const;
const PYTHON = "3.12";

/** MLflow's words for what the graph takes. Of the types of numbers, `double` alone takes every frame. */
const columnTypes: Readonly<Record<OnnxInput["takes"], string>> = { string: "string", double: "double", int64: "long" };

/** What makes a folder with `model.onnx` one that `mlflow.pyfunc.load_model` loads. */
export function mlflowFiles(version: ReadVersion, { signature }: ExportedGraph): Map<string, Uint8Array> {
  const { lineage, treeId } = version;
  const lines = [
    "flavors:",
    "  onnx:",
    "    code: null",
    "    data: model.onnx",
    // Trees are then added in our order: the same bits.
    "    onnx_session_options: {intra_op_num_threads: 1, inter_op_num_threads: 1}",
    `    onnx_version: ${mlflowPackages.onnx}`,
    "    providers: [CPUExecutionProvider]",
    "  python_function:",
    "    data: model.onnx",
    "    env: {virtualenv: python_env.yaml}",
    "    loader_module: mlflow.onnx",
    `    python_version: "${PYTHON}"`,
    `metadata: {model: ${asciiJson(lineage.model)}, tree: "${treeId}"}`,
    `mlflow_version: ${mlflowPackages.mlflow}`,
  ];
  if (signature !== null) {
    const inputs = signature.inputs.map(({ name, takes }) => ({ type: columnTypes[takes], name, required: true }));
    const outputs = signature.outputs.map(({ name }) => ({ type: "double", name, required: true }));
    lines.push("signature:", `  inputs: ${textOf(inputs)}`, `  outputs: ${textOf(outputs)}`, "  params: null");
  }
  const requirements = Object.entries(mlflowPackages).map(([name, wanted]) => `${name}==${wanted}`);
  return new Map(
    Object.entries({
      MLmodel: lines,
      "python_env.yaml": [
        `python: "${PYTHON}"`,
        "build_dependencies: [pip, setuptools, wheel]",
        'dependencies: ["-r requirements.txt"]',
      ],
      "requirements.txt": requirements,
    }).map(([file, content]) => [file, encodeText(`${content.join("\n")}\n`)]),
  );
}

/** A JSON text as a value of YAML. */
const textOf = (value: unknown) => asciiJson(asciiJson(value));

/** YAML allows fewer characters than JSON does. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
