import * as z from "zod";
import { calibrationMethods } from "../calibration/calibration.ts";
import {
  fillSettings,
  type CandidateSettings,
  type LearnerDescriptor,
  type LearnerSetting,
} from "../learners/learner-settings.ts";
import { settingRecord } from "../learners/setting-record.ts";
import { trainingPolicy } from "./training-policy.ts";

/** The learner that chooses by itself: its name alone stands for it. */
const AUTO = "auto";

const whatIsTrained = "What is trained. The best on the validation rows becomes the challenger.";

/** What `candidates` may say. */
export function candidateList(learners: readonly LearnerDescriptor[]): z.ZodType<CandidateSettings[]> {
  const listed = z.array(candidateSettings(learners)).min(1);
  const auto = learners.find(({ name }) => name === AUTO);
  if (auto === undefined) return listed.describe(whatIsTrained);
  const searched = z.literal(AUTO).transform(() => [fillSettings(auto)]);
  return z.union([searched, listed]).meta({
    title: `list of at least one map, or "${AUTO}"`,
    description: `${whatIsTrained} \`${AUTO}\` is short for \`[{ learner: ${AUTO} }]\`: see [how it chooses](../auto.md).`,
  });
}

/** What an entry of `candidates` may say: the settings of one of these learners. */
export function candidateSettings(learners: readonly LearnerDescriptor[]): z.ZodType<CandidateSettings> {
  const [first, ...others] = learners.map(settingsOf);
  return z.discriminatedUnion("learner", [first!, ...others]) as z.ZodType as z.ZodType<CandidateSettings>;
}

function settingsOf({ name, description, settings }: LearnerDescriptor) {
  const keys = Object.entries(settings).map(([key, setting]) => [key, settingOf(setting)]);
  return z
    .strictObject({
      learner: z.literal(name).describe("Which learner trains."),
      ...(Object.fromEntries(keys) as Record<string, z.ZodType>),
      training: trainingPolicy
        .optional()
        .describe("Which rows this candidate learns from; needs `time`. Default: as the model's `training` says."),
      calibration: z
        .enum(calibrationMethods)
        .optional()
        .describe(
          "Binary and multiclass tasks: corrects the model's probabilities on the validation rows. `platt` fits a sigmoid and needs few rows; `isotonic` fits any rising curve and needs about 1,000. Default: the probabilities stay as they are.",
        ),
    })
    .describe(description);
}

function settingOf(setting: LearnerSetting): z.ZodType {
  const written = valueOf(setting);
  const optional = setting.optional === true || setting.when !== undefined ? written.optional() : written;
  return (setting.default === undefined ? optional : written.default(setting.default)).describe(setting.description);
}

function valueOf(setting: LearnerSetting): z.ZodType {
  switch (setting.type) {
    case "choice":
      return z.enum(setting.choices);
    case "list":
      return z.array(setting.items === "integer" ? z.int().positive() : z.string()).min(setting.minItems ?? 0);
    case "boolean":
      return z.boolean();
    case "text":
      return z.string().min(1);
    case "record":
      return setting.choices === undefined ? settingRecord : choiceByColumn(setting.choices);
    case "groups":
      return z.array(columns).min(1);
    default:
      return numberOf(setting);
  }
}

const columns = z.array(z.string().min(1)).min(1).meta({ title: "list of column names" });

function choiceByColumn(choices: readonly string[]): z.ZodType {
  return z
    .record(z.string().min(1), z.enum(choices))
    .meta({ title: `map from column names to ${choices.map((choice) => `\`${choice}\``).join(" or ")}` });
}

function numberOf(setting: Extract<LearnerSetting, { type: "integer" | "number" }>): z.ZodType {
  let written: z.ZodNumber = setting.type === "integer" ? z.int() : z.number();
  if (setting.minimum !== undefined) written = written.min(setting.minimum);
  if (setting.exclusiveMinimum !== undefined) written = written.gt(setting.exclusiveMinimum);
  if (setting.maximum !== undefined) written = written.max(setting.maximum);
  return written;
}
