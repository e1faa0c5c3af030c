import { importDigests, type InputDigests, type Lineage } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";
import { sha256 } from "../sha256.ts";

/** What can be imported, and the file that holds it in an artifact. */
export const importedFileOf = { onnx: "model.onnx", predictions: "predictions.csv" } as const;
export type ImportedKind = keyof typeof importedFileOf;

/** A model that is in use somewhere, and becomes the first version. */
export interface ImportedModel {
  readonly kind: ImportedKind;
  readonly bytes: Uint8Array;
  /** sha256 of the bytes. */
  readonly file: string;
  /** As whoever imports it says, ISO 8601; `null`: nobody says it. */
  readonly trainedUntil: string | null;
}

export function modelToImport(kind: ImportedKind, bytes: Uint8Array, trainedUntil: string | null): ImportedModel {
  return { kind, bytes, file: sha256(bytes), trainedUntil };
}

/** What a version says that it was imported from; `null`: it was not. An artifact without the file is one with an empty file. */
export function importedModel(version: {
  readonly lineage: Pick<Lineage, "learner" | "declared">;
  readonly artifact: ArtifactFiles;
}): ImportedModel | null {
  const { learner, declared } = version.lineage;
  if (declared?.by !== "import") return null;
  const kind = learner.name as ImportedKind;
  const bytes = version.artifact.get(importedFileOf[kind] ?? "") ?? new Uint8Array();
  return modelToImport(kind, bytes, declared.trainedUntil);
}

export function digestsOfImport(digests: InputDigests, file: string): InputDigests {
  return importDigests(digests, file, sha256);
}
