/**
 * A part of a sentence: our own words, or something that must be shown as what it is.
 *
 * - `data`: a value from data or from people, which is hostile until a renderer has made it safe for its place
 * - `sentence`: a whole sentence of ours with such values in it, quoted
 * - `code`: a name or a command of refit's
 * - `strong`: our words, emphasised
 * - `break`: a new line
 */
export type Piece =
  | string
  | { readonly kind: "data" | "sentence" | "code" | "strong"; readonly text: string }
  | { readonly kind: "break" };

/** A sentence, or what stands in a cell of a table. */
export type Text = readonly Piece[];

export const data = (value: string): Piece => ({ kind: "data", text: value });
/** Such as the message of a finding, which was made before anybody knew where it is shown. */
export const sentenceOf = (words: string): Piece => ({ kind: "sentence", text: words });
export const code = (words: string): Piece => ({ kind: "code", text: words });
export const strong = (words: string): Piece => ({ kind: "strong", text: words });
export const lineBreak: Piece = { kind: "break" };

/** A sentence with values in it: ``say`${data(column)} has drifted` ``. A bare string or number counts as our own words. */
export function say(words: TemplateStringsArray, ...values: readonly (Piece | number | Text)[]): Text {
  const pieces = words.flatMap((word, i): Text => {
    const value = values[i];
    if (value === undefined) return [word];
    return isText(value) ? [word, ...value] : [word, typeof value === "number" ? String(value) : value];
  });
  return merged(pieces);
}

/** Texts one after the other, with our own words between them. */
export function joinTexts(texts: readonly Text[], separator: Piece): Text {
  return merged(texts.flatMap((one, i) => (i === 0 ? one : [separator, ...one])));
}

/** As one string; `show` makes the parts that are not our own words fit for their place. */
export function renderText(sentence: Text, show: (piece: Exclude<Piece, string>) => string): string {
  return sentence.map((piece) => (typeof piece === "string" ? piece : show(piece))).join("");
}

/** The words of a piece as `show` makes them; `null`: it has none, as a break, or a piece of a newer refit. */
export function ifWords(piece: Exclude<Piece, string>, show: (words: string) => string): string | null {
  const { text } = piece as { readonly text?: unknown };
  return typeof text === "string" ? show(text) : null;
}

function isText(value: Piece | number | Text): value is Text {
  return Array.isArray(value);
}

function merged(pieces: Text): Text {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece === "") continue;
    if (typeof piece === "string" && typeof last === "string") result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}
