export { type AffectedAnswer } from "./affected-answer.ts";
export { type UnknownImport, importsOfCode } from "./code-imports.ts";
export { type AffectedModel, type AffectedReason, type ModelSide, compareModel, mayAffect } from "./compare-model.ts";
export { type WrittenModel, dataPaths, modelFiles, sourcesElsewhere } from "./model-files.ts";
export { type ContentOfData, type OutdatedPart, outdatedSince } from "./outdated.ts";
export { type PathIndex, pathIndex } from "./path-index.ts";
export { type WorkspacePackage, isProduct, resolveImport } from "./resolve-import.ts";
