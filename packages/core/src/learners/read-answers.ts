import type { TargetSpec } from "../features/feature-spec.ts";
import type { CommandOutcome } from "../errors/command-errors.ts";

/** Answers that a program wrote: good ones, or what is wrong with them. */
export type AnswersRead =
  | { readonly values: Float64Array }
  | { readonly outcome: CommandOutcome; /** A clause without a full stop. */ readonly what: string };

/** How far the probabilities of a row may be from 1 in all: what few decimals and 32 bits make. */
const tolerance = 1e-3;

/** The one column of a binary task or a regression. */
const single = "prediction";

/**
 * Reads the predictions that a program wrote as CSV, with the checks that every answer must pass.
 *
 * Binary and regression: one column `prediction`. Multiclass: a column for each class, by its name, in any order. The probabilities of
 * a row are divided by their sum, so that they add up to 1.
 *
 * @returns [rows], or for multiclass [rows × classes] in the order of `classes`.
 */
export function readAnswers(text: string, { task, classes }: TargetSpec, rows: number): AnswersRead {
  const names = task === "multiclass" ? classes!.map(String) : [single];
  const lines = linesOf(text);
  const header = cellsOf(lines.next().value ?? "");
  const places = names.map((name) => header.indexOf(name));
  if (places.includes(-1) || header.length !== names.length) {
    return unreadable(`has the columns ${header.map(short).join(", ")} instead of ${names.map(short).join(", ")}`);
  }
  const width = names.length;
  const values = new Float64Array(rows * width);
  let row = 0;
  for (const line of lines) {
    if (row === rows) {
      const more = 1 + [...lines].length;
      return { outcome: "wrong-row-count", what: `predicted ${rows + more} rows of ${rows}` };
    }
    const cells = width === 1 ? [line] : line.split(",");
    if (cells.length !== width) return unreadable(`has ${cells.length} values in row ${row + 1}, expected ${width}`);
    for (const [i, place] of places.entries()) {
      const cell = cells[place]!.trim();
      const value = numberOf(cell);
      if (value === null) return unreadable(`has ${short(cell)} in row ${row + 1}, which is not a number`);
      if (!Number.isFinite(value))
        return { outcome: "not-finite", what: `predicted ${cell || "nothing"} in row ${row + 1}` };
      values[row * width + i] = value;
    }
    row++;
  }
  if (row !== rows) return { outcome: "wrong-row-count", what: `predicted ${row} rows of ${rows}` };
  return task === "regression" ? { values } : checkProbabilities(values, width);
}

/** The checks of answers that were not read from a file. @param width probabilities in a row; `null`: values of a regression. */
export function checkAnswers(values: Float64Array, width: number | null): AnswersRead {
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    return { outcome: "not-finite", what: `predicted ${values[odd]} in row ${Math.floor(odd / (width ?? 1)) + 1}` };
  return width === null ? { values } : checkProbabilities(values, width);
}

function checkProbabilities(values: Float64Array, width: number): AnswersRead {
  const wrong = values.findIndex((value) => value < 0 || value > 1);
  if (wrong >= 0) {
    const row = Math.floor(wrong / width) + 1;
    return { outcome: "out-of-range", what: `predicted a probability of ${values[wrong]} in row ${row}` };
  }
  if (width === 1) return { values };
  for (let start = 0; start < values.length; start += width) {
    let sum = 0;
    for (let i = start; i < start + width; i++) sum += values[i]!;
    if (Math.abs(sum - 1) > tolerance) {
      return {
        outcome: "not-summing",
        what: `predicted probabilities that add up to ${sum} in row ${start / width + 1}`,
      };
    }
    for (let i = start; i < start + width; i++) values[i] = values[i]! / sum;
  }
  return { values };
}

const unreadable = (what: string): AnswersRead => ({
  outcome: "predictions-unreadable",
  what: `wrote predictions that cannot be read: the file ${what}`,
});

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const notFinite = /^(?:|[+-]?(?:nan|inf|infinity)|null|none|na)$/i;

/** `null`: it is not a number at all. */
function numberOf(cell: string): number | null {
  if (plainNumber.test(cell)) return Number(cell);
  return notFinite.test(cell) ? Number.NaN : null;
}

/** Lines of a text, without the empty one at its end. */
function* linesOf(text: string): Generator<string, undefined> {
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  while (start < text.length) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    yield text.endsWith("\r", end) ? text.slice(start, end - 1) : text.slice(start, end);
    start = end + 1;
  }
}

/** The names of a header; they may be quoted, and commas in them too. */
function cellsOf(line: string): string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quotedText, plainText]) => (quotedText?.replaceAll('""', '"') ?? plainText ?? "").trim());
}

const short = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
