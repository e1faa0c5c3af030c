import { escapeText } from "./html.ts";
import type { SiteStatus } from "./site-input.ts";

/** Width of a letter, and the space on each side of a text, in pixels. */
const LETTER = 7;
const GAP = 10;

/** SVG badge for a README: name of the model, its live version, and since when that is live. */
export function badge({ model, state, version, since }: SiteStatus): string {
  const name = escapeText(model, 60);
  const words =
    state === "live"
      ? `${version} since ${since}`
      : state === "broken"
        ? `broken, was ${version ?? "never live"}`
        : state;
  const message = escapeText(words, 60);
  const [left, right] = [Math.min(60, model.length), words.length].map((letters) => letters * LETTER + 2 * GAP) as [
    number,
    number,
  ];
  const colour = state === "live" ? "#0a6640" : state === "broken" ? "#a40e26" : "#57606a";
  const text = (x: number, length: number, what: string) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${what}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${name}: ${message}">
<title>${name}: ${message}</title>
<rect width="${left}" height="20" fill="#24292f"/>
<rect x="${left}" width="${right}" height="20" fill="${colour}"/>
<g fill="#ffffff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">
${text(GAP, left - 2 * GAP, name)}
${text(left + GAP, right - 2 * GAP, message)}
</g>
</svg>
`;
}
