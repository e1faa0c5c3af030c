import type { SiteEvent } from "../site-history.ts";
import { day } from "../sentences.ts";
import { data, joinTexts, say, type Text } from "../text.ts";
import { number } from "../number-text.ts";
import { axisTicks, type AxisTicks } from "./axis-ticks.ts";
import { chartOf, colours, isDrawable, markStyle, px, scale, textOf, tickLabel, type Chart } from "./chart.ts";

/** Something that happened to a model, and what was measured then. */
export interface HistoryPoint {
  readonly event: SiteEvent;
  /** Both on the same rows; `interval` is where the challenger's value lies, in the metric's unit. */
  readonly pair: {
    readonly champion: number | null;
    readonly challenger: number | null;
    readonly interval: readonly [number, number] | null;
  } | null;
}

const WIDTH = 760;
const PLOT = { left: 64, right: 744, top: 78, bottom: 300 };
const LANES = { marks: 322, live: 346, height: 18, labels: 384 };
const HEIGHT = 424;
const [championColour, challengerColour] = colours;

/**
 * A metric over time. Only the two dots of one comparison are joined: they are of the same rows, and those of another
 * comparison are not.
 *
 * @param gates what the metric must reach today.
 */
export function historyChart(
  title: string,
  points: readonly HistoryPoint[],
  gates: readonly { readonly label: string; readonly value: number }[],
): Chart {
  const values = points.flatMap(({ pair }) =>
    pair === null ? [] : [pair.champion, pair.challenger, ...(pair.interval ?? [])].filter(isDrawable),
  );
  const limits = gates.filter(({ value }) => isDrawable(value));
  const x = (i: number) => PLOT.left + ((i + 0.5) / Math.max(1, points.length)) * (PLOT.right - PLOT.left);
  return chartOf({
    title,
    width: WIDTH,
    height: HEIGHT,
    body: [
      ...(values.length === 0
        ? [nothing]
        : plotted(points, axisTicks([...values, ...limits.map(({ value }) => value)], 5), limits, x)),
      ...points.flatMap(({ event }, i) => mark(event.kind, x(i))),
      ...liveSpans(points, x),
      ...dates(points, x),
      ...legend(points, limits.length > 0),
    ],
    style: `${markStyle}${liveStyle}`,
    words: wordsOf(points, limits),
  });
}

const liveStyle = "  .live { fill: #818b98; fill-opacity: 0.25 }\n";

const nothing = `<text x="${PLOT.left}" y="${PLOT.top + 20}">Nothing was measured.</text>`;

function plotted(
  points: readonly HistoryPoint[],
  ticks: AxisTicks,
  limits: readonly { readonly label: string; readonly value: number }[],
  x: (i: number) => number,
): string[] {
  const y = scale(ticks, PLOT.bottom, PLOT.top);
  return [
    ...ticks.values.flatMap((tick) => [
      `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>`,
      `<text x="${PLOT.left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${tickLabel(tick, ticks)}</text>`,
    ]),
    ...limits.flatMap(({ label, value }) => [
      `<line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(value))}" y2="${px(y(value))}" stroke-dasharray="8 4"/>`,
      `<text x="${PLOT.right}" y="${px(y(value) - 5)}" text-anchor="end">${textOf(label, 40)}</text>`,
    ]),
    ...points.flatMap(({ pair }, i) => (pair === null ? [] : pairMarks(pair, x(i), y))),
  ];
}

function pairMarks(
  { champion, challenger, interval }: NonNullable<HistoryPoint["pair"]>,
  x: number,
  y: (value: number) => number,
): string[] {
  const vertical = (from: number, to: number, look: string) =>
    `<line x1="${px(x)}" x2="${px(x)}" y1="${px(y(from))}" y2="${px(y(to))}" ${look}/>`;
  const dot = (value: number, look: string) => `<circle cx="${px(x)}" cy="${px(y(value))}" r="4" ${look}/>`;
  const band = interval?.every(isDrawable) ? interval : null;
  return [
    ...(band === null
      ? []
      : [vertical(band[0], band[1], `stroke="${challengerColour}" stroke-width="6" stroke-opacity="0.3"`)]),
    ...(isDrawable(champion) && isDrawable(challenger)
      ? [vertical(champion, challenger, `stroke="${challengerColour}" stroke-width="1.5"`)]
      : []),
    ...(isDrawable(champion) ? [dot(champion, `fill="none" stroke="${championColour}" stroke-width="2"`)] : []),
    ...(isDrawable(challenger) ? [dot(challenger, `fill="${challengerColour}"`)] : []),
  ];
}

/** Told apart by their shapes: no colour is needed. */
const shapes: Readonly<Record<SiteEvent["kind"], { readonly path: string; readonly words: string }>> = {
  promoted: { path: "M0 -5L5 4H-5Z", words: "promoted" },
  proposed: { path: "M0 -5A5 5 0 1 1 -0.01 -5ZM0 -3A3 3 0 1 0 0.01 -3Z", words: "proposed" },
  rollback: { path: "M-5 0L4 -5V5Z", words: "rollback" },
  broken: { path: "M-1.5 -6H1.5V1H-1.5ZM-1.5 3H1.5V6H-1.5Z", words: "broken" },
  retired: { path: "M-5 -1.5H5V1.5H-5Z", words: "retired" },
  declined: { path: "M-5 -3L-3 -5L0 -2L3 -5L5 -3L2 0L5 3L3 5L0 2L-3 5L-5 3L-2 0Z", words: "declined" },
  rejected: { path: "M0 5L-5 -4H5Z", words: "rejected" },
  blocked: { path: "M-4.5 -4.5H4.5V4.5H-4.5Z", words: "blocked" },
  inconclusive: { path: "M0 -5L5 0L0 5L-5 0Z", words: "inconclusive" },
};

function mark(kind: SiteEvent["kind"], x: number): string[] {
  return [`<path class="mark" transform="translate(${px(x)} ${LANES.marks})" d="${shapes[kind].path}"/>`];
}

/** What was live from each event to the next. */
function liveSpans(points: readonly HistoryPoint[], x: (i: number) => number): string[] {
  const starts = points.flatMap(({ event }, i) => (i > 0 && points[i - 1]!.event.live === event.live ? [] : [i]));
  return starts.flatMap((start, place) => {
    const { live } = points[start]!.event;
    if (live === null) return [];
    const end = starts[place + 1];
    const [left, right] = [x(start), end === undefined ? PLOT.right : x(end)];
    const label = `v${live}`;
    return [
      `<rect class="live" x="${px(left)}" y="${LANES.live - LANES.height / 2}" width="${px(Math.max(1, right - left - 1))}" height="${LANES.height}"/>`,
      ...(right - left < 8 * label.length + 4
        ? []
        : [`<text x="${px(left + 4)}" y="${LANES.live + 4}">${label}</text>`]),
    ];
  });
}

function dates(points: readonly HistoryPoint[], x: (i: number) => number): string[] {
  const every = Math.max(1, Math.ceil(points.length / 8));
  return points.flatMap(({ event }, i) =>
    i % every === 0
      ? [`<text x="${px(x(i))}" y="${LANES.labels}" text-anchor="middle">${day(Date.parse(event.at))}</text>`]
      : [],
  );
}

/** Only what is in the picture. */
function legend(points: readonly HistoryPoint[], hasGates: boolean): string[] {
  const kinds = [...new Set(points.map(({ event }) => event.kind))];
  const pairs = points.flatMap(({ pair }) => pair ?? []);
  const entries = [
    ...(pairs.some(({ champion }) => champion !== null)
      ? [
          {
            sample: `<circle cx="8" cy="46" r="4" fill="none" stroke="${championColour}" stroke-width="2"/>`,
            words: "live before",
          },
        ]
      : []),
    ...(pairs.some(({ challenger }) => challenger !== null)
      ? [{ sample: `<circle cx="8" cy="46" r="4" fill="${challengerColour}"/>`, words: "new, same rows" }]
      : []),
    ...(pairs.some(({ interval }) => interval !== null)
      ? [
          {
            sample: `<path d="M8 40V52" stroke="${challengerColour}" stroke-width="6" stroke-opacity="0.3"/>`,
            words: "90 % interval",
          },
        ]
      : []),
    ...(hasGates ? [{ sample: `<path class="axis" d="M0 46H16" stroke-dasharray="8 4"/>`, words: "gate" }] : []),
    ...kinds.map((kind) => ({
      sample: `<path class="mark" transform="translate(8 46)" d="${shapes[kind].path}"/>`,
      words: shapes[kind].words,
    })),
  ];
  let left = 16;
  return entries.map(({ sample, words }) => {
    const entry = `<g transform="translate(${px(left)} 0)">${sample}<text x="20" y="50">${words}</text></g>`;
    left += 20 + 6.4 * words.length + 12;
    return entry;
  });
}

function wordsOf(
  points: readonly HistoryPoint[],
  limits: readonly { readonly label: string; readonly value: number }[],
): Text {
  const sentences = points.map(({ event: { at, kind, version }, pair }) => {
    const who = version === null ? "" : ` of v${version}`;
    const numbers =
      pair === null ? "" : `: ${number(pair.champion)} before, ${number(pair.challenger)} after, on the same rows`;
    return say`${day(Date.parse(at))} ${shapes[kind].words}${who}${numbers}.`;
  });
  const gates = limits.map(({ label }) => say`Gate: ${data(label)}.`);
  return joinTexts([...sentences, ...gates], " ");
}
