import { specPath } from "../history/model-names.ts";
import { canonicalJson, type Json } from "../digest/canonical-json.ts";
import { fileRoles, modelFiles, type FileRole, type WrittenModel } from "./model-files.ts";
import type { PathIndex } from "./path-index.ts";

/** A model on one side of a change. */
export interface ModelSide extends WrittenModel {
  /** Digest of everything that decides what training makes. */
  readonly inputs: string;
}

export interface AffectedReason {
  /** `new`: the model itself; `import`: something that its code uses. */
  readonly kind: FileRole | "new" | "removed" | "import";
  readonly path: string;
}

/**
 * - `retrain`: its inputs are others, so the version that they make is another
 * - `touch`: something else of it changed, such as a gate, or a library that its code imports
 * - `removed`: it has no `model.yaml` any more
 */
export interface AffectedModel {
  readonly model: string;
  readonly effect: "retrain" | "touch" | "removed";
  /** By kind, each file once; not empty. */
  readonly reasons: readonly AffectedReason[];
}

/** The two sides of a change. */
export interface ComparedModel {
  readonly model: string;
  /** Whether there was no such model before. */
  readonly isNew: boolean;
  /** `null`: it could not be read. */
  readonly before: ModelSide | null;
  readonly after: ModelSide;
  /** Files that the change touches and that the model's code imports. */
  readonly imported: readonly string[];
}

/** Whether a change may do anything to a model: only then its earlier side has to be read. */
export function mayAffect(model: string, after: WrittenModel, changed: PathIndex): boolean {
  const touched = modelFiles(model, after, changed);
  return fileRoles.some((role) => touched[role].length > 0);
}

/**
 * What a change does to a model that is there after it. Content decides: a file that was renamed, or written anew with a comment, does nothing.
 *
 * @param changed paths whose content the change adds, replaces or removes.
 * @returns `null`: nothing.
 */
export function compareModel(compared: ComparedModel, changed: PathIndex): AffectedModel | null {
  const { model, isNew, before, after, imported } = compared;
  if (isNew) return { model, effect: "retrain", reasons: [{ kind: "new", path: specPath(model, changed) }] };

  const reasons = new Map<string, AffectedReason>();
  const sides = [before ?? after, after].map((side) => modelFiles(model, side, changed));
  for (const kind of fileRoles) {
    if (before !== null && !counts(kind, before, after)) continue;
    for (const path of sides.flatMap((side) => side[kind])) if (!reasons.has(path)) reasons.set(path, { kind, path });
  }
  for (const path of imported) if (!reasons.has(path)) reasons.set(path, { kind: "import", path });
  const all = [...reasons.values()];
  if (all.length === 0) return null;
  const isOther = before?.inputs !== after.inputs || all.some(({ kind }) => kind === "rowFile");
  return { model, effect: isOther ? "retrain" : "touch", reasons: all };
}

/** Whether a touched file of this kind is a reason: of what is written, only if it says something else. */
function counts(kind: FileRole, before: ModelSide, after: ModelSide): boolean {
  switch (kind) {
    case "spec":
      return written(before.spec) !== written(after.spec);
    case "manifest":
      return written(before.manifest) !== written(after.manifest);
    case "rowFile":
      return true;
    default:
      return before.inputs !== after.inputs;
  }
}

/** What a file of people says, without what was read besides. */
function written({
  codeDigests: _code,
  viewTexts: _views,
  ...said
}: Partial<WrittenModel["spec"] & WrittenModel["manifest"]>) {
  return canonicalJson(JSON.parse(JSON.stringify(said)) as Json);
}
