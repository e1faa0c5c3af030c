import { ArtifactInvalidError } from "@refit/core/errors";
import {
  type JsonCheck,
  exactly,
  type FeatureColumn,
  type FeatureMatrix,
  fits,
  integer,
  list,
  taskCheck,
  text,
  wordOf,
} from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
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

/**
 * Checks of the header's fields, in their order; those of other fields may rely on them.
 *
 * @param header the file's content, still of any shape.
 * @param format that the other keys belong to.
 */
export function headerChecks(header: ModelHeader, learner: string, format: number = FORMAT) {
  return {
    format: integer(format, format),
    learner: wordOf(learner),
    task: taskCheck,
    classes: (value: unknown) => {
      const [least, most] = classCounts[header.task];
      return integer(least, most)(value, 0);
    },
    features: list(featureCheck(new Set())),
  };
}

const classCounts = { binary: [2, 2], multiclass: [3, 1_000_000], regression: [0, 0] } as const;

/** @param names of the features before it, to which it adds its own. */
function featureCheck(names: Set<string>): JsonCheck {
  return (value) => {
    const { kind, name } = Object(value) as ModelFeature;
    const isKnown = fits("a name that no other feature has", () => names.size < names.add(name).size);
    return exactly({
      kind: wordOf("numeric", "categorical"),
      levels: integer(0, kind === "categorical" ? MOST_LEVELS : 0),
      name: (given) => text(given, 0) ?? isKnown(given, 0),
    })(value, 0);
  };
}

/**
 * Refuse rows whose columns are not those that the model was trained on, in that order.
 *
 * @throws ArtifactInvalidError, because artifact and `features.json` of one version belong together.
 */
export function checkFeatures(matrix: FeatureMatrix, features: readonly ModelFeature[]): void {
  const { columns } = matrix;
  const fail = (field: string, found: string): never => {
    throw new ArtifactInvalidError(MODEL_FILE, field, `${found}, as in the rows to predict`);
  };
  if (columns.length !== features.length) fail("features", `${columns.length} features`);
  for (let i = 0; i < columns.length; i++) {
    if (!isOf(columns[i]!, features[i]!)) fail(`features[${i}]`, JSON.stringify(describeFeatures(matrix)[i]));
  }
}

/** Without a text of either: this is asked for every row that is served. */
function isOf(column: FeatureColumn, { kind, name, levels }: ModelFeature): boolean {
  return column.kind === kind && column.name === name && levelsOf(column) === levels;
}
