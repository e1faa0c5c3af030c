import type { Column, FileColumn, NumberColumn, TextColumn } from "./column.ts";

/** Columns for tests, from plain values. */
export function number(name: string, values: readonly number[], type: NumberColumn["type"] = "number"): NumberColumn {
  return { kind: "number", name, type, values: Float64Array.from(values) };
}

export function text(name: string, values: readonly (string | null)[]): TextColumn {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value)));
  return { kind: "text", name, type: "string", dictionary, codes };
}

export function allRows(column: Column): Uint32Array {
  return Uint32Array.from((column.kind === "text" ? column.codes : column.values).keys());
}

/** A column of files, by name of their content. */
export function files(name: string, values: readonly (string | null)[]): FileColumn {
  return { ...text(name, values), type: "file", bring: async (content) => `/files/${content}` };
}
