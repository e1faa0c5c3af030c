import { ArtifactInvalidError } from "@refit/core/errors";
import type { FeatureColumn, FeatureMatrix } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import type { JsonReader } from "@refit/core/runtime";
import { FORMAT, MODEL_FILE } from "./model-json.ts";

/** What every tabular model says of itself before its parameters. */
export interface ModelHeader {
  readonly task: Task;
  readonly classes: number;
  readonly features: readonly ModelFeature[];
}

export interface ModelFeature {
  readonly kind: "numeric" | "categorical";
  readonly name: string;
  /** Known categories, as in `FeatureColumn`; 0 for a numeric feature. */
  readonly levels: number;
}

/** Codes 0 and 1 besides, the codes of a column fit into a byte. */
const MOST_LEVELS = 254;

/** Outputs that the model has scores for: one, or for multiclass one per class. */
export function outputsOf({ task, classes }: Pick<ModelHeader, "task" | "classes">): number {
  return task === "multiclass" ? classes : 1;
}

export function describeFeatures({ columns }: FeatureMatrix): ModelFeature[] {
  return columns.map((column) => ({ kind: column.kind, name: column.name, levels: levelsOf(column) }));
}

function levelsOf(column: FeatureColumn): number {
  return column.kind === "numeric" ? 0 : column.levels;
}

/** Check the header's fields. @param format that the other keys belong to. @throws ArtifactInvalidError */
export function readHeader(
  fields: Record<"format" | "learner" | "task" | "classes" | "features", JsonReader>,
  learner: string,
  format: number = FORMAT,
): ModelHeader {
  fields.format.asInteger(format, format);
  fields.learner.asWord(learner);
  const task = fields.task.asWord("binary", "multiclass", "regression");
  const classes = {
    binary: () => fields.classes.asInteger(2, 2),
    multiclass: () => fields.classes.asInteger(3, 1_000_000),
    regression: () => fields.classes.asInteger(0, 0),
  }[task]();
  return { task, classes, features: readFeatures(fields.features) };
}

function readFeatures(list: JsonReader): ModelFeature[] {
  const names = new Set<string>();
  return list.asList().map((feature) => {
    const fields = feature.asObject("kind", "levels", "name");
    const kind = fields.kind.asWord("numeric", "categorical");
    const name = fields.name.asText();
    if (names.has(name)) fields.name.fail("a name that no other feature has");
    names.add(name);
    return { kind, name, levels: fields.levels.asInteger(0, kind === "categorical" ? MOST_LEVELS : 0) };
  });
}

/**
 * Refuse rows whose columns are not those that the model was trained on, in that order.
 *
 * @throws ArtifactInvalidError, because artifact and `features.json` of one version belong together.
 */
export function checkFeatures(matrix: FeatureMatrix, features: readonly ModelFeature[]): void {
  const { columns } = matrix;
  const fail = (field: string, expected: string): never => {
    throw new ArtifactInvalidError(MODEL_FILE, field, expected);
  };
  if (columns.length !== features.length) fail("features", `the ${columns.length} columns of the rows to predict`);
  for (let index = 0; index < features.length; index++) {
    const feature = features[index]!;
    if (isOf(columns[index]!, feature)) continue;
    const found = describeFeatures(matrix)[index]!;
    fail(`features[${index}]`, `${describe(found)}, as in the rows to predict`);
  }
}

/** Without a text of either: this is asked for every row that is served. */
function isOf(column: FeatureColumn, { kind, name, levels }: ModelFeature): boolean {
  return column.kind === kind && column.name === name && levelsOf(column) === levels;
}

function describe({ kind, name, levels }: ModelFeature): string {
  return `the ${kind} ${JSON.stringify(name)}${kind === "categorical" ? ` of ${levels} levels` : ""}`;
}
