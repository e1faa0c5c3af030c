import {
  type ArtifactFiles,
  type JsonCheck,
  exactly,
  fits,
  integer,
  list,
  type Misfit,
  finite,
} from "@refit/core/runtime";
import { readModelFile } from "../model-json.ts";
import { headerChecks, type ModelHeader } from "../model-header.ts";

/** A model of a blend, as its version says it, with its settings unread. */
export interface MemberFiles {
  /** Of all answers; the shares add up to 1. */
  readonly share: number;
  readonly settings: { readonly learner: "gbdt" | "linear" };
  /** What its learner wrote. */
  readonly model: ArtifactFiles;
}

/** What a blend needs to answer. */
export interface Members extends ModelHeader {
  readonly members: readonly MemberFiles[];
  readonly training: unknown;
}

const MOST_MEMBERS = 3;

/** Where the files of a member lie. @param place from 0. */
export const folderOf = (place: number) => `${place + 1}/`;

/** What its file holds. */
interface StoredBlend extends ModelHeader {
  readonly members: readonly Pick<MemberFiles, "share" | "settings">[];
  readonly training: unknown;
}

/** @param also asked of the content after the checks of this. @throws ArtifactInvalidError, FormatNewerError */
export function readMembers(files: ArtifactFiles, also: JsonCheck = () => undefined): Members {
  const check: JsonCheck = (value, index) => blendCheck(value) ?? also(value, index);
  const { members, ...rest } = readModelFile(files, check) as StoredBlend;
  return {
    ...rest,
    members: members.map(({ share, settings }, place) => ({ share, settings, model: filesOf(files, place) })),
  };
}

function blendCheck(value: unknown): Misfit | undefined {
  const wholeShares = fits("shares that add up to 1", (members) => {
    const total = (members as StoredBlend["members"]).reduce((sum, { share }) => sum + share, 0);
    return Math.abs(total - 1) <= 1e-9;
  });
  return exactly({
    ...headerChecks(value as ModelHeader, "auto"),
    members: (members) => several(members, 0) ?? list(memberCheck)(members, 0) ?? wholeShares(members, 0),
    training: () => undefined,
  })(value, 0);
}

const several: JsonCheck = (members) => {
  const { length } = Object(members) as { readonly length?: unknown };
  return integer(1, MOST_MEMBERS)(length, 0) && ["", `1 to ${MOST_MEMBERS} models`];
};

const memberCheck: JsonCheck = (member) =>
  exactly({ settings: fits("the settings of `gbdt` or `linear`", isOfLearner), share: finite(0, 1) })(member, 0);

const isOfLearner = (settings: unknown) =>
  ["gbdt", "linear"].includes((Object(settings) as MemberFiles["settings"]).learner);

function filesOf(files: ArtifactFiles, place: number): ArtifactFiles {
  const folder = folderOf(place);
  return new Map(
    [...files].flatMap(([file, bytes]) => (file.startsWith(folder) ? [[file.slice(folder.length), bytes]] : [])),
  );
}
