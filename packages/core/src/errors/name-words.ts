/**
 * Text from data, for a sentence: in double quotes, at most `most` characters.
 *
 * Control, direction and zero-width characters and lone surrogates become U+FFFD, so that a name can neither move
 * the cursor nor pass for another one.
 */
export function quoted(text: string, most = 60): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return JSON.stringify(short.replace(/[\p{C}\u2028\u2029]/gu, "\uFFFD"));
}

/** The first few texts, quoted, and how many more there are. */
export function quotedList(texts: readonly string[], most = 5): string {
  const shown = texts.slice(0, most).map((text) => quoted(text));
  return texts.length > most ? `${shown.join(", ")} and ${texts.length - most} more` : shown.join(", ");
}
