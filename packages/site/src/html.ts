import { formatNumber, visibleText } from "@refit/core/report";

/** Markup that is already escaped. Only the tag `html` makes it, so no text gets into a page unescaped. */
export interface Html {
  readonly html: string;
}

/** What the tag `html` accepts: text from anywhere, which it escapes, or markup that is already escaped. */
export type Content = Html | string | number | null | readonly Content[];

/** Maximum length of one value in code points: names in data can have any length. */
const MAX_LENGTH = 400;

/**
 * A piece of a page: `` html`<p>${name}</p>` ``. Every value is escaped; attributes must be in double quotes. Invisible characters and those
 * that change the direction of text are removed. `null` adds nothing.
 */
export function html(words: TemplateStringsArray, ...parts: readonly Content[]): Html {
  const own = unindented(words);
  let text = own[0]!;
  for (let i = 0; i < parts.length; i++) text += partText(parts[i]!) + own[i + 1]!;
  return { html: text };
}

const unindentedWords = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Our own markup without the indentation of the source code; HTML treats all white space as one blank. */
function unindented(words: TemplateStringsArray): readonly string[] {
  const known = unindentedWords.get(words);
  if (known !== undefined) return known;
  const made = words.map((word) => word.replace(/\n\s*/g, "\n"));
  unindentedWords.set(words, made);
  return made;
}

function partText(part: Content | null): string {
  if (part === null) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeText(part, MAX_LENGTH);
  return isList(part) ? part.map(partText).join("") : part.html;
}

function isList(part: Html | readonly Content[]): part is readonly Content[] {
  return Array.isArray(part);
}

/** Text for a page, an SVG file or a feed, without markup. @param maxLength in code points */
export function escapeText(text: string, maxLength: number): string {
  if (text.length <= maxLength && plain.test(text)) return text;
  return visibleText(text, maxLength).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Visible ASCII without markup, in words with one blank between them. Most values are, and a large site has a million. */
const plain = /^[!#-%(-;=?-~]+(?: [!#-%(-;=?-~]+)*$/;

/** A measured number, rounded for people; its `data` element has all digits for programs. `null` is shown as a dash. */
export function numberHtml(value: number | null | undefined): Html {
  return value === null || value === undefined ? html`–` : html`<data value="${value}">${formatNumber(value)}</data>`;
}

/** The same with its sign, for improvements. */
export function signedHtml(value: number | null): Html {
  if (value === null) return html`–`;
  return html`<data value="${value}">${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}</data>`;
}

/** The day of an instant, such as `2026-06-01`. @param iso ISO 8601, UTC */
export function dayHtml(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 10)}</time>`;
}

/** A link to another website; only its text if the address is missing or does not start with `https://`. */
export function externalLink(address: string | null, text: Content): Html {
  return address !== null && address.startsWith("https://")
    ? html`<a href="${address}" rel="noreferrer">${text}</a>`
    : html`${text}`;
}
