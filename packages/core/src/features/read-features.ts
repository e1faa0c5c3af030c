import {
  type JsonCheck,
  fields,
  fits,
  integer,
  list,
  type Misfit,
  finite,
  readJson,
  text,
  wordOf,
} from "../json-checks.ts";
import { knownFormat } from "../lineage/known-format.ts";
import { fieldTypes } from "../spec/field-types.ts";
import type { ColumnInfo, TargetSpec } from "./column-info.ts";
import { dateParts } from "./date-part.ts";
import type { FeatureSpec } from "./feature-spec.ts";

/** The part of `features.json` that answers need. */
export interface ServedFeatures extends Pick<FeatureSpec, "features" | "threshold"> {
  readonly inputs: readonly ColumnInfo[];
  readonly target: TargetSpec;
}

const mostLevels = 250;

/**
 * Reads that part by hand, without the schema library, which is many times as large: in what it reads it refuses what
 * `parseFeatureSpec` refuses, and besides what would not fit together.
 *
 * @param bytes of `features.json`; absent: there is no such file.
 * @throws ArtifactInvalidError naming the first field that is missing or wrong, FormatNewerError
 */
export function readFeatures(bytes: Uint8Array | undefined): ServedFeatures {
  return readJson("features.json", bytes, knownFormat, featuresCheck) as ServedFeatures;
}

function featuresCheck(value: unknown): Misfit | undefined {
  const { inputs, target, threshold } = Object(value) as ServedFeatures;
  return fields({
    format: integer(knownFormat, knownFormat),
    inputs: list(fields({ type: wordOf(...fieldTypes), name: newName() })),
    target: fields({
      name: text,
      task: taskCheck,
      classes: (classes) => classesCheck(target)(classes, 0),
    }),
    features: (given) => {
      const types = new Map(inputs.map(({ name, type }) => [name, type]));
      return list(featureCheck(types))(given, 0) ?? isNotEmpty(given, 0);
    },
    ...(threshold !== undefined && { threshold: finite(0, 1) }),
  })(value, 0);
}

const isNotEmpty: JsonCheck = (features) =>
  (features as readonly unknown[]).length > 0 ? undefined : ["", "a feature"];

function newName(): JsonCheck {
  const names = new Set<unknown>();
  const isNew = fits("each name only once", (name) => names.size < names.add(name).size);
  return (name) => text(name, 0) ?? isNew(name, 0);
}

export const taskCheck: JsonCheck = (task) => wordOf("binary", "multiclass", "regression")(task, 0);

/** Of the classes of a target, whose task is known to be one. */
export function classesCheck({ task }: Pick<TargetSpec, "task">): JsonCheck {
  if (task === "regression") return fits("null", (classes) => classes === null);
  const isClass = fits("a text, a number or a boolean", (value) => value !== null && typeof value !== "object");
  const isOfTask = fits("the classes of the task", (classes) => {
    const { length } = classes as readonly unknown[];
    return task === "binary" ? length === 2 : length > 2;
  });
  return (classes) => list(isClass)(classes, 0) ?? isOfTask(classes, 0);
}

/** Complete, and made of a column of such a type. */
function featureCheck(types: ReadonlyMap<unknown, ColumnInfo["type"]>): JsonCheck {
  const name = newName();
  return (feature) => {
    const { input, kind } = Object(feature) as { readonly input: unknown; readonly kind: unknown };
    const type = types.get(input);
    const isOfText = type === "string" || type === "file";
    return (
      fields({
        name,
        input: fits("the name of an input", () => type !== undefined),
        kind: wordOf("numeric", "categorical", "datetimePart", "file"),
        ...(kind === "datetimePart" && { part: wordOf(...dateParts) }),
        ...(kind === "categorical" && { levels: levelsCheck }),
      })(feature, 0) ??
      (kind === "categorical" || (kind === "file" ? type === "file" : !isOfText)
        ? undefined
        : ["", "a feature that its input can give"])
    );
  };
}

const levelsCheck: JsonCheck = (levels) =>
  list(text)(levels, 0) ?? ((levels as []).length > mostLevels ? ["", `at most ${mostLevels} levels`] : undefined);
