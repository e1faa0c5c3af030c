import { ifWords, renderText, type Text } from "./text.ts";
import { visibleText } from "./visible-text.ts";

/** A data value in terminal text: quoted, capped, without characters that could move the cursor. */
export function quoteForTerminal(value: string): string {
  return `"${visibleText(value, 120)}"`;
}

/** A sentence for a terminal, on one line. */
export function terminalText(sentence: Text): string {
  return renderText(sentence, (piece) => {
    if (piece.kind === "break") return "; ";
    if (piece.kind === "code" || piece.kind === "strong") return piece.text;
    return ifWords(piece, quoteForTerminal) ?? ""; // data, or of a newer refit
  });
}
