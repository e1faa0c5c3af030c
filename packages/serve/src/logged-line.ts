import type { LoadedVersion, RowAnswer } from "@refit/runtime";
import { rowCount, type RequestRows } from "./request-rows.ts";
import type { Arm } from "./row-arms.ts";
import { valueAt, type RowKey } from "./row-values.ts";
import type { VersionAnswers } from "./version-answers.ts";

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
  readonly arm?: Arm;
  readonly other?: Pick<LoggedLine, "version" | "prediction" | "microseconds">;
}

type LoggedPrediction =
  | { readonly class: string | number | boolean; readonly probabilities: readonly number[] }
  | { readonly value: number };

/** What of a model's rows is written down. */
export interface LoggedColumns {
  /** Columns that together name what a row is about; each by the names that it may have in a request, such as before and after `prepare`. */
  readonly key: RowKey;
  /** Inputs whose values are left out. */
  readonly omit: readonly string[];
}

/** Rows that a version has answered together. */
export interface LoggedRows extends Pick<VersionAnswers, "rows" | "places" | "answers" | "at" | "milliseconds"> {
  readonly version: Pick<LoadedVersion, "model" | "treeId" | "inputs">;
  readonly requestId: string;
  /** As they were sent, where the columns of the key are looked for. */
  readonly sent: RequestRows;
  /** Which of the answers the caller got; left out: all. */
  readonly chosen?: readonly number[];
  /** Left out: no second version was asked. */
  readonly arm?: Arm;
  /** What that one answered to the rows that were sent; `null`: not in time. */
  readonly other?: Promise<Pick<VersionAnswers, "version" | "answers" | "bySent" | "milliseconds"> | null>;
}

/** How many of its answers are written down. */
export const loggedCount = ({ chosen, answers }: LoggedRows): number => (chosen ?? answers).length;

/** The id of a row's answer: that of the request, and where several rows came its place among them. */
export function answerId({ requestId, sent, places }: LoggedRows, row: number): string {
  return rowCount(sent) === 1 ? requestId : `${requestId}/${places?.[row] ?? row}`;
}

/** @param key as it is written; `null`: it is not. */
export async function loggedLine(
  answered: LoggedRows,
  row: number,
  { omit, key }: { readonly omit: readonly string[]; readonly key: string | null },
): Promise<LoggedLine> {
  const { version, rows, answers, at, places, arm } = answered;
  const other = await answered.other;
  const otherAnswer = other?.bySent[places?.[row] ?? row];
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
    microseconds: meanMicroseconds(answered),
    ...(arm !== undefined && { arm }),
    ...(other && otherAnswer && { other: otherOf(other, otherAnswer) }),
  };
}

const meanMicroseconds = ({ milliseconds, answers }: Pick<VersionAnswers, "milliseconds" | "answers">) =>
  Math.round((milliseconds * 1000) / answers.length);

function otherOf(other: Pick<VersionAnswers, "version" | "answers" | "milliseconds">, answer: RowAnswer) {
  return {
    version: other.version.treeId,
    prediction: predictionOf(answer),
    microseconds: meanMicroseconds(other),
  };
}

function predictionOf(answer: RowAnswer): LoggedPrediction {
  return answer.kind === "value"
    ? { value: answer.value }
    : { class: answer.class, probabilities: answer.probabilities };
}
