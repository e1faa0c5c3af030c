/** Longer than a question of a survey, shorter than a row that stands where the header should be. */
const longestName = 1000;

/** Control characters that are not white space, and half a character: no name has them on purpose. */
const control = /(?![\t\n\v\f\r\u0085])\p{Cc}|\p{Surrogate}/u;

/** They turn the direction of reading, so that a name shows as another one. */
const turning = /\p{Bidi_Control}/u;

/**
 * Why a text cannot be the name of a column, as the end of a sentence that begins with the column; `null`: it can.
 *
 * Anything else that is hard to read, such as a line break, is carried: every place that shows a name makes it harmless.
 */
export function columnNameProblem(name: string): string | null {
  if (name.length > longestName) return `has a name of ${name.length} characters; ${longestName} are possible`;
  const found = control.exec(name);
  if (found !== null) return `is named ${spelledOut(name)}, with the control character ${codeOf(found[0])}`;
  const turned = turning.exec(name);
  if (turned !== null) return `is named ${spelledOut(name)}, where ${codeOf(turned[0])} turns the direction of reading`;
  return columnNameKey(name) === "" ? `is named ${spelledOut(name)}, in which nothing can be seen` : null;
}

/** The same for names that a reader takes for the same: case, white space, accents in two forms, what cannot be seen. */
export function columnNameKey(name: string): string {
  return name
    .replace(/\s+/gu, " ")
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "")
    .trim()
    .normalize("NFC")
    .toLowerCase();
}

/** Quoted, in letters that all show: what is hidden is written as JSON and YAML read it back. */
function spelledOut(name: string): string {
  const short = name.length > 100 ? `${name.slice(0, 99)}…` : name;
  return JSON.stringify(short).replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${hexOf(character.charCodeAt(i))}`).join(""),
  );
}

const codeOf = (character: string) => `U+${hexOf(character.codePointAt(0)!).toUpperCase()}`;

const hexOf = (code: number) => code.toString(16).padStart(4, "0");
