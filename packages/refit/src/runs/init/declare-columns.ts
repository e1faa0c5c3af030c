import type { ColumnInfo } from "@refit/core/data";
import { quoted, quotedList } from "@refit/core/errors";
import { columnNameKey } from "@refit/core/spec";
import type { ColumnText } from "../../ports/surveys.ts";
import { dateFormat, dateFormats } from "./date-format.ts";
import type { DataNote } from "./data-note.ts";
import { dateForms, formsNote } from "./date-forms.ts";
import type { DeclaredColumn } from "./declared-column.ts";
import { asFiles, type ColumnFiles } from "./file-column.ts";
import { isMissingWord, missingAmongWords } from "./missing-words.ts";
import { numberForm, type Convention, type FoundForm, type NumberForm } from "./number-form.ts";

/** A column before anything is declared. */
export interface SeenColumn {
  /** In the file. */
  readonly name: string;
  /** What its texts suggest, those that often mean "no value" left aside. */
  readonly type: ColumnInfo["type"];
  /** All of a column of text, or at least those that often mean "no value". */
  readonly texts: readonly ColumnText[];
}

export interface Declaration {
  /** All but those without a value. */
  readonly columns: readonly DeclaredColumn[];
  /** Names of columns that have no value yet: nothing is declared, so that the type is inferred when values come. */
  readonly empty: readonly string[];
  /** Texts that mean "no value" in all columns that do not say it for themselves. */
  readonly missingValues: readonly string[];
  /** How a fraction would be written in columns that have none yet, as all the other columns show it; `null`: with a point. */
  readonly fractions: "," | null;
  readonly notes: readonly DataNote[];
}

/** One column, decided. */
interface DecidedColumn {
  readonly column: DeclaredColumn;
  readonly isEmpty: boolean;
  /** Its texts that mean "no value". */
  readonly missing: readonly ColumnText[];
  /** Its texts that often do, but not here. */
  readonly kept: readonly string[];
  readonly notes: readonly DataNote[];
}

/** The share of values from which on a column counts as one of numbers or dates with a few strange texts. */
const nearly = 0.9;
/** Different words that may stand among numbers as "no value", when nobody has said so. */
const fewWords = 3;

/**
 * Decides how each column is read.
 *
 * @param separator the character between fields; semicolons go with decimal commas.
 * @param files where texts lead to files, by the name of their column in the file.
 */
export function declareColumns(
  seen: readonly SeenColumn[],
  separator: string,
  files: ReadonlyMap<string, ColumnFiles> = new Map(),
): Declaration {
  const names = plainNames(seen.map(({ name }) => name));
  const shown = shownConvention(seen);
  const convention = shown ?? (separator === ";" ? "," : null);
  const decided = seen.map((column, i) =>
    decide({ ...column, name: names[i]! }, column.name, { convention, files: files.get(column.name) ?? null }),
  );
  const missing = new Set(decided.flatMap((each) => each.missing.map(({ text }) => text)));
  missing.delete("");
  const all = ["", ...missing];
  const columns = decided
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ column, kept }): DeclaredColumn => {
      const own = all.filter((text) => !kept.includes(text));
      return own.length === all.length ? column : { ...column, missingValues: own };
    });
  return {
    columns,
    empty: decided.filter(({ isEmpty }) => isEmpty).map(({ column }) => column.name),
    missingValues: all,
    fractions: shown === "," && !seen.some(({ type }) => type === "number") ? "," : null,
    notes: decided.flatMap(({ notes }) => notes),
  };
}

const unseen = String.raw`[\s\p{C}\p{Default_Ignorable_Code_Point}]+`;
const unseenAround = new RegExp(`^${unseen}|${unseen}$`, "gu");

/** Names without the blanks and invisible signs around them, where that gives no name twice. */
function plainNames(names: readonly string[]): string[] {
  const plain = names.map((name) => name.replace(unseenAround, "").replace(/\s+/gu, " "));
  const keys = names.map(columnNameKey);
  return names.map((name, i) => (keys.indexOf(keys[i]!) === keys.lastIndexOf(keys[i]!) ? plain[i]! : name));
}

/** What the columns that can be read in one way only say about the others. */
function shownConvention(seen: readonly SeenColumn[]): Convention {
  for (const { type, texts } of seen) {
    if (type !== "string") continue;
    const values = texts.filter(({ text }) => !isMissingWord(text));
    const found = values.length === 0 ? null : numberForm(values, null);
    if (found === null || found.other !== null || found.rows < nearly * rowsOf(values)) continue;
    if (found.form.decimalChar === ",") return ",";
    if (found.form.groupChar !== undefined) return ".";
  }
  return seen.some(({ type }) => type === "number") ? "." : null;
}

/** What is known of a column besides its own texts. */
interface BesideTexts {
  readonly convention: Convention;
  readonly files: ColumnFiles | null;
}

function decide(column: SeenColumn, raw: string, { convention, files }: BesideTexts): DecidedColumn {
  const { name, type, texts } = column;
  const from = raw === name ? {} : { from: raw };
  const words = texts.filter(({ text }) => isMissingWord(text));
  const values = texts.filter(({ text }) => !isMissingWord(text));
  const simple = { isEmpty: false, missing: words, kept: [] };
  if (type !== "string") {
    return { ...simple, column: { name, ...from, type }, notes: missingNotes(name, type, words) };
  }
  if (values.length === 0) {
    const what = `${quoted(name)} has no values yet${words.some(({ text }) => text !== "") ? `, only ${quotedTexts(words)}` : ""}`;
    const advice = "It is not declared: its type is inferred when values come.";
    return { ...simple, isEmpty: true, column: { name, type }, notes: [{ what, at: null, advice }] };
  }
  const named = asFiles(name, values, files);
  const { declared: file } = named;
  const typed =
    file === null
      ? (asNumbers(name, values, convention) ?? asDates(name, values))
      : { declared: file, odd: named.odd, notes: named.notes };
  if (typed === null) {
    const asText = asWords(name, from, texts);
    return { ...asText, notes: [...asText.notes, ...named.notes] };
  }
  const { declared, odd, notes } = typed;
  const missing = [...words, ...odd];
  return {
    ...simple,
    missing,
    column: { name, ...from, ...declared },
    notes: [...missingNotes(name, declared.type, words), ...notes],
  };
}

/** What texts are read as, and those that are not, which then count as missing. */
interface Typed {
  readonly declared: Pick<DeclaredColumn, "type" | "format" | "folder"> & NumberForm;
  readonly odd: readonly ColumnText[];
  readonly notes: readonly DataNote[];
}

function asNumbers(name: string, values: readonly ColumnText[], convention: Convention): Typed | null {
  const found = numberForm(values, convention);
  if (found === null || found.rows < nearly * rowsOf(values)) return null;
  const { form, fits } = found;
  const numbers = values.filter(({ text }) => fits(text));
  // A code such as 00123 would lose its zeros, and a number of many digits its last ones.
  if (numbers.some(({ text }) => /^\s*[+-]?0\d/.test(text) || text.replace(/\D/g, "").length > 16)) return null;
  const odd = values.filter(({ text }) => !fits(text));
  if (odd.length > 0 && !mayBeMissing(odd)) return null;
  const strange = odd.length === 0 ? [] : [oddNote(name, "numbers", numbers, odd)];
  // Nothing separates their digits, so no form is theirs.
  if (numbers.every(({ text }) => /^\s*[+-]?\d+\s*$/.test(text)))
    return { declared: { type: "integer" }, odd, notes: strange };
  const written = Object.keys(form).length === 0 ? [] : [formNote(name, numbers, found)];
  return { declared: { type: "number", ...form }, odd, notes: [...written, ...strange] };
}

function asDates(name: string, values: readonly ColumnText[]): Typed | null {
  const isIso = ({ text }: ColumnText) => /^\s*\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?\s*$/.test(text);
  const iso = values.filter(isIso);
  const dates = iso.length > 0 ? iso : values.filter(({ text }) => /\d/.test(text));
  const odd = values.filter((value) => !dates.includes(value));
  if (rowsOf(dates) < nearly * rowsOf(values) || (odd.length > 0 && !mayBeMissing(odd))) return null;
  const texts = dates.map(({ text }) => text.trim());
  const type = texts.every((text) => text.length === 10) ? ("date" as const) : ("datetime" as const);
  const format = iso.length > 0 ? { type } : dateFormat(texts);
  if (format === null) return null;
  const shown = quoted(dates[0]!.text);
  const written =
    "format" in format
      ? [
          {
            what: `${quoted(name)} holds dates such as ${shown}`,
            at: null,
            advice: `They are read with the format ${quoted(format.format)}.`,
          },
        ]
      : [];
  return {
    declared: format,
    odd,
    notes: [...written, ...(odd.length === 0 ? [] : [oddNote(name, "dates", dates, odd)])],
  };
}

function asWords(name: string, from: { readonly from?: string }, texts: readonly ColumnText[]): DecidedColumn {
  const { missing, kept } = missingAmongWords(texts);
  const values = texts.filter(({ text }) => text.trim() !== "" && !missing.some((word) => word.text === text));
  const blank = texts.filter(({ text }) => text.trim() === "");
  const dates = dateForms(values);
  const notes = [
    ...missingNotes(name, "string", missing as readonly ColumnText[]),
    ...keptNotes(name, kept, values),
    ...(dates === null
      ? [...nearNotes(name, values), ...ambiguousDates(name, values)]
      : [formsNote(name, dates, false)]),
  ];
  // A word that means "no value" elsewhere is a value here, where it is one.
  const words = texts.filter(({ text }) => isMissingWord(text) && text.trim() !== "").map(({ text }) => text);
  return {
    column: { name, ...from, type: "string" },
    isEmpty: false,
    missing: [...(missing as readonly ColumnText[]), ...blank],
    kept: words.filter((text) => !missing.some((word) => word.text === text)),
    notes,
  };
}

/** Words, few of them, and no text that may be a number with a slip in it. */
function mayBeMissing(odd: readonly ColumnText[]): boolean {
  return odd.length <= fewWords && odd.every(({ text }) => !/\d/.test(text));
}

function missingNotes(name: string, type: ColumnInfo["type"], words: readonly ColumnText[]): DataNote[] {
  const told = words.filter(({ text }) => text !== "");
  if (told.length === 0) return [];
  const among = {
    string: "words",
    number: "numbers",
    integer: "numbers",
    boolean: "answers",
    date: "dates",
    datetime: "dates",
    file: "paths of files",
  };
  const what = `${quoted(name)} has ${among[type]}, and ${rowWords(rowsOf(told))} with ${quotedTexts(told)}`;
  return [{ what, at: told[0]!, advice: "Such a row has no value there (`missingValues`)." }];
}

function formNote(name: string, numbers: readonly ColumnText[], { form, unit, other }: FoundForm): DataNote {
  const shown = numbers.find(({ text }) => /\d\D+\d/.test(text)) ?? numbers[0]!;
  const what = `${quoted(name)} has numbers that are written like ${quoted(shown.text)}`;
  const leftOut =
    unit === ""
      ? ""
      : ` ${quoted(unit)} is not read${form.unit === undefined ? "" : ", and a value in another unit is an error"}.`;
  const doubt = other === null ? "" : ` If that is wrong, declare ${formWords(other)} instead: both read these values.`;
  return { what, at: null, advice: `They are read with ${formWords(form)}.${leftOut}${doubt}` };
}

function formWords(form: NumberForm): string {
  const words = Object.entries(form).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return words.length === 0 ? "no further words" : `\`${words.join(", ")}\``;
}

function oddNote(name: string, kind: string, fitting: readonly ColumnText[], odd: readonly ColumnText[]): DataNote {
  const [fit, other] = [rowsOf(fitting), rowsOf(odd)];
  const rest = other === 1 ? "the other is" : `the other ${other} are`;
  const what = `${fit} of ${fit + other} values of ${quoted(name)} look like ${kind}; ${rest} ${quotedTexts(odd)}`;
  return {
    what,
    at: odd[0]!,
    advice: "Such a row has no value there (`missingValues`); correct the file if that is wrong.",
  };
}

/** Texts that are nearly all numbers or dates, where it is not certain enough to read them so. */
function nearNotes(name: string, values: readonly ColumnText[]): DataNote[] {
  const rows = rowsOf(values);
  const iso = values.filter(({ text }) => /^\s*\d{4}-\d{2}-\d{2}/.test(text));
  const found = numberForm(values, null);
  const [kind, fitting] =
    rowsOf(iso) > rows / 2
      ? (["dates", iso] as const)
      : (["numbers", found === null ? [] : values.filter(({ text }) => found.fits(text))] as const);
  const odd = values.filter((value) => !fitting.includes(value));
  const isCode = fitting.some(({ text }) => /^\s*[+-]?0\d/.test(text));
  if (rowsOf(fitting) <= rows / 2 || odd.length === 0 || isCode) return [];
  const [fit, other] = [rowsOf(fitting), rowsOf(odd)];
  const type = kind === "dates" ? "date" : "number";
  const rest = other === 1 ? "the other is" : `the other ${other} are`;
  const what = `${fit} of ${fit + other} values of ${quoted(name)} look like ${kind}; ${rest} ${quotedTexts(odd)}`;
  const words = JSON.stringify(["", ...odd.map(({ text }) => text)]);
  const ifMissing =
    odd.length > fewWords
      ? "; a run then names each text that is not one"
      : `, with \`missingValues: ${words}\` if they mean that there is no value`;
  const advice = `It is declared as text. Correct the file, or declare \`type: ${type}\`${ifMissing}.`;
  return [{ what, at: odd[0]!, advice }];
}

function keptNotes(
  name: string,
  kept: readonly { readonly text: string }[],
  values: readonly ColumnText[],
): DataNote[] {
  if (kept.length === 0) return [];
  const other = values.find(({ text }) => !kept.some((word) => word.text === text));
  const what = `${quoted(name)} has ${quotedTexts(kept)} as a value, beside codes such as ${quoted(other?.text ?? "")}`;
  const words = JSON.stringify(["", ...kept.map(({ text }) => text)]);
  return [
    {
      what,
      at: null,
      advice: `If it means that there is no value, declare \`missingValues: ${words}\` for that column.`,
    },
  ];
}

function ambiguousDates(name: string, values: readonly ColumnText[]): DataNote[] {
  const formats = dateFormats(values.map(({ text }) => text.trim()));
  if (formats.length < 2) return [];
  const choices = formats.map(({ type, format }) => `\`type: ${type}, format: ${JSON.stringify(format)}\``);
  const what = `${quoted(name)} holds dates such as ${quoted(values[0]!.text)}, whose day and month cannot be told apart`;
  return [{ what, at: null, advice: `It is declared as text; declare ${choices.join(" or ")} to read it.` }];
}

const rowsOf = (texts: readonly { readonly count: number }[]) => texts.reduce((sum, { count }) => sum + count, 0);
const rowWords = (rows: number) => (rows === 1 ? "1 row" : `${rows} rows`);
const quotedTexts = (texts: readonly { readonly text: string }[]) =>
  quotedList(
    texts.filter(({ text }) => text !== "").map(({ text }) => text),
    fewWords,
  );
