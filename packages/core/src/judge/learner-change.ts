import { differences, type SettingChange } from "../digest/changed-settings.ts";
import { foundWords } from "../learners/found-words.ts";
import type { CandidateSettings } from "../learners/learner-settings.ts";

/**
 * How the candidate that was chosen differs from the one that the champion was. Of another learner no setting is told: all
 * are others.
 *
 * Example: `{ training: { days: 60 } }` after `{}` gives `training.days`, from nothing to `60`.
 */
export function learnerChange(
  before: { readonly name: string; readonly settings: Readonly<Record<string, unknown>> },
  after: CandidateSettings,
): SettingChange[] {
  const { learner, ...settings } = after;
  if (learner !== before.name) return [{ setting: "learner", from: before.name, to: learner }];
  return differences(readable(before.settings), readable(settings));
}

/** Of models that a search has found the numbers differ each time; what they are is told. */
function readable(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const chosen = foundWords(settings);
  return chosen === null ? settings : { ...settings, chosen };
}
