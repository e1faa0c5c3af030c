import { quoted } from "@refit/core/errors";
import type { ColumnText } from "../../ports/surveys.ts";
import { sqlName, sqlText } from "./clean-rows.ts";
import { dateFormats } from "./date-format.ts";
import type { DataNote } from "./data-note.ts";

/** Dates of one column that are written alike. */
interface DateForm {
  readonly texts: readonly ColumnText[];
  readonly rows: number;
  /** strptime patterns that fit all of them: two where day and month cannot be told apart. */
  readonly formats: readonly string[];
}

/** A column whose dates are written in several ways. */
export interface DateForms {
  /** The most frequent one first. */
  readonly forms: readonly DateForm[];
  /** Texts that are not such dates. */
  readonly others: readonly ColumnText[];
}

const mostForms = 4;
const nearly = 0.9;

/** @param values without those that mean "no value". @returns `null`: they are not nearly all dates, or dates of one form. */
export function dateForms(values: readonly ColumnText[]): DateForms | null {
  const groups = new Map<string, ColumnText[]>();
  const others: ColumnText[] = [];
  for (const value of values) {
    const shape = shapeOf(value.text);
    if (shape === null) others.push(value);
    else groups.set(shape, [...(groups.get(shape) ?? []), value]);
  }
  if (groups.size > mostForms) return null;
  const forms = [...groups.values()].flatMap(inOneOrder).toSorted((a, b) => b.rows - a.rows);
  const rows = forms.reduce((sum, form) => sum + form.rows, 0);
  return forms.length > 1 && rows >= nearly * (rows + rowsOf(others)) ? { forms, others } : null;
}

/** What two dates of one form have in common; `null`: the text is not a date. */
function shapeOf(text: string): string | null {
  const [first] = dateFormats([text]);
  if (first === undefined) return null;
  return first.format.replaceAll(/%[dm]/g, "?");
}

/** Those of one shape, apart by the order of day and month where no order fits all. */
function inOneOrder(texts: readonly ColumnText[]): DateForm[] {
  const formats = formatsOf(texts);
  if (formats.length > 0) return [{ texts, rows: rowsOf(texts), formats }];
  const byOrder = new Map<string, ColumnText[]>();
  for (const value of texts) {
    const own = formatsOf([value]).join(" or ");
    byOrder.set(own, [...(byOrder.get(own) ?? []), value]);
  }
  return [...byOrder.values()].map((each) => ({ texts: each, rows: rowsOf(each), formats: formatsOf(each) }));
}

const formatsOf = (texts: readonly ColumnText[]) =>
  dateFormats(texts.map(({ text }) => text)).map(({ format }) => format);
const rowsOf = (texts: readonly ColumnText[]) => texts.reduce((sum, { count }) => sum + count, 0);

/** SQL of all its dates; `null`: some can be read in two ways, or are not dates. */
export function datesSql(name: string, { forms, others }: DateForms): string | null {
  const orders = new Set(forms.map(({ formats }) => formats[0]!.replaceAll(/%[dm]/g, "?")));
  // The same shape in two orders: a day up to the twelfth may be either.
  if (others.length > 0 || orders.size < forms.length || forms.some(({ formats }) => formats.length !== 1)) return null;
  const isSpaced = forms.some(({ texts }) => texts.some(({ text }) => text !== text.trim()));
  const text = isSpaced ? `trim(${sqlName(name)})` : sqlName(name);
  const read = forms.map(({ formats }) => `try_strptime(${text}, ${sqlText(formats[0]!)})`);
  const hasClock = forms.some(({ formats }) => formats[0]!.includes("%H"));
  return hasClock ? `coalesce(${read.join(", ")})` : `CAST(coalesce(${read.join(", ")}) AS DATE)`;
}

/** @param isRead whether `prepare` reads them. */
export function formsNote(name: string, found: DateForms, isRead: boolean): DataNote {
  const { forms, others } = found;
  const shown = forms.map(
    ({ rows, texts }) => `${rows} ${rows === 1 ? "row" : "rows"} such as ${quoted(texts[0]!.text)}`,
  );
  const rest = others.length === 0 ? "" : `; ${rowsOf(others)} of other texts such as ${quoted(others[0]!.text)}`;
  const sql = datesSql(name, found);
  const rarest = forms.at(-1)!.texts[0]!;
  return {
    what: `${quoted(name)} holds dates in ${forms.length} forms: ${shown.join(", ")}${rest}`,
    at: rarest,
    advice: isRead
      ? `\`prepare\` reads all of them: ${sql}.`
      : sql === null
        ? "It is declared as text, since not every one can be read for certain. Correct the file."
        : `It is declared as text. Correct the file, or read all of them in \`prepare\`: ${sql}.`,
  };
}
