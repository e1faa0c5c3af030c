import * as z from "zod";
import { targetSpec } from "../features/feature-spec.ts";
import { checkAnswers } from "./read-answers.ts";

/** `predictions.json` of an artifact: whose predictions lie beside it. */
export const storedPredictions = z.object({
  format: z.literal(1),
  task: targetSpec.shape.task,
  target: z.object({ name: targetSpec.shape.name, classes: targetSpec.shape.classes }),
  /** Columns that identify a row. */
  key: z.array(z.string().min(1)).min(1),
});
export type StoredPredictions = z.infer<typeof storedPredictions>;

/** Predictions by row. */
export interface KeyedPredictions {
  /** Of each row: 32 hex digits, ascending. */
  readonly rows: readonly string[];
  /** [rows], or for multiclass [rows × classes]. */
  readonly values: Float64Array;
}

const header = "row,prediction";
const rowName = /^[0-9a-f]{32}$/;

/** `predictions.csv` of an artifact: a line for each row, its name and its numbers, in the order of the names. */
export function predictionsText({ rows, values }: KeyedPredictions): string {
  const width = rows.length === 0 ? 1 : values.length / rows.length;
  const lines = rows.map((row, i) => `${row},${values.subarray(i * width, (i + 1) * width).join(",")}`);
  return `${[header, ...lines].join("\n")}\n`;
}

/**
 * Reads that file again, strictly: it is what `predictionsText` writes, byte by byte.
 *
 * @param width numbers of a row; probabilities unless it is a regression.
 * @returns a clause: what is wrong with it.
 */
export function readPredictionsText(text: string, width: number, isRegression: boolean): KeyedPredictions | string {
  const lines = text.split("\n");
  if (lines[0] !== header || lines.at(-1) !== "") return "is not a list of predictions";
  const rows: string[] = [];
  const values = new Float64Array((lines.length - 2) * width);
  for (let i = 1; i < lines.length - 1; i++) {
    const [row = "", ...numbers] = lines[i]!.split(",");
    if (!rowName.test(row) || numbers.length !== width) return `has a line ${i + 1} that is not a prediction`;
    if (rows.length > 0 && row <= rows.at(-1)!) return `has a line ${i + 1} that is out of order`;
    rows.push(row);
    for (const [k, number] of numbers.entries())
      values[(i - 1) * width + k] = number === "" ? Number.NaN : Number(number);
  }
  const checked = checkAnswers(Float64Array.from(values), isRegression ? null : width);
  if ("outcome" in checked) return checked.what;
  return predictionsText({ rows, values }) === text
    ? { rows, values: checked.values }
    : "is not written as refit writes it";
}
