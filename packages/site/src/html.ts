import { formatNumber, visibleText } from "@refit/core/report";

/** Made by the tag `html` alone, so that nothing comes into a page unescaped. */
export interface Html {
  readonly html: string;
}

/** What may stand in a page: text of any origin, which is escaped, or what was escaped before. */
export type Content = Html | string | number | null | readonly Content[];

/** Code points of one value; a name out of the data may be endless. */
const MOST = 400;

/**
 * A piece of a page: `` html`<p>${name}</p>` ``. Every value is escaped, also in attributes, which are always in double quotes; what is
 * invisible or changes the direction of writing is left out. `null` is nothing.
 */
export function html(words: TemplateStringsArray, ...parts: readonly Content[]): Html {
  const own = narrowed(words);
  let text = own[0]!;
  for (let i = 0; i < parts.length; i++) text += partText(parts[i]!) + own[i + 1]!;
  return { html: text };
}

const narrow = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Our own markup without the indentation that it has in a program; all white space counts as one blank there. */
function narrowed(words: TemplateStringsArray): readonly string[] {
  const known = narrow.get(words) ?? words.map((word) => word.replace(/\n\s*/g, "\n"));
  narrow.set(words, known);
  return known;
}

function partText(part: Content | null): string {
  if (part === null) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeText(part, MOST);
  return isMany(part) ? part.map(partText).join("") : part.html;
}

function isMany(part: Html | readonly Content[]): part is readonly Content[] {
  return Array.isArray(part);
}

/** Text for a page or a feed, in which nothing is markup. */
export function escapeText(text: string, most: number): string {
  return visibleText(text, most).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A measured number as people read it, with all of its digits for programs. */
export function numberHtml(value: number | null | undefined): Html {
  return value === null || value === undefined
    ? html`–`
    : html`<data value="${String(value)}">${formatNumber(value)}</data>`;
}

/** An improvement, with its sign. */
export function signedHtml(value: number | null): Html {
  if (value === null) return html`–`;
  return html`<data value="${String(value)}">${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}</data>`;
}

/** An instant as its day, such as `2026-06-01`. @param iso ISO 8601 */
export function dayHtml(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 10)}</time>`;
}

/** A link to a page of somebody else; only the words where it is not one of the web. */
export function outside(address: string | null, words: Content): Html {
  return address !== null && address.startsWith("https://")
    ? html`<a href="${address}" rel="noreferrer">${words}</a>`
    : html`${words}`;
}
