import { FeatureMismatchError } from "../errors/feature-errors.ts";
import { quoted } from "../errors/name-words.ts";
import type { FeatureColumn, FeatureMatrix } from "../learners/learner.ts";
import { pickValues } from "../learners/pick-features.ts";
import type { Column, FileColumn, NumberColumn, TextColumn } from "./column.ts";
import { datePart } from "./date-part.ts";
import type { ColumnInfo, FeatureSpec, ValueFeature } from "./feature-spec.ts";
import { levelText } from "./level-text.ts";

const MISSING = 0;
const OTHER = 1;
const FIRST_LEVEL = 2;

/**
 * One feature's values, in the order of `rows` (default: all rows of the column).
 *
 * The one transform for training, evaluation and serving. Infinities are missing, also those that only 32 bits make.
 *
 * @throws FeatureMismatchError when the column's kind cannot give this feature.
 */
export function applyFeature(feature: ValueFeature, column: Column, rows?: Uint32Array): FeatureColumn {
  if (feature.kind === "categorical") return categorical(feature.name, feature.levels, column, rows);
  if (column.kind === "text") throw new FeatureMismatchError([`${quoted(column.name)} is text`]);
  if (feature.kind === "numeric") return numeric(feature.name, column, rows, (value) => value);
  const { part } = feature;
  return numeric(feature.name, column, rows, (value) => datePart(part, value));
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
    for (const feature of spec.features) {
      if (feature.kind !== "file" && feature.input === input.name) columns.push(applyFeature(feature, column, rows));
    }
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

function numeric(
  name: string,
  column: NumberColumn,
  rows: Uint32Array | undefined,
  transform: (value: number) => number,
): FeatureColumn {
  const count = rows?.length ?? column.values.length;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const value = Math.fround(transform(column.values[rows === undefined ? i : rows[i]!]!));
    values[i] = Number.isFinite(value) ? value : Number.NaN;
  }
  return { kind: "numeric", name, values };
}

function categorical(
  name: string,
  levels: readonly string[],
  column: Column,
  rows: Uint32Array | undefined,
): FeatureColumn {
  const codeOf = new Map(levels.map((level, index) => [level, index + FIRST_LEVEL]));
  const code = column.kind === "text" ? textCoder(column, codeOf) : numberCoder(column, codeOf);
  const count = rows?.length ?? (column.kind === "text" ? column.codes : column.values).length;
  const codes = new Uint8Array(count);
  for (let i = 0; i < count; i++) codes[i] = code(rows === undefined ? i : rows[i]!);
  return { kind: "categorical", name, levels: levels.length, codes };
}

function textCoder(column: TextColumn | FileColumn, codeOf: ReadonlyMap<string, number>): (row: number) => number {
  const byEntry = Uint8Array.from(column.dictionary, (text) => codeOf.get(text) ?? OTHER);
  return (row) => byEntry[column.codes[row]!] ?? MISSING;
}

function numberCoder(column: NumberColumn, codeOf: ReadonlyMap<string, number>): (row: number) => number {
  return (row) => {
    const value = column.values[row]!;
    return Number.isFinite(value) ? (codeOf.get(levelText(column.type, value)) ?? OTHER) : MISSING;
  };
}
