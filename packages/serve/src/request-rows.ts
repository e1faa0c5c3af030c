import type { InputColumns, InputRecord } from "@refit/runtime";
import { bodyInvalid, RefusedRequest } from "./refused-request.ts";

/** Rows as a request brings them; their values are checked by the version. */
export type RequestRows = readonly InputRecord[] | InputColumns;

/** Any JSON object, whose fields are not known yet. */
export type JsonFields = Readonly<Record<string, unknown>>;

/** Also JSON as Python writes it. @throws RefusedRequest where it is not an object */
export function jsonObject(text: string): JsonFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    value = pythonJson(text);
    if (value === undefined) throw bodyInvalid(`The body is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(value)) throw bodyInvalid("The body is not a JSON object.");
  return value;
}

/**
 * Python's `json`, and so the clients of MLflow and Triton, writes a missing number as NaN, and infinite ones as words, which JSON does not know.
 *
 * @returns `undefined`: it is not that either
 */
function pythonJson(text: string): unknown {
  const plain = text.replaceAll(/"(?:[^"\\]|\\.)*"|\bNaN\b|\bInfinity\b/g, (found) =>
    found === "NaN" ? "null" : found === "Infinity" ? "1e999" : found,
  );
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    return undefined;
  }
}

/** `{ "records": [{…}, …] }` or `{ "columns": { "name": […], … } }`. @throws RefusedRequest */
export function sentRows({ records, columns }: JsonFields): RequestRows {
  if ((records === undefined) === (columns === undefined)) {
    throw bodyInvalid('Send either "records", a list of objects, or "columns", an object of lists.');
  }
  return records === undefined ? columnLists("columns", columns) : recordsOf("records", records);
}

/** @throws RefusedRequest */
export function recordsOf(field: string, value: unknown): readonly InputRecord[] {
  if (!Array.isArray(value)) throw bodyInvalid(`"${field}" is not a list of objects.`);
  const other = value.findIndex((each) => !isObject(each));
  if (other >= 0) throw bodyInvalid(`Row ${other} of "${field}" is not an object.`);
  return value as readonly InputRecord[];
}

/** @throws RefusedRequest */
export function columnLists(field: string, value: unknown): InputColumns {
  if (!isObject(value)) throw bodyInvalid(`"${field}" is not an object of lists.`);
  const lists = Object.entries(value);
  const other = lists.find(([, list]) => !Array.isArray(list));
  if (other !== undefined) throw bodyInvalid(`Column ${JSON.stringify(other[0])} of "${field}" is not a list.`);
  const [first] = lists as [string, readonly unknown[]][];
  const longer = (lists as [string, readonly unknown[]][]).find(([, list]) => list.length !== first![1].length);
  if (longer !== undefined) {
    const [name, list] = longer;
    throw bodyInvalid(
      `Columns have different lengths: ${JSON.stringify(first![0])} has ${first![1].length} values, ${JSON.stringify(name)} ${list.length}.`,
    );
  }
  return value as InputColumns;
}

/** @throws RefusedRequest where there are more rows than may come at once */
export function checkRowCount(rows: RequestRows, most: number): void {
  const count = rowCount(rows);
  if (count <= most) return;
  throw new RefusedRequest(
    413,
    "too-many-rows",
    `${count} rows are too many for one request: at most ${most}. Send several.`,
  );
}

export function rowCount(rows: RequestRows): number {
  if (Array.isArray(rows)) return rows.length;
  return Object.values(rows as InputColumns).reduce((longest, list) => Math.max(longest, list.length), 0);
}

export function isObject(value: unknown): value is JsonFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
