import type { LearnerDescriptor } from "@refit/core/runtime";
import { gbdtDescriptor } from "../gbdt/settings.ts";
import { linearDescriptor } from "../linear/settings.ts";
import type { Member, MemberSettings } from "./settings.ts";

const descriptors = { gbdt: gbdtDescriptor, linear: linearDescriptor };

/** What a version says of its members, which may be anything. @returns those that can be understood. */
export function readChosen(stored: unknown): Member[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((each: unknown) => {
    if (!isMap(each) || !isMap(each["settings"])) return [];
    const settings = memberSettings(each["settings"]);
    const { share } = each;
    return settings !== null && typeof share === "number" && share > 0 && share <= 1 ? [{ share, settings }] : [];
  });
}

/** Exactly the settings that the learner has by default, each a number in its range; `null`: it is something else. */
export function memberSettings({ learner, ...given }: Readonly<Record<string, unknown>>): MemberSettings | null {
  if (learner !== "gbdt" && learner !== "linear") return null;
  const all: LearnerDescriptor["settings"] = descriptors[learner].settings;
  // The others are for one objective, or for columns that people name.
  const known = Object.entries(all).filter(([, setting]) => setting.default !== undefined);
  if (Object.keys(given).length !== known.length) return null;
  if (!known.every(([key, setting]) => isIn(given[key], setting))) return null;
  return { learner, ...(given as Readonly<Record<string, number>>) };
}

function isIn(value: unknown, setting: LearnerDescriptor["settings"][string]): boolean {
  if (typeof value !== "number" || (setting.type !== "integer" && setting.type !== "number")) return false;
  const { minimum, exclusiveMinimum, maximum } = setting;
  const isWhole = setting.type === "number" || Number.isInteger(value);
  return (
    isWhole &&
    value >= (minimum ?? -Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value <= (maximum ?? Infinity)
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
