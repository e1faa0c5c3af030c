import { FeatureConflictError, NoFeaturesError, UnknownColumnError } from "../errors/feature-errors.ts";
import { quoted } from "../errors/name-words.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { applyFeature } from "./apply-features.ts";
import type { Column } from "./column.ts";
import type {
  ColumnInfo,
  DatePart,
  Feature,
  FeatureSpec,
  IgnoredReason,
  TargetSpec,
  ValueFeature,
} from "./feature-spec.ts";
import { distinctTexts, fitLevels } from "./fit-levels.ts";

export interface FitFeaturesRequest {
  /** Columns of the prepared data. */
  readonly columns: readonly ColumnInfo[];
  readonly read: (name: string) => Promise<Column>;
  /** Rows to fit on; nothing else of a column is looked at. */
  readonly trainRows: Uint32Array;
  readonly spec: Pick<ModelSpec, "target" | "key" | "group" | "weight" | "features">;
  readonly target: TargetSpec;
  /** Columns that the target's expression reads: they give the answer away and are never features. */
  readonly targetInputs: readonly string[];
  /** Types of the source columns, kept for later snapshots. */
  readonly sourceTypes: readonly ColumnInfo[];
}

/**
 * Decide which columns are features, and fit their transform on the training rows.
 *
 * Text of which more than half of the training rows (and more than 100) are distinct is an identifier and ignored,
 * and so is a feature that is constant on them. Dates give calendar parts, never their value: a model that knows
 * the instant learns the past by heart. Holds one column in memory at a time.
 *
 * @throws UnknownColumnError, FeatureConflictError, NoFeaturesError
 */
export async function fitFeatures(request: FitFeaturesRequest): Promise<FeatureSpec> {
  checkNames(request);
  const inputs: ColumnInfo[] = [];
  const features: Feature[] = [];
  const ignored: { name: string; reason: IgnoredReason }[] = [];
  for (const { name, type } of request.columns) {
    const reason = ignoredUnread(name, request);
    const fitted = reason ?? fitColumn(await request.read(name), request);
    if (typeof fitted === "string") {
      ignored.push({ name, reason: fitted });
    } else {
      inputs.push({ name, type });
      features.push(...fitted);
    }
  }
  // Also those that the preparation drops, so that drift of the target can be told from drift of a feature.
  for (const name of request.targetInputs) {
    if (!request.columns.some((column) => column.name === name)) ignored.push({ name, reason: "target-input" });
  }
  if (features.length === 0) throw new NoFeaturesError(ignored);
  checkUnique(features);
  return { format: 1, source: [...request.sourceTypes], inputs, target: request.target, features, ignored };
}

function keyColumns(key: ModelSpec["key"]): readonly string[] {
  return key === undefined ? [] : [key].flat();
}

function checkNames({ columns, spec, targetInputs }: FitFeaturesRequest): void {
  const { include = [], exclude, categorical } = spec.features;
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const unknown = Object.entries({ include, exclude, categorical }).flatMap(([option, names]) =>
    names.filter((name) => !types.has(name)).map((name) => ({ where: `features.${option}`, name })),
  );
  if (unknown.length > 0) throw new UnknownColumnError(unknown, [...types.keys()]);

  for (const name of include) {
    const why =
      name === spec.target
        ? "is the target"
        : targetInputs.includes(name)
          ? "is read by the target's expression"
          : exclude.includes(name)
            ? "is in `features.exclude` too"
            : null;
    if (why !== null) throw new FeatureConflictError(`\`features.include\` names ${quoted(name)}, which ${why}.`);
  }
  for (const name of categorical) {
    const type = types.get(name);
    if (type === "file") {
      throw new FeatureConflictError(
        `\`features.categorical\` names ${quoted(name)}, whose values are files; they have no categories.`,
      );
    }
    if (type === "date" || type === "datetime") {
      throw new FeatureConflictError(
        `\`features.categorical\` names ${quoted(name)}, a ${type}: of those only calendar parts are features.`,
      );
    }
  }
}

function ignoredUnread(name: string, { spec, targetInputs }: FitFeaturesRequest): IgnoredReason | null {
  const { include, exclude } = spec.features;
  if (name === spec.target) return "target";
  if (targetInputs.includes(name)) return "target-input";
  if (exclude.includes(name)) return "excluded";
  if (include !== undefined) return include.includes(name) ? null : "not-included";
  if (name === spec.group) return "group";
  if (name === spec.weight) return "weight";
  return keyColumns(spec.key).includes(name) ? "key" : null;
}

function fitColumn(column: Column, { spec, trainRows }: FitFeaturesRequest): Feature[] | IgnoredReason {
  if (column.type === "file") {
    const { name } = column;
    return distinctTexts(column, trainRows) > 1 ? [{ kind: "file", name, input: name }] : "constant";
  }
  if (column.kind === "text") {
    const distinct = distinctTexts(column, trainRows);
    if (distinct > 100 && distinct > trainRows.length / 2) return "identifier";
  }
  const fitted = candidateFeatures(column, spec.features, trainRows).filter(
    (feature) => !isConstant(feature, column, trainRows),
  );
  return fitted.length > 0 ? fitted : "constant";
}

function candidateFeatures(column: Column, policy: ModelSpec["features"], trainRows: Uint32Array): ValueFeature[] {
  const { name, type } = column;
  if (type === "string" || policy.categorical.includes(name)) {
    return [{ kind: "categorical", name, input: name, levels: fitLevels(column, trainRows, policy.maxCategories) }];
  }
  if (type === "date" || type === "datetime") {
    const parts: DatePart[] = type === "date" ? ["month", "dayOfWeek"] : ["month", "dayOfWeek", "hour"];
    return parts.map((part) => ({ kind: "datetimePart", name: `${name}.${part}`, input: name, part }));
  }
  return [{ kind: "numeric", name, input: name }];
}

/** Most columns show in their first rows that they are not. */
const FIRST_ROWS = 1000;

function isConstant(feature: ValueFeature, column: Column, rows: Uint32Array): boolean {
  return [rows.subarray(0, FIRST_ROWS), rows].every((some) => {
    const applied = applyFeature(feature, column, some);
    const values = applied.kind === "numeric" ? applied.values : applied.codes;
    return values.every((value) => Object.is(value, values[0]) || value === values[0]);
  });
}

function checkUnique(features: readonly Feature[]): void {
  const inputOf = new Map<string, string>();
  for (const { name, input } of features) {
    const other = inputOf.get(name);
    if (other !== undefined) {
      throw new FeatureConflictError(
        `Columns ${quoted(other)} and ${quoted(input)} both give a feature ${quoted(name)}.`,
      );
    }
    inputOf.set(name, input);
  }
}
