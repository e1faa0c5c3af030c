import type { CalibrationMethod } from "../calibration/calibration.ts";
import type { metricsOfTask } from "../spec/metric-names.ts";
import type { TrainingPolicy } from "../spec/training-policy.ts";

/**
 * One key of a candidate in `model.yaml`, as plain data. A setting without a default is required.
 *
 * The check of a candidate, the JSON Schema and the reference page are all made from it.
 */
export type LearnerSetting = {
  /** One sentence for the reference, with the unit where there is one. */
  readonly description: string;
} & (
  | {
      readonly type: "integer" | "number";
      readonly minimum?: number;
      /** The value must be above this. */
      readonly exclusiveMinimum?: number;
      readonly maximum?: number;
      readonly default?: number;
    }
  | { readonly type: "choice"; readonly choices: readonly string[]; readonly default?: string }
  | {
      readonly type: "list";
      readonly items: "integer" | "text";
      readonly minItems?: number;
      readonly default?: readonly (number | string)[];
    }
  | { readonly type: "boolean"; readonly default?: boolean }
  | { readonly type: "text"; readonly default?: string }
  /** Keys and values that only somebody's own program knows, or by name of a column one of these `choices`. */
  | {
      readonly type: "record";
      readonly choices?: readonly string[];
      readonly default?: Readonly<Record<string, RecordedValue>>;
    }
  /** Lists of names of columns. */
  | { readonly type: "groups"; readonly default?: undefined }
) & {
    /** Without a default, and may be left out. */
    readonly optional?: true;
    /** Another setting of the learner and its value that this one belongs to: it is required there, and refused elsewhere. */
    readonly when?: Readonly<Record<string, string>>;
    /** Tasks that it is for; left out: all. */
    readonly tasks?: readonly (keyof typeof metricsOfTask)[];
  };

type PlainValue = string | number | boolean;
type RecordedValue = PlainValue | readonly PlainValue[];

/** What is known of a learner without loading it. */
export interface LearnerDescriptor {
  /** The word after `learner:`. */
  readonly name: string;
  /** Changes only when the bytes it makes change, so that an upgrade of refit retrains nothing by itself. */
  readonly algorithmVersion: number;
  /** One sentence for the reference. */
  readonly description: string;
  /** By their key, in the order of the reference. */
  readonly settings: Readonly<Record<string, LearnerSetting>>;
}

export type SettingValue =
  | RecordedValue
  | Readonly<Record<string, RecordedValue>>
  | readonly (readonly string[])[]
  /** Only of what a search has found. */
  | readonly FoundModel[];

/** One of several models whose answers are averaged. */
export interface FoundModel {
  /** Of the average; all shares add up to 1. */
  readonly share: number;
  readonly settings: Readonly<Record<string, string | number>>;
}

/** The settings of a candidate, with defaults filled in, whatever its learner. */
export interface CandidateSettings {
  readonly learner: string;
  /** Which rows it learns from; absent: all. */
  readonly training?: TrainingPolicy | undefined;
  /** How its probabilities are corrected; absent: not at all. */
  readonly calibration?: CalibrationMethod | undefined;
  readonly [setting: string]: SettingValue | TrainingPolicy | undefined;
}

type ValueOf<Setting> = Setting extends { readonly type: "integer" | "number" }
  ? number
  : Setting extends { readonly type: "record"; readonly choices: readonly (infer Choice)[] }
    ? Readonly<Record<string, Choice>>
    : Setting extends { readonly choices: readonly (infer Choice)[] }
      ? Choice
      : Setting extends { readonly type: "boolean" }
        ? boolean
        : Setting extends { readonly type: "text" }
          ? string
          : Setting extends { readonly type: "groups" }
            ? readonly (readonly string[])[]
            : Setting extends { readonly type: "record" }
              ? Readonly<Record<string, RecordedValue>>
              : Setting extends { readonly items: "integer" }
                ? readonly number[]
                : readonly string[];

type OptionalKey<Settings> = {
  [Key in keyof Settings]: Settings[Key] extends { readonly optional: true } | { readonly when: object } ? Key : never;
}[keyof Settings];

/** The settings of one learner, typed from its descriptor (declare that `as const satisfies LearnerDescriptor`). */
export type SettingsOf<Descriptor extends LearnerDescriptor> = { readonly learner: Descriptor["name"] } & {
  readonly [Key in Exclude<keyof Descriptor["settings"], OptionalKey<Descriptor["settings"]>>]: ValueOf<
    Descriptor["settings"][Key]
  >;
} & {
  readonly [Key in OptionalKey<Descriptor["settings"]>]?: ValueOf<Descriptor["settings"][Key]> | undefined;
};

/** Settings for a fit that no `model.yaml` describes: the learner's defaults, apart from what is `given`. Unchecked. */
export function fillSettings(
  { name, settings }: Pick<LearnerDescriptor, "name" | "settings">,
  given: Readonly<Record<string, SettingValue>> = {},
): CandidateSettings {
  const defaults = Object.entries(settings).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { learner: name, ...Object.fromEntries(defaults), ...given };
}
