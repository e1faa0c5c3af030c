import { trainingManifest, trainingSpec, type TrainingSettings } from "./input-digest.ts";

/** A setting that differs, with its values as JSON; `null`: it is not set there. */
export interface SettingChange {
  /** Its path, such as `holdout.days`. */
  readonly setting: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Which of the settings that decide a training differ, by their paths in model.yaml and in the data manifest.
 *
 * Example: other holdout days give `holdout.days`, from `180` to `90`.
 */
export function changedSettings(before: TrainingSettings, after: TrainingSettings): SettingChange[] {
  return [
    ...differences(trainingSpec(before.spec), trainingSpec(after.spec)),
    ...differences(trainingManifest(before.manifest), trainingManifest(after.manifest)),
    ...differences({ code: before.spec.codeDigests }, { code: after.spec.codeDigests }),
  ];
}

/** The values that differ between two maps, by path and in the order of paths. */
export function differences(before: unknown, after: unknown): SettingChange[] {
  const [was, is] = [flat(before), flat(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  return names
    .map((setting) => ({ setting, from: was.get(setting) ?? null, to: is.get(setting) ?? null }))
    .filter(({ from, to }) => from !== to);
}

/** Each value that is not a map, by its path. */
function flat(value: unknown, path = ""): Map<string, string> {
  if (value === undefined) return new Map();
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return new Map([[path, JSON.stringify(value)]]);
  }
  const below = (key: string) => (path === "" ? key : `${path}.${key}`);
  return new Map(Object.entries(value).flatMap(([key, each]) => [...flat(each, below(key))]));
}
