import { redact } from "../errors/secrets.ts";

/** Foreign text for one line of output: without control characters, direction marks, tokens and passwords. */
export function plain(text: string): string {
  return redact(text).replace(/[\p{C}\u2028\u2029]/gu, "\uFFFD");
}
