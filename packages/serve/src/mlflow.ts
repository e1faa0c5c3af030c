import type { InputColumns, InputRecord, LoadedVersion, RowAnswer } from "@refit/runtime";
import { csvColumns } from "./csv-rows.ts";
import { bodyInvalid, RefusedRequest } from "./refused-request.ts";
import { columnLists, isObject, jsonObject, recordsOf, type RequestRows } from "./request-rows.ts";

const jsonFields = ["dataframe_split", "dataframe_records", "inputs", "instances"] as const;

/** Rows of a request to MLflow's scoring server, as a data frame in JSON or as CSV. @throws RefusedRequest */
export function mlflowRows(contentType: string, text: string, inputs: LoadedVersion["inputs"]): RequestRows {
  const [kind = ""] = contentType.toLowerCase().split(";");
  if (kind.trim() === "text/csv") return csvColumns(text, inputs);
  if (kind.trim() !== "application/json") {
    throw new RefusedRequest(415, "content-type", "Send Content-Type: application/json or text/csv.");
  }
  const body = jsonObject(text);
  const [field, ...others] = jsonFields.filter((each) => body[each] !== undefined);
  if (field === undefined || others.length > 0) {
    throw bodyInvalid(`Send one of ${jsonFields.map((each) => JSON.stringify(each)).join(", ")}.`);
  }
  return withoutNotATime(frameRows(field, body[field]), inputs);
}

function frameRows(field: (typeof jsonFields)[number], value: unknown): RequestRows {
  if (field === "dataframe_split") return splitColumns(value);
  if (field === "dataframe_records" || !isObject(value)) return recordsOf(field, value);
  // Columns, or the values of one row.
  return Object.values(value).some((each) => Array.isArray(each)) ? columnLists(field, value) : [value];
}

/** `{ "columns": [names], "data": [[values], …] }`; an `index` is not read. */
function splitColumns(split: unknown): InputColumns {
  const { columns, data } = isObject(split) ? split : {};
  const isNames = Array.isArray(columns) && columns.every((name) => typeof name === "string");
  if (!isNames || !Array.isArray(data)) {
    throw bodyInvalid('"dataframe_split" needs "columns", a list of names, and "data", a list of rows.');
  }
  const names = columns as readonly string[];
  const rows = data as readonly unknown[];
  const other = rows.findIndex((row) => !Array.isArray(row) || row.length !== names.length);
  if (other >= 0)
    throw bodyInvalid(`Row ${other} of "data" does not have ${names.length} values, one for each column.`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw bodyInvalid(`"columns" names ${JSON.stringify(twice)} twice.`);
  const table = rows as readonly (readonly unknown[])[];
  return Object.fromEntries(names.map((name, column) => [name, table.map((row) => row[column])]));
}

/** MLflow's client writes a missing date of pandas as a text. */
function withoutNotATime(rows: RequestRows, inputs: LoadedVersion["inputs"]): RequestRows {
  const times = inputs.flatMap(({ name, type }) => (type === "date" || type === "datetime" ? [name] : []));
  const valueOf = (value: unknown) => (value === "NaT" ? null : value);
  const has = (row: object) => times.filter((name) => Object.hasOwn(row, name));
  if (!Array.isArray(rows)) {
    const columns = rows as InputColumns;
    return {
      ...columns,
      ...Object.fromEntries(has(columns).map((name) => [name, Array.from(columns[name]!, valueOf)])),
    };
  }
  return (rows as readonly InputRecord[]).map((row) => {
    const found = has(row).filter((name) => row[name] === "NaT");
    return found.length === 0 ? row : { ...row, ...Object.fromEntries(found.map((name) => [name, null])) };
  });
}

/** `{ "predictions": […] }` of classes, or of values for a regression. */
export function mlflowAnswer(answers: readonly RowAnswer[]): object {
  return { predictions: answers.map((answer) => (answer.kind === "class" ? answer.class : answer.value)) };
}
