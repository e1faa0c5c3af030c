import { counted } from "../number-text.ts";
import { data, joinTexts, say, type Text } from "../text.ts";
import { chartOf, colours, markStyle, px, textOf, type Chart } from "./chart.ts";

/** A column over time: a cell for each version. */
export interface StripRow {
  readonly column: string;
  /** Of each version, against the one before it; `null`: not measured. */
  readonly cells: readonly (StripCell | null)[];
}

interface StripCell {
  readonly psi: number;
  /** Whether the move is more than chance and the column's usual moves explain. */
  readonly drifted: boolean;
}

const WIDTH = 760;
const PLOT = { left: 190, right: 744, top: 62 };
const ROW = 20;
/** A major change, by the usual word. */
const strongest = 0.25;
const [driftColour, quietColour] = colours;

/** Which columns moved from version to version: the darker the farther; a dot says that it counts as drift. */
export function stripChart(title: string, xLabels: readonly string[], rows: readonly StripRow[]): Chart {
  const width = (PLOT.right - PLOT.left) / Math.max(1, xLabels.length);
  const bottom = PLOT.top + ROW * rows.length;
  const every = Math.max(1, Math.ceil((xLabels.length * 48) / (PLOT.right - PLOT.left)));
  return chartOf({
    title,
    width: WIDTH,
    height: bottom + 34,
    body: [
      ...legend(),
      ...rows.flatMap(({ column, cells }, i) => {
        const top = PLOT.top + ROW * i;
        return [
          `<text x="16" y="${top + 14}">${textOf(column, 26)}</text>`,
          ...cells.flatMap((cell, j) => (cell === null ? [] : [drawn(cell, PLOT.left + width * j, top, width)])),
        ];
      }),
      ...xLabels.flatMap((label, j) =>
        j % every === 0
          ? [
              `<text x="${px(PLOT.left + width * (j + 0.5))}" y="${bottom + 18}" text-anchor="middle">${textOf(label, 8)}</text>`,
            ]
          : [],
      ),
    ],
    style: markStyle,
    words: wordsOf(rows, xLabels),
  });
}

function drawn({ psi, drifted }: StripCell, left: number, top: number, width: number): string {
  const strength = Math.min(1, Math.max(0.08, psi / strongest));
  const colour = drifted ? driftColour : quietColour;
  const box = `<rect x="${px(left)}" y="${top + 1}" width="${px(Math.max(1, width - 1))}" height="${ROW - 2}" fill="${colour}" fill-opacity="${strength.toFixed(2)}"/>`;
  return drifted ? `${box}<circle class="mark" cx="${px(left + width / 2)}" cy="${top + ROW / 2}" r="3"/>` : box;
}

function legend(): string[] {
  const entries = [
    { cell: { psi: 0.02, drifted: false }, words: "hardly moved" },
    { cell: { psi: 0.2, drifted: false }, words: "moved, but not beyond chance" },
    { cell: { psi: 0.2, drifted: true }, words: "drift" },
  ];
  let left = 16;
  return entries.map(({ cell, words }) => {
    const entry = `${drawn(cell, left, 38, 20)}<text x="${px(left + 26)}" y="52">${words}</text>`;
    left += 26 + 6.6 * words.length + 20;
    return entry;
  });
}

function wordsOf(rows: readonly StripRow[], labels: readonly string[]): Text {
  const sentences = rows.map(({ column, cells }) => {
    const drifted = labels.filter((_, j) => cells[j]?.drifted === true);
    return drifted.length === 0
      ? say`${data(column)}: no drift in ${counted(labels.length, "version")}.`
      : say`${data(column)}: drift in ${data(drifted.join(", "))}.`;
  });
  return joinTexts(sentences, " ");
}
