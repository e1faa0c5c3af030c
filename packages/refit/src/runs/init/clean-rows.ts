import { quoted } from "@refit/core/errors";
import type { ColumnText } from "../../ports/surveys.ts";
import type { DataNote } from "./data-note.ts";

/** A step of `prepare`, and the sentence that tells it. */
export interface Cleaning {
  /** SQL in place of a column. */
  readonly replaced: readonly { readonly column: string; readonly sql: string }[];
  /** SQL conditions of the rows that stay. */
  readonly conditions: readonly string[];
}

export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The text of `prepare`; `null`: the source is right as it is. */
export function prepareText({ replaced, conditions }: Cleaning): string | null {
  if (replaced.length === 0 && conditions.length === 0) return null;
  const values = replaced.map(({ column, sql }) => `${sql} AS ${sqlName(column)}`);
  const columns = values.length === 0 ? "*" : `* REPLACE (${values.join(", ")})`;
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `SELECT ${columns} FROM source${where}`;
}

/** Beyond these, texts are names or sentences, and not spellings of a few answers. */
const mostSpellings = 1000;

const collapsed = (text: string) => text.replace(/\s+/gu, " ").trim();

/**
 * SQL that makes one text of those that differ in white space only; of the target also those that differ in case.
 *
 * @returns `null`: there are none.
 */
export function oneSpelling(
  column: string,
  texts: readonly ColumnText[],
  isTarget: boolean,
): { readonly sql: string; readonly note: DataNote } | null {
  if (texts.length > mostSpellings) return null;
  const spaced = variantOf(texts, collapsed);
  const cased = isTarget ? variantOf(texts, (text) => collapsed(text).toLowerCase()) : null;
  const name = sqlName(column);
  const atEdges = texts.every(({ text }) => text.replace(/^ +| +$/g, "") === collapsed(text));
  const trimmed = atEdges ? `trim(${name})` : String.raw`trim(regexp_replace(${name}, '[\s\p{Z}]+', ' ', 'g'))`;
  const found = cased ?? spaced;
  if (found === null) return null;
  const isCased = cased !== null && collapsed(cased.rare.text) !== collapsed(cased.usual.text);
  const isPlain = texts.every(({ text }) => text === collapsed(text));
  const sql = isCased ? `lower(${isPlain ? name : trimmed})` : trimmed;
  const { rare, usual } = found;
  const rows = rare.count === 1 ? "1 row" : `${rare.count} rows`;
  const differs = isCased ? "is the same but for case" : "differs in white space only";
  const what = `${quoted(column)} has ${rows} with ${quoted(rare.text)}, which ${differs} from ${quoted(usual.text)} (${usual.count} rows)`;
  return {
    sql,
    note: {
      what: isCased ? what.replace(" from ", " as ") : what,
      at: rare,
      advice: `\`prepare\` makes one text of both: ${sql}.`,
    },
  };
}

/** The rarest text that has the same key as another one. */
function variantOf(
  texts: readonly ColumnText[],
  keyOf: (text: string) => string,
): { readonly rare: ColumnText; readonly usual: ColumnText } | null {
  const usual = new Map<string, ColumnText>();
  let found: { rare: ColumnText; usual: ColumnText } | null = null;
  for (const each of texts.toSorted((a, b) => b.count - a.count)) {
    const before = usual.get(keyOf(each.text));
    if (before === undefined) usual.set(keyOf(each.text), each);
    else found = { rare: each, usual: before };
  }
  return found;
}
