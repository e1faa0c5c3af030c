import type { CalibrationBin } from "../../metrics/calibration.ts";
import { formatNumber } from "../format-number.ts";
import { axisTicks } from "./axis-ticks.ts";
import { chartOf, colours, px, scale, tickLabel, type Chart } from "./chart.ts";

export interface CalibrationLine {
  readonly name: "champion" | "challenger";
  readonly bins: readonly CalibrationBin[];
}

const WIDTH = 500;
const HEIGHT = 500;
const PLOT = { left: 64, right: 476, top: 78, bottom: 440 };
const [championColour, challengerColour] = colours;
const looks = {
  champion: { colour: championColour, dash: ' stroke-dasharray="6 4"' },
  challenger: { colour: challengerColour, dash: "" },
} as const;

/** Predicted against observed: on the diagonal the probabilities mean what they say. */
export function calibrationChart(title: string, lines: readonly CalibrationLine[]): Chart {
  const ticks = axisTicks(
    [0, ...lines.flatMap(({ bins }) => bins.flatMap(({ predicted, observed }) => [predicted, observed]))],
    5,
  );
  const x = scale(ticks, PLOT.left, PLOT.right);
  const y = scale(ticks, PLOT.bottom, PLOT.top);
  const [low, high] = [ticks.values[0]!, ticks.values.at(-1)!];
  const grid = ticks.values.flatMap((tick) => [
    `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>`,
    `<line class="grid" x1="${px(x(tick))}" x2="${px(x(tick))}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`,
    `<text x="${PLOT.left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${tickLabel(tick, ticks)}</text>`,
    `<text x="${px(x(tick))}" y="${PLOT.bottom + 18}" text-anchor="middle">${tickLabel(tick, ticks)}</text>`,
  ]);
  return chartOf({
    title,
    width: WIDTH,
    height: HEIGHT,
    body: [
      ...grid,
      `<line class="axis" x1="${px(x(low))}" x2="${px(x(high))}" y1="${px(y(low))}" y2="${px(y(high))}"/>`,
      ...lines.map((line, i) => legendEntry(line, i)),
      ...lines.map((line) => curve(line, x, y)),
      `<text x="${px((PLOT.left + PLOT.right) / 2)}" y="${PLOT.bottom + 42}" text-anchor="middle">mean predicted probability of a tenth of the rows</text>`,
      `<text transform="translate(20 ${px((PLOT.top + PLOT.bottom) / 2)}) rotate(-90)" text-anchor="middle">share of positives among them</text>`,
    ],
    words: [lines.map(wordsOf).join(" ")],
  });
}

function legendEntry({ name }: CalibrationLine, i: number): string {
  const { colour, dash } = looks[name];
  const left = PLOT.left + 140 * i;
  return `<line x1="${left}" x2="${left + 24}" y1="50" y2="50" stroke="${colour}" stroke-width="2"${dash}/>
<text x="${left + 30}" y="54">${name}</text>`;
}

function curve({ name, bins }: CalibrationLine, x: (value: number) => number, y: (value: number) => number): string {
  const { colour, dash } = looks[name];
  const points = bins.map(({ predicted, observed }) => ({ cx: px(x(predicted)), cy: px(y(observed)) }));
  const path = points.map(({ cx, cy }, i) => `${i === 0 ? "M" : "L"}${cx} ${cy}`).join("");
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>
<g fill="${colour}">${points.map(({ cx, cy }) => `<circle cx="${cx}" cy="${cy}" r="3.5"/>`).join("")}</g>`;
}

function wordsOf({ name, bins }: CalibrationLine): string {
  const points = bins.map(({ predicted, observed }) => `${formatNumber(predicted)} → ${formatNumber(observed)}`);
  return `${name}, predicted → observed: ${points.join("; ")}.`;
}
