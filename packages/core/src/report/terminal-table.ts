import { wrapped } from "./terminal-text.ts";

/** A column of a table for a terminal. */
export interface TableColumn {
  readonly title: string;
  /** Numbers are easier to compare so. */
  readonly align?: "right";
  /** How soon it is left out where the terminal is too narrow, the highest first; absent: never. */
  readonly spare?: number;
}

export interface TerminalTable {
  readonly lines: readonly string[];
  /** Titles of the columns that found no place. */
  readonly hidden: readonly string[];
}

type TableRow = readonly string[];

/**
 * A table under its titles, a line for each row: no cell wraps. Where the terminal is too narrow, columns are left out, and then the
 * widest is cut, with `…`. Columns without a word in any row are left out everywhere.
 *
 * @param width columns of the terminal; `null`: as wide as it gets, for a pipe or a log: then nothing is cut or left out, and a long cell
 *   runs over rather than pad every row to its length.
 */
export function terminalTable(
  heads: readonly TableColumn[],
  rows: readonly TableRow[],
  width: number | null,
): TerminalTable {
  let shown = [...heads.keys()].filter((i) => rows.some((row) => (row[i] ?? "") !== ""));
  const widths = widthsOf([heads.map(({ title }) => title), ...rows], width === null ? mostPadded : Infinity);
  const hidden: string[] = [];
  for (;;) {
    if (width === null || lineWidth(shown, widths) <= width) break;
    const spare = shown.filter((i) => heads[i]!.spare !== undefined);
    if (spare.length === 0) break;
    const next = spare.reduce((a, b) => (heads[b]!.spare! > heads[a]!.spare! ? b : a));
    hidden.push(heads[next]!.title);
    shown = shown.filter((i) => i !== next);
  }
  if (width !== null) cutWidest(shown, widths, width);
  const line = (row: TableRow) =>
    shown
      .map((i) => padded(row[i] ?? "", widths[i]!, { align: heads[i]!.align, mayRunOver: width === null }))
      .join(gap)
      .trimEnd();
  return { lines: rows.length === 0 ? [] : [heads.map(({ title }) => title), ...rows].map(line), hidden };
}

/** Left-aligned columns without titles, two spaces apart. @param most a cell that is longer runs over rather than pad every row to its length. */
export function columns(rows: readonly TableRow[], most = mostPadded): string[] {
  const widths = widthsOf(rows, most);
  return rows.map((row) =>
    row
      .map((cell, i) => padded(cell, widths[i]!, { mayRunOver: true }))
      .join(gap)
      .trimEnd(),
  );
}

/**
 * The same under titles. Where that is wider than the terminal, a row is a block of lines, of which each names its column: nothing
 * that somebody has to read is cut.
 *
 * @param width columns of the terminal; `null`: as wide as it gets.
 */
export function fittedColumns(heads: TableRow, rows: readonly TableRow[], width: number | null): string[] {
  if (width === null) return columns([heads, ...rows]);
  const lines = columns([heads, ...rows], Infinity);
  if (lines.every((line) => textWidth(line) <= width)) return lines;
  return rows.flatMap((row) =>
    row.flatMap((cell, i) => {
      if (cell === "") return [];
      const named = `${heads[i] ?? ""}: ${cell}`;
      return i === 0 ? wrapped(`- ${named}`, width, "", gap + gap) : wrapped(named, width, gap, gap);
    }),
  );
}

const gap = "  ";

/** A column that is padded further leaves its neighbours out of sight. */
const mostPadded = 80;

/** Less of a cell says nothing. */
const leastWidth = 8;

/** @param most what is longer widens no column. */
function widthsOf(rows: readonly TableRow[], most: number): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) {
      const own = textWidth(cell);
      widths[i] = Math.max(widths[i] ?? 0, own > most ? 0 : own);
    }
  }
  return widths;
}

const lineWidth = (shown: readonly number[], widths: readonly number[]) =>
  shown.reduce((sum, i) => sum + widths[i]!, gap.length * Math.max(0, shown.length - 1));

function cutWidest(shown: readonly number[], widths: number[], width: number): void {
  for (let over = lineWidth(shown, widths) - width; over > 0; over = lineWidth(shown, widths) - width) {
    const [widest] = [...shown].sort((a, b) => widths[b]! - widths[a]!);
    if (widest === undefined || widths[widest]! <= leastWidth) return;
    widths[widest] = Math.max(leastWidth, widths[widest]! - over);
  }
}

interface Padding {
  readonly align?: "right" | undefined;
  /** A cell that is longer stays whole. */
  readonly mayRunOver: boolean;
}

function padded(cell: string, width: number, { align, mayRunOver }: Padding): string {
  const own = textWidth(cell);
  if (own > width) return mayRunOver ? cell : padded(cut(cell, width), width, { align, mayRunOver });
  const blanks = " ".repeat(width - own);
  return align === "right" ? blanks + cell : cell + blanks;
}

function cut(cell: string, width: number): string {
  let [kept, taken] = ["", 0];
  for (const segment of graphemesOf(cell)) {
    taken += graphemeWidth(segment);
    if (taken > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

let segmenter: Intl.Segmenter | null = null;

/** Made when a text needs it: it loads what is known of all scripts. */
function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Columns of a terminal that a text takes. */
function textWidth(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += graphemeWidth(grapheme);
  return width;
}

/** East Asian wide and full-width characters, and pictures, take two columns. */
const graphemeWidth = (grapheme: string) => (wide.test(grapheme) ? 2 : 1);

const wide =
  /^[\u{1100}-\u{115F}\u{2E80}-\u{A4CF}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;
