import { ifWords, renderText, type Text } from "./text.ts";
import { visibleText } from "./visible-text.ts";

/** A data value in terminal text: quoted, capped, without characters that could move the cursor. */
export function quoteForTerminal(value: string): string {
  return `"${visibleText(value, 120)}"`;
}

const MOST_IN_A_SENTENCE = 1000;

/** A sentence for a terminal, on one line. */
export function terminalText(sentence: Text): string {
  return renderText(sentence, (piece) => {
    if (piece.kind === "break") return "; ";
    if (piece.kind === "code" || piece.kind === "strong") return piece.text;
    if (piece.kind === "sentence") return visibleText(piece.text, MOST_IN_A_SENTENCE);
    return ifWords(piece, quoteForTerminal) ?? ""; // data, or of a newer refit
  });
}

/** A line as lines of at most a width, broken between words, each behind an indent. A longer word has a line of its own. @param hanging before all lines but the first. */
export function wrapped(text: string, width: number, indent = "", hanging = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + longer.length > width) {
      lines.push(indent + line);
      line = hanging + word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, indent + line];
}

/** Lines of prose, each broken as it is indented; what follows a dash stays behind it. @param width of the terminal; `null`: as wide as it gets. */
export function wrappedProse(lines: readonly string[], width: number | null): string[] {
  if (width === null) return [...lines];
  return lines.flatMap((line) => {
    const text = line.trimStart();
    const indent = " ".repeat(line.length - text.length);
    return wrapped(text, width, indent, text.startsWith("- ") ? "  " : "");
  });
}
