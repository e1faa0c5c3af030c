import phrases from "../words-to-avoid.json" with { type: "json" };
import { lineAt, type PlacedText } from "./texts.ts";

/** As in `words-to-avoid.json`; a space stands for any white space, so that a line break hides nothing. */
const compiled = phrases.map(({ avoid, instead }) => ({
  pattern: new RegExp(avoid.replaceAll(" ", String.raw`\s+`), "giu"),
  instead,
}));

/**
 * Phrases that must not come back, in texts that users read.
 *
 * @returns one line for each: file, line, the phrase, and what to write in its place.
 */
export function phrasesIn(path: string, texts: readonly PlacedText[]): readonly string[] {
  return texts.flatMap(({ line, text }) =>
    compiled.flatMap(({ pattern, instead }) =>
      [...text.matchAll(pattern)].map(
        (found) => `${path}:${line + lineAt(text, found.index) - 1}: “${found[0]}”. Better: ${instead}`,
      ),
    ),
  );
}
