import type { RequestRows } from "./request-rows.ts";

/** Columns that together name what a row is about; each by the names that it may have in a request, such as before and after `prepare`. */
export type RowKey = readonly (readonly string[])[];

/** The values of the key that a row was sent with, as texts; `null`: one of them is missing, or is a list or an object, of which nobody has checked what it is. */
export function keyValues(sent: RequestRows, place: number, key: RowKey): string[] | null {
  if (key.length === 0) return null;
  const values = key.map((names) => names.map((name) => valueAt(sent, name, place)).find((value) => value !== null));
  const isKey = (value: unknown) => value !== undefined && typeof value !== "object";
  return values.every(isKey) ? values.map(String) : null;
}

/** As JSON has it; `null`: missing. */
export function valueAt(rows: RequestRows, name: string, row: number): unknown {
  const found = Array.isArray(rows)
    ? own(rows[row] as object, name)
    : own(rows, name, (list) => (list as ArrayLike<unknown>)[row]);
  if (typeof found === "bigint") return Number(found);
  return typeof found === "number" && !Number.isFinite(found) ? null : (found ?? null);
}

function own(from: object, name: string, read: (value: unknown) => unknown = (value) => value): unknown {
  return Object.hasOwn(from, name) ? read((from as Readonly<Record<string, unknown>>)[name]) : undefined;
}
