import { quoted as quotedName } from "../errors/name-words.ts";
import { redact } from "../errors/secrets.ts";

/** Text from a file, safe to show: plain, quoted and capped. */
export function quoted(text: string): string {
  return quotedName(plain(text));
}

/** Foreign text for one line of output: without control characters, direction marks, tokens and passwords. */
export function plain(text: string): string {
  return redact(text).replace(/[\p{C}\u2028\u2029]/gu, "\uFFFD");
}
