import { FeatureMismatchError } from "../errors/feature-errors.ts";
import { quoted } from "../errors/name-words.ts";
import type { FeatureColumn, FeatureMatrix } from "../learners/learner.ts";
import { pickValues } from "../learners/pick-features.ts";
import type { Column } from "./column.ts";
import { featureColumn, featuresOf } from "./feature-column.ts";
import type { ColumnInfo, FeatureSpec, ValueFeature } from "./feature-spec.ts";

/** As `featureColumn`. @throws FeatureMismatchError when the column's kind cannot give this feature. */
export function applyFeature(feature: ValueFeature, column: Column, rows?: Uint32Array): FeatureColumn {
  const values = featureColumn(feature, column, rows);
  if (values === null) throw new FeatureMismatchError([`${quoted(column.name)} is text`]);
  return values;
}

/**
 * The matrix of a feature spec for some rows. Reads each input column once, one at a time.
 *
 * @param read `null` when there is no such column.
 * @throws FeatureMismatchError naming the inputs that are missing or of another type.
 */
export async function applyFeatures(
  spec: FeatureSpec,
  read: (name: string) => Promise<Column | null>,
  rows: Uint32Array,
): Promise<FeatureMatrix> {
  const columns: FeatureColumn[] = [];
  for (const input of spec.inputs) {
    const column = await readInput(input);
    for (const feature of featuresOf(spec, input)) columns.push(applyFeature(feature, column, rows));
  }
  const byName = new Map(spec.inputs.map((input) => [input.name, input]));
  const inputs = {
    columns: spec.inputs,
    read: async (name: string) => {
      const input = byName.get(name);
      return pickValues(await (input === undefined ? readOther(name) : readInput(input)), rows);
    },
  };
  return { rows: rows.length, columns, inputs };

  async function readOther(name: string): Promise<Column> {
    const column = await read(name);
    if (column === null) throw new FeatureMismatchError([`${quoted(name)} is missing`]);
    return column;
  }

  async function readInput(input: ColumnInfo): Promise<Column> {
    const column = await read(input.name);
    const mismatches = inputMismatches([input], column === null ? [] : [column]);
    if (column === null || mismatches.length > 0) throw new FeatureMismatchError(mismatches);
    return column;
  }
}

/** What keeps a model with these inputs from being applied to rows with these columns, one clause each; empty: nothing. */
export function inputMismatches(inputs: readonly ColumnInfo[], columns: readonly ColumnInfo[]): string[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return inputs.flatMap(({ name, type }) => {
    const found = types.get(name);
    if (found === undefined) return [`${quoted(name)} is missing`];
    return family(found) === family(type) ? [] : [`${quoted(name)} is ${found}, expected ${type}`];
  });
}

/** Types whose values read alike: an integer column may get fractions later, a date a time of day. */
function family(type: ColumnInfo["type"]): string {
  if (type === "integer") return "number";
  return type === "date" ? "datetime" : type;
}
