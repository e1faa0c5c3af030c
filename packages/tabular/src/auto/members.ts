import type { ArtifactFiles } from "@refit/core/runtime";
import type { JsonReader } from "@refit/core/runtime";
import { readModelFile } from "../model-json.ts";
import { readHeader, type ModelHeader } from "../model-header.ts";

/** A model of a blend, as its version says it, with its settings unread. */
export interface MemberFiles {
  /** Of all answers; the shares add up to 1. */
  readonly share: number;
  readonly learner: "gbdt" | "linear";
  readonly settings: JsonReader;
  /** What its learner wrote. */
  readonly model: ArtifactFiles;
}

/** What a blend needs to answer. */
export interface Members extends ModelHeader {
  readonly members: readonly MemberFiles[];
  readonly training: JsonReader;
}

const MOST_MEMBERS = 3;

/** Where the files of a member lie. @param place from 0. */
export const folderOf = (place: number) => `${place + 1}/`;

/** @throws ArtifactInvalidError, FormatNewerError */
export function readMembers(files: ArtifactFiles): Members {
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
  return { ...header, members, training: fields.training };
}

function readMember(item: JsonReader, model: ArtifactFiles): MemberFiles {
  const { settings, share } = item.asObject("settings", "share");
  const { learner } = settings.asPlainMap();
  if (learner !== "gbdt" && learner !== "linear") return settings.fail("the settings of `gbdt` or `linear`");
  return { share: share.asNumber(0, 1), learner, settings, model };
}

function filesOf(files: ArtifactFiles, place: number): ArtifactFiles {
  const folder = folderOf(place);
  return new Map(
    [...files].flatMap(([file, bytes]) => (file.startsWith(folder) ? [[file.slice(folder.length), bytes]] : [])),
  );
}
