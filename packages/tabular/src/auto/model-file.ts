import { canonicalJson } from "@refit/core/history";
import { type ArtifactFiles, type JsonCheck, fields, fits, list, type TrainingPolicy } from "@refit/core/runtime";
import { FORMAT, MODEL_FILE } from "../model-json.ts";
import type { ModelHeader } from "../model-header.ts";
import { folderOf, readMembers } from "./members.ts";
import { memberSettings } from "./read-chosen.ts";
import type { Member } from "./settings.ts";

export interface StoredMember extends Member {
  /** What its learner wrote. */
  readonly model: ArtifactFiles;
}

/** A folder of models: `model.json` says their shares and settings, `1/`, `2/` and `3/` hold what their learners wrote. */
export interface AutoModel extends ModelHeader {
  readonly members: readonly StoredMember[];
  /** Which rows they learned from, as `training` in model.yaml. */
  readonly training: TrainingPolicy;
}

export function writeAuto({ task, classes, features, members, training }: AutoModel): ArtifactFiles {
  const stored = {
    format: FORMAT,
    learner: "auto",
    task,
    classes,
    features: features.map((feature) => ({ ...feature })),
    members: members.map(({ share, settings }) => ({ share, settings: { ...settings } })),
    training: JSON.parse(JSON.stringify(training)) as Record<string, number>,
  };
  const files = members.flatMap(({ model }, place) =>
    [...model].map(([file, bytes]) => [`${folderOf(place)}${file}`, bytes] as const),
  );
  return new Map([[MODEL_FILE, new TextEncoder().encode(`${canonicalJson(stored)}\n`)], ...files]);
}

/** @throws ArtifactInvalidError for anything that `writeAuto` cannot have written. */
export function readAuto(files: ArtifactFiles): AutoModel {
  return readMembers(files, ownChecks) as AutoModel;
}

const ownChecks: JsonCheck = (value) =>
  fields({
    members: list(
      fields({
        settings: fits("the settings of `gbdt` or `linear`", (settings) => memberSettings(Object(settings)) !== null),
      }),
    ),
    training: fits("days, rows or halfLifeDays, above 0", isWindow),
  })(value, 0);

function isWindow(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([key, given]) => ["days", "rows", "halfLifeDays"].includes(key) && typeof given === "number" && given > 0,
    )
  );
}
