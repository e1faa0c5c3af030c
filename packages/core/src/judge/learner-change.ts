import { differences, type SettingChange } from "../digest/changed-settings.ts";
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
  return differences(before.settings, settings);
}
