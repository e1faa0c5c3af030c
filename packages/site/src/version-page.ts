import type { SiteVersion } from "@refit/core/report";
import { dayHtml, externalLink, html, numberHtml, signedHtml, type Html, type Content } from "./html.ts";
import { page, tableHtml, termsHtml } from "./page.ts";

/** What the page of a version shows. */
export interface VersionPage {
  readonly model: string;
  readonly version: SiteVersion;
  /** When it was live, ISO 8601; `until: null`: it is live now. */
  readonly live: readonly { readonly from: string; readonly until: string | null }[];
  /** Address of its commit; `null`: the repository is not on a forge that refit knows. */
  readonly commitPage: string | null;
  readonly pullRequest: string | null;
  /** Commands and code that use it. */
  readonly use: readonly { readonly from: string; readonly how: string; readonly page: string }[];
}

export function versionPage(details: VersionPage): string {
  const { model, version } = details;
  const { number, parent, facts: known } = version;
  return page({
    title: `${model} v${number}`,
    top: "../../",
    trail: [html`<a href="index.html">${model}</a>`],
    body: html`<h1>${model} v${number}</h1>
      ${version.broken === null ? null : html`<p class="alarm">Broken: ${version.broken}</p>`}
      ${version.newerFormat === null ? null : html`<p class="alarm">Written in format ${version.newerFormat}, which needs a newer refit.</p>`}
      ${summaryHtml(details)}
      ${known.comparison === null ? ownMetrics(version) : comparisonHtml(known.comparison, version)}
      ${changesHtml(known.changes, parent)} ${useHtml(details)}`,
  });
}

function summaryHtml({ version, live, commitPage, pullRequest }: VersionPage): Html {
  const { at, commit, author, treeId, parent } = version;
  const { origin } = version.facts;
  return termsHtml([
    [
      "Live",
      live.length === 0
        ? "never"
        : live.map(
            ({ from, until }, i) =>
              html`${i === 0 ? null : html`; `}${dayHtml(from)} to ${until === null ? "now" : dayHtml(until)}`,
          ),
    ],
    ["Added on", html`${dayHtml(at)} by ${author}`],
    ["Commit", externalLink(commitPage, html`<code>${commit.slice(0, 12)}</code>`)],
    ["Pull request", pullRequest === null ? null : externalLink(pullRequest, pullRequest)],
    ["Tree", html`<code>${treeId}</code>`],
    ["Compared with", parent === null ? "no earlier version" : html`<a href="v${parent}.html">v${parent}</a>`],
    ...(origin === null ? [] : originFacts(origin)),
  ]);
}

function originFacts(origin: NonNullable<SiteVersion["facts"]["origin"]>): (readonly [string, Content])[] {
  const { learner, settings, dataset, dataFiles, dataRows, learnedUntil, declared, seed, holdout } = origin;
  const span =
    holdout.from === null || holdout.to === null ? null : html`, ${dayHtml(holdout.from)} to ${dayHtml(holdout.to)}`;
  return [
    ["Owner", origin.owner],
    ["Use", origin.use],
    ["Limits", origin.limits],
    ["Learner", html`${learner} <code>${settings}</code>`],
    ["Data", html`${dataRows} rows in ${dataFiles} files of ${dataset}`],
    ["Learned until", learnedUntil === null ? null : html`${dayHtml(learnedUntil)}${declared ? ", as declared" : ""}`],
    ["Judged on", html`${holdout.rows} rows${span}`],
    ["Seed", seed],
  ];
}

function ownMetrics({ facts: { metrics } }: SiteVersion): Html | null {
  const rows = Object.entries(metrics).map(([name, value]) => [name, numberHtml(value)]);
  if (rows.length === 0) return null;
  return html`<h2>Metrics</h2>
    ${tableHtml("Metrics", "On its own holdout.", ["Metric", "Value"], rows)}`;
}

function comparisonHtml(
  comparison: NonNullable<SiteVersion["facts"]["comparison"]>,
  { number, parent, facts }: SiteVersion,
): Html {
  const { primary, rows, metrics, slices } = comparison;
  const before = parent === null ? "Live before" : `v${parent}`;
  const holdout = facts.origin?.holdout;
  const same = html`${parent === null ? "Measured" : "Both were measured"} on the same ${rows}
  rows${holdout ? html` (holdout <code>${holdout.digest.slice(0, 12)}</code>)` : null}, in one run. Above 0 is better.`;
  return html`<h2>Comparison</h2>
    ${tableHtml(
      "Comparison",
      same,
      ["Metric", before, `v${number}`, "Improvement", "90 % interval"],
      metrics.map(({ metric, champion, challenger, improvement, interval }) => [
        metric === primary ? html`<strong>${metric}</strong>` : metric,
        numberHtml(champion),
        numberHtml(challenger),
        signedHtml(improvement),
        interval === null ? "–" : html`${signedHtml(interval[0])} to ${signedHtml(interval[1])}`,
      ]),
    )}
    ${
      slices.length === 0
        ? null
        : html`<h3>By slice</h3>
            ${tableHtml(
              "By slice",
              html`${primary} on parts of the same rows.`,
              ["Slice", "Rows", before, `v${number}`, "Improvement"],
              slices.map((slice) => [
                html`${slice.column}: ${slice.value ?? "(sensitive, not shown)"}`,
                html`<data value="${String(slice.rows)}">${slice.rows}</data>`,
                numberHtml(slice.champion),
                numberHtml(slice.challenger),
                signedHtml(slice.improvement),
              ]),
            )}`
    }`;
}

function changesHtml(changes: readonly string[] | null, parent: number | null): Html | null {
  if (changes === null || parent === null) return null;
  return html`<h2>Difference from v${parent}</h2>
    <ul>
      ${changes.map((change) => html`<li>${change}</li>`)}
    </ul>`;
}

function useHtml({ model, version, use }: VersionPage): Html {
  const show = `refit show ${model}@v${version.number}`;
  return html`<h2>How to use it</h2>
    ${use.map(
      ({ how, page: about, from }) =>
        html`<p>${externalLink(about, names[from] ?? from)}</p>
          <pre>${how}</pre>`,
    )}
    <p>Everything about this version, with the place of every file:</p>
    <pre>${show}</pre>`;
}

const names: Readonly<Record<string, string>> = {
  files: "Rows of files",
  node: "Node.js",
  python: "Python",
  http: "HTTP",
};
