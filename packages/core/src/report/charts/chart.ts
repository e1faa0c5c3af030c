import { ifWords, renderText, type Text } from "../text.ts";
import { visibleText } from "../visible-text.ts";
import { type AxisTicks } from "./axis-ticks.ts";

/** A picture of numbers, and the same numbers in words for whoever does not see it. */
export interface Chart {
  /** A whole SVG file: the same input gives the same bytes. */
  readonly svg: string;
  /** One line; names out of the data are told apart, so that each place can make them safe. */
  readonly words: Text;
}

export interface Drawing {
  readonly title: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** SVG elements, escaped. */
  readonly body: readonly string[];
  /** Further rules of style, for classes that only this picture has; left out: none. */
  readonly style?: string;
  readonly words: Text;
}

/** After Okabe and Ito (2008), told apart with any kind of colour vision; their blue is too dark for a black page. */
export const colours = ["#d55e00", "#2b83d0", "#009e73", "#cc79a7", "#e69f00"] as const;

/**
 * The chart brings its own page, since an image follows the reader's system and not the theme of the site around it.
 */
const style = `
  .page { fill: #ffffff }
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #3d444d }
  .title { font-size: 16px; font-weight: 600 }
  .strong { font-weight: 600 }
  .grid { stroke: #818b98; stroke-opacity: 0.35 }
  .axis { stroke: #6e7781; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { .page { fill: #0d1117 } text { fill: #d1d7e0 } }
`;

/** Read on light and dark pages alike, and by screen readers through its title and description. */
export function chartOf({ title, width, height, body, words, style: own = "" }: Drawing): Chart {
  const heading = textOf(title, 80);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${heading}</title>
<desc id="description">${escapeXml(renderText(words, (piece) => ifWords(piece, (text) => visibleText(text, 40)) ?? " "))}</desc>
<style>${style}${own}</style>
<rect class="page" width="100%" height="100%" rx="6"/>
<text class="title" x="16" y="28">${heading}</text>
${body.join("\n")}
</svg>
`;
  return { svg, words };
}

/** Data as text of an SVG file. */
export function textOf(data: string, maxLength: number): string {
  return escapeXml(visibleText(data, maxLength));
}

/** A small shape in the colour of the text, on light and dark pages. */
export const markStyle = `
  .mark { fill: #3d444d }
  @media (prefers-color-scheme: dark) { .mark { fill: #d1d7e0 } }
`;

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Differences of larger numbers than this are not finite. */
export function isDrawable(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Math.abs(value) < 1e300;
}

/** At most about eight characters, which is what a margin holds. */
export function tickLabel(tick: number, { values, digits }: AxisTicks): string {
  const isLong = digits > 5 || values.some((value) => Math.abs(value) >= 1e7);
  const isZero = Math.abs(tick) < Math.abs(values.at(-1)! - values[0]!) * 1e-9;
  if (isZero) return (0).toFixed(isLong ? 0 : digits);
  return isLong ? tick.toExponential(1) : tick.toFixed(Math.min(digits, 5));
}

/** Where a value lies between two pixels. */
export function scale({ values }: AxisTicks, from: number, to: number): (value: number) => number {
  const low = values[0]!;
  const high = values.at(-1)!;
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

export function px(value: number): string {
  return value.toFixed(1);
}
