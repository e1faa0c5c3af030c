import {
  historyChart,
  type HistoryPoint,
  type SiteEvent,
  type SiteHistory,
  type SiteVersion,
  stripChart,
} from "@refit/core/report";
import { dayHtml, externalLink, html, numberHtml, signedHtml, type Html, type Content } from "./html.ts";
import { newerHtml } from "./index-page.ts";
import { page, tableHtml, termsHtml } from "./page.ts";
import type { SiteStatus } from "./site-input.ts";

/** What a page of events shows: the page of a model, or one of its pages of earlier events. */
export interface HistoryPage {
  readonly history: SiteHistory;
  /** `null`: this is a page of earlier events. */
  readonly status: SiteStatus | null;
  /** Names of files in the folder of the page; `null`: it shows none. */
  readonly files: { readonly chart: string; readonly strip: string | null; readonly badge: string | null };
  readonly earlier: readonly { readonly page: string; readonly words: string }[];
  /** Relative path from the folder of the page to its JSON. */
  readonly api: string;
}

export function historyPage({ history, status, files, earlier, api }: HistoryPage): string {
  const { model, events } = history;
  const title = status === null ? `${model}: ${datesOf(events)}` : model;
  return page({
    title,
    top: "../../",
    trail: status === null ? [html`<a href="index.html">${model}</a>`] : [],
    body: html`<h1>${title}</h1>
      ${status === null ? null : statusHtml(status)}
      <h2>Over time</h2>
      <figure>
        <img
          src="${files.chart}"
          width="760"
          height="424"
          alt="${`${primaryOf(history) ?? "Metric"} at each event; the numbers are in the table below.`}"
        />
        <figcaption>
          Two dots that are joined were measured on the same rows. Rows differ from event to event, so nothing else is
          joined: do not compare across.
        </figcaption>
      </figure>
      ${
        files.strip === null
          ? null
          : html`<figure>
                <img
                  src="${files.strip}"
                  alt="Drift of each column from version to version; the columns that drifted are listed below."
                />
                <figcaption>
                  Training data of each version against those of the version that it was compared with.
                </figcaption>
              </figure>
              ${driftHtml(history)}`
      }
      <h2>What happened</h2>
      ${eventsHtml(history)}
      ${
        earlier.length === 0
          ? null
          : html`<h2>Before</h2>
              <ul>
                ${earlier.map((each) => html`<li><a href="${each.page}">${each.words}</a></li>`)}
              </ul>`
      }
      <p>
        <a href="${api}">The same as JSON</a
        >${files.badge === null ? null : html` · <a href="${files.badge}">Badge</a>`}
      </p>`,
  });
}

/** First and last day, such as `2026-06-01 to 2026-07-01`. */
export function datesOf(events: readonly SiteEvent[]): string {
  return `${events[0]!.at.slice(0, 10)} to ${events.at(-1)!.at.slice(0, 10)}`;
}

function statusHtml(status: SiteStatus): Html {
  const { state, version, since, learnedUntil, newer, attention, proposal, proposalState, due } = status;
  return termsHtml([
    ["State", state === "live" ? state : html`<span class="alarm">${state}</span>`],
    [
      "Live version",
      version === null
        ? "none"
        : html`<a href="${version}.html">${version}</a>${since === null ? null : html` since ${dayHtml(since)}`}`,
    ],
    ["Learned until", learnedUntil === null ? null : dayHtml(learnedUntil)],
    ["On newer rows", newerHtml(newer)],
    [
      "Attention",
      attention.length === 0
        ? null
        : attention.map(({ what }, i) => html`${i === 0 ? null : html`<br />`}<span class="alarm">${what}</span>`),
    ],
    ["Proposal", proposal === null ? null : proposalHtml(proposal, proposalState)],
    ["Next", due.length === 0 ? null : due.map((sentence, i) => html`${i === 0 ? null : html`<br />`}${sentence}`)],
  ]);
}

/** No link to a local path: it exists only on the machine where the site was made. */
const proposalHtml = (proposal: string, state: string | null): Html =>
  /^https?:/.test(proposal) ? html`${state ?? "open"}: ${externalLink(proposal, proposal)}` : html`${state ?? "open"}`;

const versionOf = ({ versions }: SiteHistory, event: SiteEvent) =>
  versions.find(({ number, commit }) => number === event.version && commit === event.commit);

const primaryOf = ({ versions }: SiteHistory) =>
  versions.findLast(({ facts: { comparison } }) => comparison !== null)?.facts.comparison?.primary;

function eventsHtml(history: SiteHistory): Html {
  const rows = [...history.events].reverse().map((event): Content[] => {
    const version = versionOf(history, event);
    return [
      dayHtml(event.at),
      event.words === null ? event.kind : html`${event.kind}: ${event.words}`,
      event.version === null ? "–" : html`<a href="v${event.version}.html">v${event.version}</a>`,
      ...measuredCells(version),
      event.live === null ? "none" : html`<a href="v${event.live}.html">v${event.live}</a>`,
    ];
  });
  return tableHtml(
    "What happened",
    "Newest first. The numbers of one line were measured on the same rows; those of two lines may not be.",
    ["When", "What", "Version", "Metric", "Live before", "New", "Improvement", "Rows", "Live afterwards"],
    rows,
  );
}

function measuredCells(version: SiteVersion | undefined): Content[] {
  const comparison = version?.facts.comparison ?? null;
  const row = comparison?.metrics.find(({ metric }) => metric === comparison.primary);
  if (comparison === null || row === undefined) return ["–", "–", "–", "–", "–"];
  return [
    row.metric,
    numberHtml(row.champion),
    numberHtml(row.challenger),
    html`${signedHtml(row.improvement)}${row.interval === null ? null : html` (${signedHtml(row.interval[0])} to ${signedHtml(row.interval[1])})`}`,
    html`<data value="${String(comparison.rows)}">${comparison.rows}</data>`,
  ];
}

/** SVG chart of the newest comparison's primary metric; comparisons that did not measure it have no dots. */
export function metricChart(
  history: SiteHistory,
  gates: readonly { readonly label: string; readonly value: number }[],
): string {
  const primary = primaryOf(history);
  const points = history.events.map((event): HistoryPoint => {
    const row = versionOf(history, event)?.facts.comparison?.metrics.find(({ metric }) => metric === primary);
    if (row === undefined) return { event, pair: null };
    return { event, pair: { champion: row.champion, challenger: row.challenger, interval: intervalOfValue(row) } };
  });
  return historyChart(`${history.model}: ${primary ?? "nothing measured"}`, points, gates).svg;
}

type ComparedMetric = NonNullable<SiteVersion["facts"]["comparison"]>["metrics"][number];

/** Interval of the challenger's value, from the champion's value and the interval of the improvement. */
function intervalOfValue({ champion, challenger, improvement, interval }: ComparedMetric): [number, number] | null {
  if (interval === null || champion === null || challenger === null || improvement === null) return null;
  const isHigherBetter = challenger - champion >= 0 === improvement >= 0;
  return isHigherBetter
    ? [champion + interval[0], champion + interval[1]]
    : [champion - interval[1], champion - interval[0]];
}

/** Maximum number of columns in the drift chart: those that drifted most. */
const MAX_COLUMNS = 24;

/** SVG chart of drift, columns by versions. @returns `null`: drift was measured for none of the versions. */
export function driftStrip({ model, drift }: SiteHistory): string | null {
  const farthest = new Map<string, number>();
  for (const { column, psi } of drift.flatMap(({ columns }) => columns)) {
    if (psi !== null) farthest.set(column, Math.max(psi, farthest.get(column) ?? 0));
  }
  if (farthest.size === 0) return null;
  const shown = [...farthest].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MAX_COLUMNS);
  const rows = shown.map(([column]) => ({
    column,
    cells: drift.map(({ columns }) => {
      const found = columns.find((each) => each.column === column);
      return found === undefined || found.psi === null ? null : { psi: found.psi, drifted: found.status === "drift" };
    }),
  }));
  const more = farthest.size > shown.length ? `, ${shown.length} of ${farthest.size} columns` : "";
  const labels = drift.map(({ version }) => `v${version}`);
  return stripChart(`${model}: drift of the training data${more}`, labels, rows).svg;
}

/** Table of the columns that drifted, newest version first. */
function driftHtml({ drift }: SiteHistory): Html | null {
  const moved = [...drift]
    .reverse()
    .flatMap(({ version, columns }) =>
      columns.filter(({ status }) => status === "drift").map((column): Content[] => driftCells(version, column)),
    );
  if (moved.length === 0) return html`<p>No column drifted from one version to the next.</p>`;
  return tableHtml(
    "Columns that drifted",
    "Columns whose training data drifted from those of the version before.",
    ["Version", "Column", "Role", "PSI"],
    moved,
  );
}

function driftCells(
  version: number,
  { column, role, psi }: SiteHistory["drift"][number]["columns"][number],
): Content[] {
  return [html`<a href="v${version}.html">v${version}</a>`, column, role, numberHtml(psi)];
}
