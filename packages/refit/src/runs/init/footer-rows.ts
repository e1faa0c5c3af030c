import { quoted } from "@refit/core/errors";
import type { ColumnText, SurveyedSource } from "../../ports/surveys.ts";
import { sqlName, sqlText } from "./clean-rows.ts";
import type { DeclaredColumn } from "./declared-column.ts";
import type { DataNote } from "./data-note.ts";
import type { SeenColumn } from "./declare-columns.ts";

/** A last row that sums up the others, by column as in the file. */
export interface FooterRow {
  readonly word: ColumnText;
  /** The column that has the word. */
  readonly column: string;
  readonly texts: ReadonlyMap<string, string | null>;
}

const footerWords =
  /^\W*(?:grand|sub|overall|all)?[\s-]*(?:totals?|totale?s?|sum|summe|summen|gesamt|gesamtsumme|insgesamt|average|avg|mean|median|mittelwert|durchschnitt|somme|suma|count|anzahl)\W*$/i;

/** The row that ends a file with a word such as "Total", where no other row has the word; `null`: none does. */
export async function footerRow(
  survey: Pick<SurveyedSource, "rowsByFile" | "row">,
  seen: readonly SeenColumn[],
): Promise<FooterRow | null> {
  for (const { name, type, texts } of seen) {
    if (type !== "string") continue;
    const word = texts.find(
      ({ text, count, file, row }) =>
        footerWords.test(text) && row === survey.rowsByFile.get(file) && count <= survey.rowsByFile.size,
    );
    if (word === undefined) continue;
    const { texts: all } = await survey.row(word.file, word.row);
    return { word, column: name, texts: all };
  }
  return null;
}

/** The columns without what the footer adds to them. */
export function withoutFooter(seen: readonly SeenColumn[], footer: FooterRow | null): readonly SeenColumn[] {
  if (footer === null) return seen;
  return seen.map((column) => {
    const cell = footer.texts.get(column.name);
    const texts = column.texts
      .map((each) => (each.text === cell ? { ...each, count: each.count - footer.word.count } : each))
      .filter(({ count }) => count > 0);
    return { ...column, texts };
  });
}

/** What the footer says in columns of numbers and dates has to be read as no value, since types are read before `prepare`. */
export function readFooter(
  columns: readonly DeclaredColumn[],
  missingValues: readonly string[],
  footer: FooterRow | null,
): readonly DeclaredColumn[] {
  if (footer === null) return columns;
  return columns.map((column) => {
    const cell = footer.texts.get(column.from ?? column.name) ?? "";
    const known = column.missingValues ?? missingValues;
    if (column.type === "string" || known.includes(cell) || /\d/.test(cell)) return column;
    return { ...column, missingValues: [...known, cell] };
  });
}

/** Columns that a condition names at most; more make it no clearer. */
const mostNamed = 4;

/** The SQL condition of all rows but the footer, and the sentence that tells it. */
export function footerCleaning(
  footer: FooterRow,
  columns: readonly DeclaredColumn[],
): { readonly condition: string; readonly note: DataNote } {
  const rawOf = ({ name, from }: DeclaredColumn) => from ?? name;
  const named = columns.find((column) => rawOf(column) === footer.column);
  const isEmpty = (column: DeclaredColumn) => {
    const text = footer.texts.get(rawOf(column)) ?? "";
    return column !== named && (text.trim() === "" || (column.type !== "string" && !/\d/.test(text)));
  };
  const empty = [...(named === undefined ? [] : [named]), ...columns.filter(isEmpty)].slice(0, mostNamed);
  const condition =
    named === undefined || named.type === "string"
      ? `${sqlName(named?.name ?? footer.column)} IS DISTINCT FROM ${sqlText(footer.word.text)}`
      : `NOT (${empty.map(({ name }) => `${sqlName(name)} IS NULL`).join(" AND ")})`;
  const what = `The last row has ${quoted(footer.word.text)} in ${quoted(footer.column)}`;
  const advice = `It sums up the rows, and \`prepare\` leaves it out: ${condition}.`;
  return { condition, note: { what, at: footer.word, advice } };
}
