import { refuseNewer } from "../errors/format-errors.ts";
import { ArtifactInvalidError } from "../errors/learner-errors.ts";
import { knownFormat } from "../lineage/known-format.ts";
import { fieldTypes } from "../spec/field-types.ts";
import { dateParts } from "./date-part.ts";
import type { ColumnInfo, FeatureSpec, TargetSpec } from "./feature-spec.ts";

/** The part of `features.json` that answers need. */
export interface ServedFeatures extends Pick<FeatureSpec, "features"> {
  readonly inputs: readonly ColumnInfo[];
  readonly target: TargetSpec;
}

const fileName = "features.json";
const classesOf = { binary: [2, 2], multiclass: [3, Infinity] } as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads that part by hand, without the schema library, which is many times as large: in what it reads it refuses what
 * `parseFeatureSpec` refuses, and besides what would not fit together.
 *
 * @param value parsed JSON, of unknown shape.
 * @throws ArtifactInvalidError naming the first field that is missing or wrong, FormatNewerError
 */
export function readFeatures(value: unknown): ServedFeatures {
  refuseNewer(fileName, value, knownFormat);
  const { format, inputs, target, features } = Object(value) as Fields;
  check(format === knownFormat, "format", `${knownFormat}`);
  const types = new Map<unknown, unknown>();
  eachOf(inputs, "inputs", ({ name, type }, at) => {
    check(typeof name === "string" && !types.has(name), `${at}.name`, "a text, each once");
    check(isIn(fieldTypes, type), `${at}.type`, "a type of column");
    types.set(name, type);
  });
  checkTarget(Object(target) as Fields);
  const names = new Set<unknown>();
  eachOf(features, "features", (feature, at) => {
    const { name, input } = feature;
    check(typeof name === "string" && !names.has(name), `${at}.name`, "a text, each once");
    names.add(name);
    check(types.has(input), `${at}.input`, "the name of an input");
    check(isOf(feature, types.get(input)), at, "a feature that its input can give");
  });
  check(names.size > 0, "features", "a feature");
  return value as ServedFeatures;
}

function checkTarget({ name, task, classes }: Fields): void {
  check(typeof name === "string", "target.name", "a text");
  check(task === "regression" || isIn(["binary", "multiclass"], task), "target.task", "a task");
  if (task === "regression") return check(classes === null, "target.classes", "null");
  const [least, most] = classesOf[task as keyof typeof classesOf];
  const isList = Array.isArray(classes) && classes.every((each) => isIn(["string", "number", "boolean"], typeof each));
  check(isList && classes.length >= least && classes.length <= most, "target.classes", "the classes of the task");
}

/** Whether it is complete, and made of a column of such a type. */
function isOf({ kind, part, levels }: Fields, type: unknown): boolean {
  if (kind === "file") return type === "file";
  if (kind === "categorical")
    return Array.isArray(levels) && levels.length <= 250 && levels.every((level) => typeof level === "string");
  return (
    type !== "string" && type !== "file" && (kind === "numeric" || (kind === "datetimePart" && isIn(dateParts, part)))
  );
}

function eachOf(list: unknown, field: string, use: (fields: Fields, at: string) => void): void {
  check(Array.isArray(list), field, "a list");
  for (const [i, item] of (list as unknown[]).entries()) use(Object(item) as Fields, `${field}.${i}`);
}

const isIn = (words: readonly unknown[], word: unknown): boolean => words.includes(word);

function check(isRight: boolean, field: string, expected: string): void {
  if (!isRight) throw new ArtifactInvalidError(fileName, field, expected);
}
