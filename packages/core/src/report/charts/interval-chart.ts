import { signed } from "../number-text.ts";
import { data, joinTexts, say, type Text } from "../text.ts";
import { axisTicks } from "./axis-ticks.ts";
import { chartOf, colours, isDrawable, px, scale, textOf, tickLabel, type Chart } from "./chart.ts";

/** An improvement over the champion. */
export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  /** What the value itself must reach; `null`: no gate says. */
  readonly limit: number | null;
  /** What the whole interval must lie above; `null`: no test says. */
  readonly bound: number | null;
}

/** Rows in the same unit, on an axis of their own. */
export interface IntervalPanel {
  readonly title: string;
  readonly rows: readonly IntervalRow[];
}

const WIDTH = 760;
const PLOT = { left: 250, right: 540, top: 62 };
const ROW = 26;
const [limitColour, valueColour] = colours;

/** How much better the challenger is, against the champion's line at 0: right of it is better. */
export function intervalChart(title: string, panels: readonly IntervalPanel[]): Chart {
  const drawn = panels
    .map((panel) => ({ ...panel, rows: panel.rows.filter(isRowDrawable) }))
    .filter(({ rows }) => rows.length > 0);
  const body: string[] = [];
  let top = PLOT.top;
  for (const panel of drawn) {
    body.push(...drawPanel(panel, top));
    top += 20 + ROW * panel.rows.length + 44;
  }
  body.push(
    ...legend(
      drawn.flatMap(({ rows }) => rows),
      top - 4,
    ),
  );
  return chartOf({ title, width: WIDTH, height: top + 24, body, words: wordsOf(drawn) });
}

function isRowDrawable({ value, interval, limit, bound }: IntervalRow): boolean {
  return [value, ...(interval ?? []), limit ?? 0, bound ?? 0].every(isDrawable);
}

function drawPanel({ title, rows }: IntervalPanel, top: number): string[] {
  const values = rows.flatMap(({ value, interval, limit, bound }) => [
    value,
    ...(interval ?? []),
    ...[limit, bound].filter((place) => place !== null),
  ]);
  const ticks = axisTicks([0, ...values], 5);
  const x = scale(ticks, PLOT.left, PLOT.right);
  const bottom = top + 20 + ROW * rows.length;
  const champion = px(x(0));
  return [
    `<text class="strong" x="16" y="${top + 10}">${textOf(title, 60)}</text>`,
    ...ticks.values.map((tick) => verticalLine("grid", x(tick), top + 14, bottom)),
    ...ticks.values.map((tick) => tickText(tickLabel(tick, ticks), x(tick), bottom + 15)),
    verticalLine("axis", x(0), top + 14, bottom),
    `<text x="${champion}" y="${top + 10}" text-anchor="middle">champion</text>`,
    ...rows.flatMap((row, i) => drawRow(row, top + 20 + ROW * (i + 0.5), x)),
  ];
}

function drawRow({ label, value, interval, limit, bound }: IntervalRow, y: number, x: (value: number) => number) {
  const whisker = interval === null ? [] : [interval.map(x) as [number, number]];
  return [
    `<text x="16" y="${px(y + 4)}">${textOf(label, 31)}</text>`,
    ...(limit === null ? [] : [mark(x(limit), y, "")]),
    ...(bound === null ? [] : [mark(x(bound), y, ' stroke-dasharray="3 3"')]),
    ...whisker.map(([from, to]) => whiskerLine(from, to, y)),
    `<circle cx="${px(x(value))}" cy="${px(y)}" r="4.5" fill="${valueColour}"/>`,
    `<text x="${PLOT.right + 14}" y="${px(y + 4)}"><tspan class="strong">${signed(value)}</tspan>${between(interval)}</text>`,
  ];
}

function between(interval: IntervalRow["interval"]): string {
  return interval === null ? "" : ` (${signed(interval[0])} to ${signed(interval[1])})`;
}

function verticalLine(kind: "grid" | "axis", x: number, top: number, bottom: number): string {
  return `<line class="${kind}" x1="${px(x)}" x2="${px(x)}" y1="${px(top)}" y2="${px(bottom)}"/>`;
}

function tickText(label: string, x: number, y: number): string {
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="middle">${label}</text>`;
}

function mark(x: number, y: number, dash: string): string {
  return `<line x1="${px(x)}" x2="${px(x)}" y1="${px(y - 10)}" y2="${px(y + 10)}" stroke="${limitColour}" stroke-width="3"${dash}/>`;
}

function whiskerLine(from: number, to: number, y: number): string {
  return `<line x1="${px(from)}" x2="${px(to)}" y1="${px(y)}" y2="${px(y)}" stroke="${valueColour}" stroke-width="2"/>`;
}

/** Only what is in the picture. */
function legend(rows: readonly IntervalRow[], y: number): string[] {
  const entries = [
    ...(rows.some(({ interval }) => interval !== null)
      ? [{ sample: whiskerLine(0, 20, y - 4), text: "90 % interval" }]
      : []),
    ...(rows.some(({ limit }) => limit !== null)
      ? [{ sample: mark(10, y - 4, ""), text: "gate: fails if the dot is left of it" }]
      : []),
    ...(rows.some(({ bound }) => bound !== null)
      ? [{ sample: mark(10, y - 4, ' stroke-dasharray="3 3"'), text: "test: fails if the interval reaches left of it" }]
      : []),
  ];
  let left = 16;
  return entries.map(({ sample, text }) => {
    const entry = `<g transform="translate(${left} 0)">${sample}<text x="28" y="${y}">${text}</text></g>`;
    left += 28 + 6.5 * text.length + 24;
    return entry;
  });
}

function wordsOf(panels: readonly IntervalPanel[]): Text {
  const sentences = panels.map(({ title, rows }) => {
    const parts = rows.map(({ label, value, interval, limit, bound }) => {
      const marks = [
        ...(limit === null ? [] : [say`gate at ${signed(limit)}`]),
        ...(bound === null ? [] : [say`test at ${signed(bound)}`]),
      ];
      return joinTexts([say`${data(label)} ${signed(value)}${between(interval)}`, ...marks], ", ");
    });
    return say`${title}: ${joinTexts(parts, "; ")}.`;
  });
  return joinTexts(sentences, " ");
}
