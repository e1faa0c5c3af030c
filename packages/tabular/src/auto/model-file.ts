import { canonicalJson } from "@refit/core/history";
import type { ArtifactFiles, TrainingPolicy } from "@refit/core/runtime";
import { FORMAT, MODEL_FILE, readModelFile, type JsonReader } from "../json-reader.ts";
import { readHeader, type ModelHeader } from "../model-header.ts";
import { memberSettings } from "./read-chosen.ts";
import type { Member, MemberSettings } from "./settings.ts";

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

const MOST_MEMBERS = 3;
const folderOf = (place: number) => `${place + 1}/`;

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
  const fields = readModelFile(files).asObject(
    "classes",
    "features",
    "format",
    "learner",
    "members",
    "task",
    "training",
  );
  const header = readHeader(fields, "auto");
  const list = fields.members.asList();
  if (list.length === 0 || list.length > MOST_MEMBERS) fields.members.fail(`1 to ${MOST_MEMBERS} models`);
  const members = list.map((item, place) => readMember(item, filesOf(files, place)));
  const total = members.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-9) fields.members.fail("shares that add up to 1");
  return { ...header, members, training: readTraining(fields.training) };
}

function readMember(item: JsonReader, model: ArtifactFiles): StoredMember {
  const fields = item.asObject("settings", "share");
  const share = fields.share.asNumber(0, 1);
  return { share, settings: readSettings(fields.settings), model };
}

function readSettings(reader: JsonReader): MemberSettings {
  return memberSettings(reader.asPlainMap()) ?? reader.fail("the settings of `gbdt` or `linear`");
}

function readTraining(reader: JsonReader): TrainingPolicy {
  const map = reader.asPlainMap();
  const isWindow = Object.entries(map).every(
    ([key, value]) => ["days", "rows", "halfLifeDays"].includes(key) && typeof value === "number" && value > 0,
  );
  return isWindow ? map : reader.fail("days, rows or halfLifeDays, above 0");
}

function filesOf(files: ArtifactFiles, place: number): ArtifactFiles {
  const folder = folderOf(place);
  return new Map(
    [...files].flatMap(([file, bytes]) => (file.startsWith(folder) ? [[file.slice(folder.length), bytes]] : [])),
  );
}
