import { ArtifactInvalidError, NotExportableError } from "@refit/core/errors";
import type { FeatureSpec } from "@refit/core/data";
import type { Lineage } from "@refit/core/history";
import { CALIBRATION_FILE, type ArtifactFiles } from "@refit/core/runtime";
import { onnxLearners, toOnnx, type OnnxInput, type OnnxOutput } from "@refit/tabular/onnx";
import { importedFileOf } from "../../versions/imported-model.ts";
import type { ExportFormat } from "./formats.ts";

/** A version, read and checked. */
export interface ReadVersion {
  readonly treeId: string;
  readonly lineage: Lineage;
  readonly features: FeatureSpec;
  readonly artifact: ArtifactFiles;
}

/** A model in ONNX; `signature` is `null` where the file is somebody else's, and refit does not know how it is called. */
export interface ExportedGraph {
  readonly bytes: Uint8Array;
  readonly signature: { readonly inputs: readonly OnnxInput[]; readonly outputs: readonly OnnxOutput[] } | null;
}

/** @throws NotExportableError, ArtifactInvalidError */
export function exportedGraph(version: ReadVersion, to: ExportFormat): ExportedGraph {
  const { lineage, features, artifact, treeId } = version;
  const learner = onnxLearners.find((each) => each === lineage.learner.name);
  if (learner === undefined) return { bytes: fileInside(version), signature: null };
  const { bytes, inputs, outputs } = toOnnx({
    learner,
    artifact,
    features,
    calledWith: to === "mlflow" ? "tables" : "arrays",
    metadata: { model: lineage.model, tree: treeId },
  });
  return { bytes, signature: { inputs, outputs } };
}

/** The ONNX file that the version holds, as it is. */
function fileInside({ lineage: { learner }, artifact }: ReadVersion): Uint8Array {
  const file = ownFileOf(learner);
  const bytes = artifact.get(file);
  if (bytes === undefined) throw new ArtifactInvalidError(`artifact/${file}`, "", "a model in ONNX");
  if (artifact.has(CALIBRATION_FILE)) throw new NotExportableError("calibrated-file");
  return bytes;
}

function ownFileOf({ name, settings }: Lineage["learner"]): string {
  switch (name) {
    case "onnx":
      return importedFileOf.onnx;
    case "predictions":
      throw new NotExportableError("predictions");
    case "tfjs":
      throw new NotExportableError("network");
    default:
      if (typeof settings["onnx"] === "string") return `model/${settings["onnx"]}`;
      throw new NotExportableError("program");
  }
}
