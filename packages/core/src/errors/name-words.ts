import { plain } from "../spec/plain-text.ts";
import { redact } from "./secrets.ts";

/**
 * Text from data or a file, for a sentence: in double quotes, at most `most` characters, without tokens.
 *
 * Control, direction and zero-width characters and lone surrogates become U+FFFD, so that a name can neither move
 * the cursor nor pass for another one.
 */
export function quoted(text: string, most = 60): string {
  const known = redact(text);
  return JSON.stringify(plain(known.length > most ? `${known.slice(0, most - 1)}…` : known));
}

/** The first few texts, quoted, and how many more there are. */
export function quotedList(texts: readonly string[], most = 5): string {
  const shown = texts.slice(0, most).map((text) => quoted(text));
  return texts.length > most ? `${shown.join(", ")} and ${texts.length - most} more` : shown.join(", ");
}
