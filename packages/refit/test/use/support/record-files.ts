import { madeInputs, type MadeRecord } from "../../../../runtime/src/made-records.fixture.ts";

type Value = MadeRecord[string];
type InputType = (typeof madeInputs)[number]["type"];

const valueOf = (record: MadeRecord, name: string) => Object.getOwnPropertyDescriptor(record, name)!.value as Value;

/**
 * JSON of a record with all that JSON can carry and `JSON.stringify` does not write: the sign of zero, and infinities as numbers that are too
 * large. NaN is `null` there, too.
 */
export function jsonOf(record: MadeRecord): string {
  const fields = madeInputs.map(({ name }) => `${JSON.stringify(name)}:${jsonValue(valueOf(record, name))}`);
  return `{${fields.join(",")}}`;
}

/** The same of columns. */
export function jsonColumns(records: readonly MadeRecord[]): string {
  const columns = madeInputs.map(({ name }) => {
    return `${JSON.stringify(name)}:[${records.map((record) => jsonValue(valueOf(record, name))).join(",")}]`;
  });
  return `{${columns.join(",")}}`;
}

function jsonValue(value: Value): string {
  if (Object.is(value, -0)) return "-0";
  if (value === Infinity) return "1e999";
  if (value === -Infinity) return "-1e999";
  return JSON.stringify(value);
}

/**
 * What files of the data can have of a record: data have no numbers that are not finite, whole numbers are at most 64 bits long, and an empty
 * text is a missing value. A text is UTF-8, and in CSV it has no NUL.
 */
export function asDataHave(record: MadeRecord): MadeRecord {
  return Object.fromEntries(madeInputs.map(({ name, type }) => [name, dataValue(valueOf(record, name), type)]));
}

function dataValue(value: Value, type: InputType): Value {
  if (typeof value === "string") return value === "" ? null : Buffer.from(value).toString().replaceAll("\0", "\ufffd");
  if (typeof value !== "number") return value;
  if (!Number.isFinite(value)) return null;
  return type === "integer" && (!Number.isInteger(value) || Math.abs(value) >= 2 ** 63) ? null : value;
}

/** What a file of these records has. */
export const formats = {
  csv: csvOf,
  jsonl: (records: readonly MadeRecord[]) => records.map((record) => `${jsonOf(record)}\n`).join(""),
  parquet: parquetOf,
} as const;
export type Format = keyof typeof formats;

function csvOf(records: readonly MadeRecord[]): string {
  const line = (values: readonly Value[]) => `${values.map(csvValue).join(",")}\n`;
  const names = madeInputs.map(({ name }) => name);
  return [line(names), ...records.map((record) => line(names.map((name) => valueOf(record, name))))].join("");
}

function csvValue(value: Value): string {
  if (value === null) return "";
  if (typeof value === "string") return `"${value.replaceAll('"', '""')}"`;
  return Object.is(value, -0) ? "-0" : String(value);
}

const parquetTypes = {
  string: "STRING",
  number: "DOUBLE",
  integer: "INT64",
  boolean: "BOOLEAN",
  date: "STRING",
  datetime: "STRING",
} as const;

async function parquetOf(records: readonly MadeRecord[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = madeInputs.map(({ name, type }) => {
    const values = records.map((record) => valueOf(record, name));
    const data = type === "integer" ? values.map((value) => (value === null ? null : BigInt(value))) : values;
    return { name, type: parquetTypes[type], data, nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
