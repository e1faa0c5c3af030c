import type { CountedText } from "./number-form.ts";

/** What programs and people write for "no value", wherever it stands. */
const everywhere = [
  ["NA", "N/A", "n/a", "#N/A", "n.a.", "N.A.", "<NA>", "NULL", "null", "Null", "(null)", "\\N"],
  ["NaN", "nan", "NAN", "NaT", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#NAME?", "#NULL!"],
  ["?", "??", "-", "--", "---", "–", "—", ".", "..", "…"],
].flat();

/** Words that are an answer among words, and "no value" among numbers and dates. */
const amongNumbers = [
  ["None", "none", "NONE", "nil", "missing", "Missing", "MISSING", "unknown", "Unknown", "UNKNOWN", "na", "n/d", "nd"],
  ["not available", "Not available", "not known", "k.A.", "k. A.", "s/d", "*", "**", "blank", "(blank)", "empty"],
  ["inf", "-inf", "+inf", "Inf", "-Inf", "INF", "-INF", "Infinity", "-Infinity", "infinity", "-infinity", "-nan"],
].flat();

/** All of them, for a first look. */
export const missingWords: readonly string[] = [...everywhere, ...amongNumbers];

export function isMissingWord(text: string): boolean {
  return text.trim() === "" || missingWords.includes(text.trim());
}

/** Two letters or a sign of which other texts of the column are made, too: the code of a country, or a direction. */
const codes = [/^[A-Z]{2}$/, /^[a-z]{2}$/, /^[^\p{L}\p{N}\s]$/u];

/**
 * The texts of a column of words that mean "no value". Where others are codes of the same kind, NA is the code of Namibia and
 * - the one of a strand: then it is a word.
 */
export function missingAmongWords(texts: readonly CountedText[]): {
  readonly missing: readonly CountedText[];
  readonly kept: readonly CountedText[];
} {
  const words = texts.filter(({ text }) => everywhere.includes(text.trim()));
  const others = texts.filter(({ text }) => text.trim() !== "" && !words.some((word) => word.text === text));
  const isCode = ({ text }: CountedText) => {
    const code = codes.find((each) => each.test(text.trim()));
    const alike = code === undefined ? 0 : others.filter((other) => code.test(other.text.trim())).length;
    return alike > 0 && alike >= 0.8 * others.length;
  };
  return { missing: words.filter((word) => !isCode(word)), kept: words.filter(isCode) };
}
