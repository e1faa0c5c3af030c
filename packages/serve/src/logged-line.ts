import type { LoadedVersion, RowAnswer } from "@refit/runtime";
import { rowCount, type RequestRows } from "./request-rows.ts";

/** What one answer was, as it stands in a prediction log. `refit schema prediction` describes each field. */
export interface LoggedLine {
  readonly format: 1;
  readonly id: string;
  readonly time: string;
  readonly model: string;
  readonly version: string;
  readonly key?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly prediction: LoggedPrediction;
  readonly microseconds: number;
}

type LoggedPrediction =
  | { readonly class: string | number | boolean; readonly probabilities: readonly number[] }
  | { readonly value: number };

/** What of a model's rows is written down. */
export interface LoggedColumns {
  /** Columns that together name what a row is about; each by the names that it may have in a request, such as before and after `prepare`. */
  readonly key: readonly (readonly string[])[];
  /** Inputs whose values are left out. */
  readonly omit: readonly string[];
}

/** Rows that were answered together. */
export interface LoggedRows {
  readonly version: Pick<LoadedVersion, "model" | "treeId" | "inputs">;
  readonly requestId: string;
  /** As the model was asked them. */
  readonly rows: RequestRows;
  /** As they were sent, where the columns of the key are looked for. */
  readonly sent: RequestRows;
  /** Of each row its place among those that were sent; left out: the same. */
  readonly places?: readonly number[];
  readonly answers: readonly RowAnswer[];
  /** Epoch milliseconds. */
  readonly at: number;
  /** That the model took for all rows. */
  readonly milliseconds: number;
}

/** The id of a row's answer: that of the request, and where several rows came its place among them. */
export function answerId({ requestId, sent, places }: LoggedRows, row: number): string {
  return rowCount(sent) === 1 ? requestId : `${requestId}/${places?.[row] ?? row}`;
}

/** @param key as it is written; `null`: it is not. */
export function loggedLine(
  answered: LoggedRows,
  row: number,
  { omit, key }: { readonly omit: readonly string[]; readonly key: string | null },
): LoggedLine {
  const { version, rows, answers, at, milliseconds } = answered;
  const inputs = version.inputs.filter(({ name }) => !omit.includes(name));
  return {
    format: 1,
    id: answerId(answered, row),
    time: new Date(at).toISOString(),
    model: version.model,
    version: version.treeId,
    ...(key !== null && { key }),
    input: Object.fromEntries(inputs.map(({ name }) => [name, valueAt(rows, name, row)])),
    prediction: predictionOf(answers[row]!),
    microseconds: Math.round((milliseconds * 1000) / answers.length),
  };
}

/** The values of the key that a row was sent with, as texts; `null`: one of them is missing, or is a list or an object, of which nobody has checked what it is. */
export function keyValues({ sent, places }: LoggedRows, row: number, key: LoggedColumns["key"]): string[] | null {
  if (key.length === 0) return null;
  const place = places?.[row] ?? row;
  const values = key.map((names) => names.map((name) => valueAt(sent, name, place)).find((value) => value !== null));
  const isKey = (value: unknown) => value !== undefined && typeof value !== "object";
  return values.every(isKey) ? values.map(String) : null;
}

/** As JSON has it; `null`: missing. */
function valueAt(rows: RequestRows, name: string, row: number): unknown {
  const found = Array.isArray(rows)
    ? own(rows[row] as object, name)
    : own(rows, name, (list) => (list as ArrayLike<unknown>)[row]);
  if (typeof found === "bigint") return Number(found);
  return typeof found === "number" && !Number.isFinite(found) ? null : (found ?? null);
}

function own(from: object, name: string, read: (value: unknown) => unknown = (value) => value): unknown {
  return Object.hasOwn(from, name) ? read((from as Readonly<Record<string, unknown>>)[name]) : undefined;
}

function predictionOf(answer: RowAnswer): LoggedPrediction {
  return answer.kind === "value"
    ? { value: answer.value }
    : { class: answer.class, probabilities: answer.probabilities };
}
