import type { CurvePoint } from "../../judge/answer-facts.ts";
import type { Text } from "../text.ts";
import { axisTicks } from "./axis-ticks.ts";
import { chartOf, colours, px, scale, tickLabel, type Chart } from "./chart.ts";

export interface Curve {
  readonly name: "champion" | "challenger";
  readonly points: readonly CurvePoint[];
}

export interface CurveChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly curves: readonly Curve[];
  /** Dots at the points. */
  readonly dots: boolean;
  /** What the line from the lower left to the upper right stands for is in the title; `false`: there is none. */
  readonly diagonal: boolean;
  readonly words: Text;
}

const WIDTH = 500;
const HEIGHT = 500;
const PLOT = { left: 64, right: 476, top: 78, bottom: 440 };
const [championColour, challengerColour] = colours;
const looks = {
  champion: { colour: championColour, dash: ' stroke-dasharray="6 4"' },
  challenger: { colour: challengerColour, dash: "" },
} as const;

type Along = (value: number) => number;

/** Two models as curves over the same square. */
export function curveChart({ title, xLabel, yLabel, curves, dots, diagonal, words }: CurveChart): Chart {
  const ticks = axisTicks([0, ...curves.flatMap(({ points }) => points.flat())], 5);
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
      ...(diagonal
        ? [`<line class="axis" x1="${px(x(low))}" x2="${px(x(high))}" y1="${px(y(low))}" y2="${px(y(high))}"/>`]
        : []),
      ...curves.map((curve, i) => legendEntry(curve, i)),
      ...curves.map((curve) => line(curve, [x, y], dots)),
      `<text x="${px((PLOT.left + PLOT.right) / 2)}" y="${PLOT.bottom + 42}" text-anchor="middle">${xLabel}</text>`,
      `<text transform="translate(20 ${px((PLOT.top + PLOT.bottom) / 2)}) rotate(-90)" text-anchor="middle">${yLabel}</text>`,
    ],
    words,
  });
}

function legendEntry({ name }: Curve, i: number): string {
  const { colour, dash } = looks[name];
  const left = PLOT.left + 140 * i;
  return `<line x1="${left}" x2="${left + 24}" y1="50" y2="50" stroke="${colour}" stroke-width="2"${dash}/>
<text x="${left + 30}" y="54">${name}</text>`;
}

function line({ name, points }: Curve, [x, y]: readonly [Along, Along], dots: boolean): string {
  const { colour, dash } = looks[name];
  const places = points.map(([across, up]) => ({ cx: px(x(across)), cy: px(y(up)) }));
  const path = places.map(({ cx, cy }, i) => `${i === 0 ? "M" : "L"}${cx} ${cy}`).join("");
  const drawn = `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`;
  if (!dots) return drawn;
  return `${drawn}
<g fill="${colour}">${places.map(({ cx, cy }) => `<circle cx="${cx}" cy="${cy}" r="3.5"/>`).join("")}</g>`;
}
