import type { LoadedVersion, RowAnswer } from "@refit/runtime";
import { csvColumns } from "./csv-rows.ts";
import { RefusedRequest } from "./refused-request.ts";
import { bodyInvalid, isObject, jsonObject, recordsOf, type RequestRows } from "./request-rows.ts";

/** Rows of a request to MLflow's scoring server: `dataframe_split`, `dataframe_records` or CSV. @throws RefusedRequest */
export function mlflowRows(contentType: string, text: string, inputs: LoadedVersion["inputs"]): RequestRows {
  const [kind = ""] = contentType.toLowerCase().split(";");
  if (kind.trim() === "text/csv") return csvColumns(text, inputs);
  if (kind.trim() !== "application/json") {
    throw new RefusedRequest(415, "content-type", "Send Content-Type: application/json or text/csv.");
  }
  const { dataframe_split: split, dataframe_records: records } = jsonObject(text);
  if ((split === undefined) === (records === undefined)) {
    throw bodyInvalid('Send either "dataframe_split" or "dataframe_records"; a model of a table reads no tensors.');
  }
  return split === undefined ? recordsOf("dataframe_records", records) : splitRows(split);
}

/** `{ "columns": [names], "data": [[values], …] }`; an `index` is not read. */
function splitRows(split: unknown): RequestRows {
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
  return (rows as readonly (readonly unknown[])[]).map((row) =>
    Object.fromEntries(names.map((name, column) => [name, row[column]])),
  );
}

/** `{ "predictions": […] }` of classes, or of values for a regression. */
export function mlflowAnswer(answers: readonly RowAnswer[]): object {
  return { predictions: answers.map((answer) => (answer.kind === "class" ? answer.class : answer.value)) };
}
