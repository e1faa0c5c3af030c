import type { ResidualBin } from "../../judge/answer-facts.ts";
import { formatNumber } from "../format-number.ts";
import { signed } from "../number-text.ts";
import { axisTicks } from "./axis-ticks.ts";
import { chartOf, colours, isDrawable, px, scale, tickLabel, type Chart } from "./chart.ts";

export interface ResidualLine {
  readonly name: "champion" | "challenger";
  readonly bins: readonly ResidualBin[];
}

const WIDTH = 760;
const HEIGHT = 400;
const PLOT = { left: 90, right: 736, top: 78, bottom: 340 };
const [championColour, challengerColour] = colours;
const looks = { champion: championColour, challenger: challengerColour } as const;

/** Residuals over predictions: a dot for the median of a tenth of the rows, a line for the middle eight tenths of them. */
export function residualChart(title: string, lines: readonly ResidualLine[]): Chart {
  const drawn = lines.map(({ name, bins }) => ({
    name,
    bins: bins.filter(({ predicted, low, median, high }) => [predicted, low, median, high].every(isDrawable)),
  }));
  const all = drawn.flatMap(({ bins }) => bins);
  const words = [drawn.map(wordsOf).join(" ")];
  if (all.length === 0) return chartOf({ title, width: WIDTH, height: HEIGHT, body: [], words });
  const across = axisTicks(
    all.map(({ predicted }) => predicted),
    6,
  );
  const up = axisTicks([0, ...all.flatMap(({ low, high }) => [low, high])], 5);
  const x = scale(across, PLOT.left, PLOT.right);
  const y = scale(up, PLOT.bottom, PLOT.top);
  const grid = up.values.map(
    (tick) =>
      `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>
<text x="${PLOT.left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${tickLabel(tick, up)}</text>`,
  );
  const places = across.values.map(
    (tick) => `<text x="${px(x(tick))}" y="${PLOT.bottom + 18}" text-anchor="middle">${tickLabel(tick, across)}</text>`,
  );
  const body = [
    ...grid,
    ...places,
    `<line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(0))}" y2="${px(y(0))}"/>`,
    ...drawn.flatMap((line, i) => [legendEntry(line, i), ...line.bins.map((bin) => mark(line.name, bin, [x, y]))]),
    `<text x="${px((PLOT.left + PLOT.right) / 2)}" y="${PLOT.bottom + 42}" text-anchor="middle">mean prediction of a tenth of the rows</text>`,
    `<text transform="translate(20 ${px((PLOT.top + PLOT.bottom) / 2)}) rotate(-90)" text-anchor="middle">true value − predicted value</text>`,
  ];
  return chartOf({ title, width: WIDTH, height: HEIGHT, body, words });
}

/** The two stand beside each other where they predict alike. */
const aside = { champion: -4, challenger: 4 } as const;

function mark(
  name: ResidualLine["name"],
  { predicted, low, median, high }: ResidualBin,
  [x, y]: readonly [(value: number) => number, (value: number) => number],
): string {
  const at = px(x(predicted) + aside[name]);
  return `<line x1="${at}" x2="${at}" y1="${px(y(low))}" y2="${px(y(high))}" stroke="${looks[name]}" stroke-width="2"/>
<circle cx="${at}" cy="${px(y(median))}" r="4" fill="${looks[name]}"/>`;
}

function legendEntry({ name }: ResidualLine, i: number): string {
  const left = PLOT.left + 140 * i;
  return `<circle cx="${left + 12}" cy="50" r="4" fill="${looks[name]}"/>
<text x="${left + 30}" y="54">${name}</text>`;
}

function wordsOf({ name, bins }: ResidualLine): string {
  const points = bins.map(
    ({ predicted, low, median, high }) =>
      `${formatNumber(predicted)} → ${signed(median)} (${signed(low)} to ${signed(high)})`,
  );
  return `${name}, prediction → residual (80 % of the residuals): ${points.join("; ")}.`;
}
