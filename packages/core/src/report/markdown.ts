import { visibleText } from "./visible-text.ts";

const MOST_IN_A_CELL = 300;
const MOST_IN_A_PARAGRAPH = 10_000;

/**
 * Punctuation that may mean something to GitHub's Markdown: emphasis, links, HTML, mentions, references, emoji, math,
 * tables. A dot, hyphen or underscore between two letters or digits that cannot start a list, an address or emphasis
 * stays, so that `flight_date`, 0.95 and 2001-12-31 can be read in the plain file too.
 */
const active =
  /[!#$&*+:<=>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<!\d)-|-(?!\d)|(?<=www)\.|(?<!\d)\.(?! |$)|\.(?=[^\d ])|(?<=\d)\.(?= |$)/gi;

/**
 * Data as Markdown text that stands for itself: one line, nothing invisible, at most `maxLength` code points before
 * escaping, and every character that Markdown could act on as a numeric entity.
 *
 * Entities do not stop what GitHub links after rendering, such as a commit id; for that use `cell`.
 */
export function escapeMarkdown(text: string, maxLength: number): string {
  return visibleText(text, maxLength).replace(active, (character) => `&#${character.charCodeAt(0)};`);
}

/** Where renderers look for addresses after they have read the entities: in `me@x`, `https://` and `www.`. */
const addresses = /(?<=&#64;)|(?<=&#58;)(?=\/)|(?<=w)(?=&#46;)/gi;

/**
 * A data value for a table cell or a sentence.
 *
 * In `<code>` GitHub makes no mentions, emoji or commit links, and unlike backticks the value cannot close it. An
 * empty `<wbr>` keeps an address from being found, which not even an entity does.
 */
export function cell(text: string): string {
  return `<code>${escapeMarkdown(text, MOST_IN_A_CELL).replace(addresses, "<wbr>")}</code>`;
}

/**
 * Prose of people: text alone, whatever they write. Empty lines separate paragraphs.
 *
 * @param text of any length; more than 10,000 code points of a paragraph are cut.
 */
export function prose(text: string): string[] {
  return text
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => escapeMarkdown(paragraph, MOST_IN_A_PARAGRAPH).replace(addresses, "<wbr>"))
    .filter((paragraph) => paragraph !== "");
}

/**
 * A value as a fenced block of JSON that nothing in it can close, in which nothing hides, and that has no tag for a reader that knows no blocks.
 *
 * @param value what `JSON.stringify` takes.
 */
export function jsonBlock(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(
    /(?!\n)[`<>\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu,
    (found) => found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
  return `\`\`\`json\n${text}\n\`\`\``;
}

/**
 * A data value as a code span, which reads as text where nobody renders it. Its fence is longer than any in the value, so that the
 * value cannot close it. A pipe has no form of its own in a code span of a table.
 */
export function codeSpan(text: string): string {
  if (text.includes("|")) return cell(text);
  const shown = visibleText(text, MOST_IN_A_CELL);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  const inside = /^`|`$/.test(shown) || shown === "" ? ` ${shown} ` : shown;
  return `${fence}${inside}${fence}`;
}

/** A table of cells that are Markdown already. A pipe or line break in one would break the table, so it is made harmless. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll("|", "&#124;").replace(/\s*[\r\n]+\s*/g, " ")).join(" | ")} |`;
  return [line(headers), `|${" --- |".repeat(headers.length)}`, ...rows.map(line)].join("\n");
}
