const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The text of a file in UTF-8. A byte order mark is left out; bytes that are not UTF-8 become U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/**
 * Text on its way to a terminal, or to the log of a workflow run: characters that could move the cursor, change colours or
 * turn the reading direction, and those with which a line becomes a command to GitHub's runner, are written as JSON would
 * write them, so that `--json` stays JSON. Line feeds and tabs stay.
 */
export function harmless(text: string): string {
  return text.replace(moving, asJson).replace(commanding, asJson);
}

const asJson = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

const moving = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** `::error::` at the beginning of a line, and `##[error]` wherever it is. */
const commanding = /(?<=^\s*):(?=:)|#(?=#\[)/gm;
