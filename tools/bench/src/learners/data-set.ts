import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ColumnInfo } from "@refit/core/data";
import type { Column } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import { lehmer } from "../random.ts";

/** What `set.json` says of the rows beside it, which both sides read. */
export interface DataSet {
  readonly name: string;
  readonly task: Task;
  /** 2 for binary, 0 for regression. */
  readonly classes: number;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; /** Absent: numbers. */ readonly levels?: readonly string[] }[];
}

/** Whose rows, by their place in the file: a byte per row. */
export const parts = { training: 0, validation: 1, test: 2, none: 3 } as const;

export const readSet = (folder: string): DataSet =>
  JSON.parse(readFileSync(path.join(folder, "set.json"), "utf8")) as DataSet;

/**
 * @param columns column after column, the target last; NaN: missing; a category is its place in `levels`.
 */
export function writeSet(folder: string, about: DataSet, columns: readonly Float32Array[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "rows.f32"), "");
  for (const column of columns) writeFileSync(path.join(folder, "rows.f32"), column, { flag: "a" });
  writeFileSync(path.join(folder, "set.json"), JSON.stringify(about));
}

/** A fifth of the rows for the test, a fifth of the others for validation, drawn row by row. */
export function splitOf(rows: number, seed: number): Uint8Array {
  const random = lehmer(seed);
  return Uint8Array.from({ length: rows }, () => {
    if (random() < 0.2) return parts.test;
    return random() < 0.2 ? parts.validation : parts.training;
  });
}

export function targetOf(folder: string, { columns, rows }: DataSet): Float64Array {
  return Float64Array.from(valuesAt(folder, rows, columns.length));
}

export function typesOf({ columns }: DataSet): ColumnInfo[] {
  return columns.map(({ name, levels }) => ({ name, type: levels === undefined ? "number" : "string" }));
}

/** Reads one column, so that no more than one of them is in memory besides what is made of it. */
export function readColumn(folder: string, { columns, rows }: DataSet, name: string): Column {
  const place = columns.findIndex((column) => column.name === name);
  const values = valuesAt(folder, rows, place);
  const { levels } = columns[place]!;
  if (levels === undefined) return { kind: "number", name, type: "number", values: Float64Array.from(values) };
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
  return { kind: "text", name, type: "string", dictionary: levels, codes };
}

function valuesAt(folder: string, rows: number, place: number): Float32Array {
  const values = new Float32Array(rows);
  const file = openSync(path.join(folder, "rows.f32"), "r");
  readSync(file, new Uint8Array(values.buffer), 0, values.byteLength, place * values.byteLength);
  closeSync(file);
  return values;
}
