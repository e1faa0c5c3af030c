import { FeatureMismatchError } from "../errors/feature-errors.ts";
import { quoted } from "../errors/name-words.ts";
import type { FeatureMatrix } from "../learners/learner.ts";
import { applyFeature } from "./apply-features.ts";
import type { Column } from "./column.ts";
import type { ColumnInfo, FeatureSpec } from "./feature-spec.ts";

/**
 * The matrix of one record, for serving: the same code as `applyFeatures`, on columns of one row.
 *
 * `null` is a missing value. Dates are ISO 8601 text (UTC where it names no offset), epoch milliseconds or a `Date`.
 *
 * @throws FeatureMismatchError naming every input that the record lacks or that has another type.
 */
export function applyRow(spec: FeatureSpec, record: Readonly<Record<string, unknown>>): FeatureMatrix {
  const columns = new Map<string, Column>();
  const mismatches: string[] = [];
  for (const input of spec.inputs) {
    const value = Object.hasOwn(record, input.name) ? record[input.name] : undefined;
    const column = value === undefined ? null : columnOf(input, value);
    if (column !== null) columns.set(input.name, column);
    else if (value === undefined) mismatches.push(`${quoted(input.name)} is missing`);
    else mismatches.push(`${quoted(input.name)} is ${quoted(String(value))}, expected ${input.type}`);
  }
  if (mismatches.length > 0) throw new FeatureMismatchError(mismatches);
  return { rows: 1, columns: spec.features.map((feature) => applyFeature(feature, columns.get(feature.input)!)) };
}

function columnOf({ name, type }: ColumnInfo, value: unknown): Column | null {
  if (type === "string") {
    if (value !== null && typeof value !== "string") return null;
    return {
      kind: "text",
      name,
      type,
      dictionary: value === null ? [] : [value],
      codes: Int32Array.of(value === null ? -1 : 0),
    };
  }
  const number = value === null ? Number.NaN : numberOf(type, value);
  return number === null ? null : { kind: "number", name, type, values: Float64Array.of(number) };
}

/** `null` when the value is not of the type. */
function numberOf(type: Exclude<ColumnInfo["type"], "string">, value: unknown): number | null {
  if (type === "boolean") return typeof value === "boolean" ? Number(value) : null;
  if (typeof value === "number") return value;
  if (type === "number" || type === "integer") return null;
  if (value instanceof Date) return value.getTime();
  return typeof value === "string" ? instantOf(value) : null;
}

/** Without an offset JavaScript would read a time of day in the zone of the machine, the data is in UTC. */
function instantOf(text: string): number | null {
  const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (iso === null) return null;
  const isDate = text.length === 10;
  const instant = Date.parse(isDate || iso[1] !== undefined ? text.replace(" ", "T") : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(instant) ? null : instant;
}
