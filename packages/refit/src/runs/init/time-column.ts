import { quoted, UsageError } from "@refit/core/errors";
import type { ColumnText } from "../../ports/surveys.ts";
import { sqlName } from "./clean-rows.ts";
import { dateForms, datesSql, formsNote } from "./date-forms.ts";
import { dateFormats, type DateFormat } from "./date-format.ts";
import type { DataNote } from "./data-note.ts";
import type { DeclaredColumn } from "./declared-column.ts";
import { isMissingWord } from "./missing-words.ts";

/** How a column that is to be the time is read. */
export interface TimeReading {
  readonly declared: DeclaredColumn;
  /** SQL in place of the column; `null`: its dates are right as they are read. */
  readonly sql: string | null;
  /** What is told of it; `null`: nothing, since it has dates. */
  readonly note: DataNote | null;
}

/** Numbers that are instants: what they count, where they lie between 1980 and 2100, and their SQL. */
const counted = [
  {
    words: "seconds since 1970",
    from: 315_532_800,
    to: 4_102_444_800,
    sql: (name: string) => `make_timestamp(${name}::BIGINT * 1000000)`,
  },
  {
    words: "milliseconds since 1970",
    from: 315_532_800_000,
    to: 4_102_444_800_000,
    sql: (name: string) => `make_timestamp(${name}::BIGINT * 1000)`,
  },
];

/**
 * @param texts all of the column.
 * @param format as a person says it; `null`: nobody did.
 * @returns `null`: it holds no dates for certain.
 */
export function readTime(
  column: DeclaredColumn,
  texts: readonly ColumnText[],
  format: string | null,
): TimeReading | null {
  const plain = { sql: null, note: null };
  if (format !== null) {
    const type = /%[HIcXTMSf]/.test(format) ? ("datetime" as const) : ("date" as const);
    return { ...plain, declared: { ...column, type, format } };
  }
  if (column.type === "date" || column.type === "datetime") return { ...plain, declared: column };
  const values = texts.map(({ text }) => text.trim()).filter((text) => !isMissingWord(text));
  if (values.length === 0) return null;
  const isDay = (text: string) => /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text);
  if (values.every(isDay)) return { ...plain, declared: { ...column, type: "date", format: "%Y%m%d" } };
  if (values.every((text) => /^(?:1[5-9]|20|21)\d\d$/.test(text)))
    return { ...plain, declared: { ...column, type: "date", format: "%Y" } };
  const unit = counted.find(({ from, to }) => values.every((text) => Number(text) >= from && Number(text) <= to));
  if (unit !== undefined) {
    const note = {
      what: `${quoted(column.name)} counts ${unit.words}`,
      at: null,
      advice: "`prepare` makes a time of it.",
    };
    return { declared: column, sql: unit.sql(sqlName(column.name)), note };
  }
  const forms = dateForms(texts.filter(({ text }) => !isMissingWord(text)));
  const sql = forms && datesSql(column.name, forms);
  return sql === null ? null : { declared: column, sql, note: formsNote(column.name, forms!, true) };
}

/** Why a column cannot be the time: the first text that is not a date, or the choices where two readings fit. */
export function timeProblem(
  name: string,
  texts: readonly ColumnText[],
  others: readonly string[],
  lineOf: string,
): UsageError {
  const choices = dateFormats(texts.map(({ text }) => text.trim()).filter((text) => !isMissingWord(text)));
  const option = ({ format }: DateFormat) => `--time-format ${JSON.stringify(format)}`;
  const usage = "refit init --data FILE --target COLUMN --time COLUMN [--time-format FORMAT]";
  if (choices.length > 1) {
    const shown = quoted(texts[0]!.text);
    return new UsageError(
      `--time ${quoted(name)} holds dates such as ${shown}, whose day and month cannot be told apart. Say which they are: ${choices.map(option).join(" or ")}.`,
      usage,
    );
  }
  const forms = dateForms(texts.filter(({ text }) => !isMissingWord(text)));
  if (forms !== null) {
    const { what } = formsNote(name, forms, false);
    return new UsageError(`--time ${what}${lineOf}. Not every one can be read for certain: correct the file.`, usage);
  }
  const culprit = notADate(texts);
  const rows = culprit.count === 1 ? "1 row" : `${culprit.count} rows`;
  const advice =
    others.length > 0
      ? `The date columns are: ${others.map((each) => quoted(each)).join(", ")}.`
      : "Correct the file, or say how they are written with --time-format, such as %d.%m.%Y.";
  return new UsageError(
    `--time ${quoted(name)} holds ${quoted(culprit.text)} in ${rows}${lineOf}, which cannot be read as a date for certain. ${advice}`,
    usage,
  );
}

/** The first text that is not a date where others are, or one of the rarest form; else the first one. */
export function notADate(texts: readonly ColumnText[]): ColumnText {
  const values = texts.filter(({ text }) => !isMissingWord(text));
  const forms = dateForms(values);
  if (forms !== null) return forms.forms.at(-1)!.texts[0]!;
  const looksLike = ({ text }: ColumnText) => /^\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ][\d:.]+\S*)?\s*$/.test(text);
  return values.find((value) => !looksLike(value)) ?? values[0] ?? texts[0]!;
}
