import { formatNumber } from "../format-number.ts";
import { data, joinTexts, say, type Text } from "../text.ts";
import { visibleText } from "../visible-text.ts";
import { axisTicks, type AxisTicks } from "./axis-ticks.ts";
import { chartOf, colours, isDrawable, px, scale, textOf, tickLabel, type Chart } from "./chart.ts";

export interface LineChart {
  readonly title: string;
  /** One per point. */
  readonly xLabels: readonly string[];
  /** `null`, like what is not finite, leaves a gap. At most five series can be told apart. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

const WIDTH = 760;
/** Room below the axis for the last values of five series that all end at the bottom. */
const HEIGHT = 424;
const PLOT = { left: 64, right: 690, top: 78, bottom: 352 };
const LABEL_GAP = 15;
const LEGEND_ROW = 18;
const MOST_LETTERS = 80;
const dashes = ["", "6 4", "2 3", "10 4 2 4", "1 5"] as const;

/** How numbers changed from one point to the next. */
export function lineChart({ title, xLabels, series }: LineChart): Chart {
  const drawable = (value: number | null) => (isDrawable(value) ? value : null);
  const chart = { title, xLabels, series: series.map(({ name, values }) => ({ name, values: values.map(drawable) })) };
  const values = chart.series.flatMap((one) => one.values.filter((value) => value !== null));
  const rows = legendRows(chart.series.map(({ name }) => name));
  const down = (Math.max(1, rows.length) - 1) * LEGEND_ROW;
  const drawn = values.length === 0 ? [nothing] : plot(chart, axisTicks(values, 5), legend(rows, 50 - down));
  // Further rows of the legend push all else down.
  const body = down === 0 ? drawn : [`<g transform="translate(0 ${down})">`, ...drawn, "</g>"];
  return chartOf({ title, width: WIDTH, height: HEIGHT + down, body, words: wordsOf(chart) });
}

const nothing = `<text x="${PLOT.left}" y="${PLOT.top}">No values.</text>`;

function plot(chart: LineChart, ticks: AxisTicks, names: readonly string[]): string[] {
  const last = Math.max(1, chart.xLabels.length - 1);
  const x = (index: number) => PLOT.left + 10 + (index / last) * (PLOT.right - PLOT.left - 20);
  const y = scale(ticks, PLOT.bottom, PLOT.top);
  return [
    ...ticks.values.map((tick) => gridLine(y(tick), tickLabel(tick, ticks))),
    ...xAxis(chart.xLabels, x),
    ...names,
    ...chart.series.map(({ values }, i) => line(values, i, x, y)),
    ...lastValues(chart, y),
  ];
}

function gridLine(y: number, label: string): string {
  return `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y)}" y2="${px(y)}"/>
<text x="${PLOT.left - 8}" y="${px(y + 4)}" text-anchor="end">${label}</text>`;
}

/** As many labels as fit: they are centred, at about 7 pixels a letter. */
function xAxis(labels: readonly string[], x: (index: number) => number): string[] {
  const texts = labels.map((label) => visibleText(label, 16));
  const width = 7 * texts.reduce((most, text) => Math.max(most, text.length), 0) + 14;
  const every = Math.max(1, Math.ceil((texts.length * width) / (PLOT.right - PLOT.left)));
  return texts.flatMap((text, i) =>
    i % every === 0
      ? [`<text x="${px(x(i))}" y="${PLOT.bottom + 22}" text-anchor="middle">${textOf(text, 16)}</text>`]
      : [],
  );
}

/** A name of the legend, and where it begins. */
interface LegendItem {
  readonly i: number;
  readonly text: string;
  readonly left: number;
}

/** At about 7 pixels a letter; a name that has no room left begins a row. */
function legendRows(names: readonly string[]): LegendItem[][] {
  const rows: LegendItem[][] = [];
  let left = Infinity;
  for (const [i, name] of names.entries()) {
    const text = visibleText(name, MOST_LETTERS);
    const width = 30 + 7 * text.length + 20;
    if (left + width > WIDTH) {
      rows.push([]);
      left = PLOT.left;
    }
    rows.at(-1)!.push({ i, text, left });
    left += width;
  }
  return rows;
}

function legend(rows: readonly (readonly LegendItem[])[], top: number): string[] {
  return rows.flatMap((items, row) =>
    items.map(({ i, text, left }) => {
      const y = top + row * LEGEND_ROW;
      return `<line x1="${left}" x2="${left + 24}" y1="${y}" y2="${y}" ${stroke(i)}/>
<text x="${left + 30}" y="${y + 4}">${textOf(text, MOST_LETTERS)}</text>`;
    }),
  );
}

function line(values: readonly (number | null)[], i: number, x: (i: number) => number, y: (v: number) => number) {
  const path = values
    .map((value, j) => {
      if (value === null) return "";
      const isStart = j === 0 || values[j - 1] === null || values[j - 1] === undefined;
      return `${isStart ? "M" : "L"}${px(x(j))} ${px(y(value))}`;
    })
    .join("");
  const dots = values.map((value, j) =>
    value === null ? "" : `<circle cx="${px(x(j))}" cy="${px(y(value))}" r="3"/>`,
  );
  return `<path d="${path}" fill="none" ${stroke(i)}/>
<g fill="${colours[i % colours.length]}">${dots.join("")}</g>`;
}

/** The last value of each series, beside its end; labels that would touch are pushed down. */
function lastValues({ series }: LineChart, y: (value: number) => number): string[] {
  const labels = series
    .map(({ values }, i) => ({
      value: values.findLast((value) => value !== null),
      colour: colours[i % colours.length],
    }))
    .flatMap(({ value, colour }) =>
      typeof value === "number" ? [{ text: formatNumber(value), colour, y: y(value) + 4 }] : [],
    )
    .sort((a, b) => a.y - b.y);
  let free = -Infinity;
  return labels.map(({ text, colour, y: wanted }) => {
    const at = Math.max(wanted, free);
    free = at + LABEL_GAP;
    return `<text class="strong" x="${PLOT.right + 6}" y="${px(at)}" style="fill: ${colour}">${text}</text>`;
  });
}

function wordsOf({ xLabels, series }: LineChart): Text {
  const parts = series.map(({ name, values }) => {
    const points = values.flatMap((v, i) => (v === null ? [] : [say`${data(xLabels[i] ?? "")} ${formatNumber(v)}`]));
    return say`${data(name)}: ${points.length === 0 ? "no values" : joinTexts(points, ", ")}.`;
  });
  return joinTexts(parts, " ");
}

function stroke(i: number): string {
  const dash = dashes[i % dashes.length];
  return `stroke="${colours[i % colours.length]}" stroke-width="2"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}`;
}
