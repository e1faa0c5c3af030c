import { dayHtml, externalLink, html, numberHtml, type Content } from "./html.ts";
import { page, tableHtml } from "./page.ts";
import type { SiteModel, SiteStatus } from "./site-input.ts";
import { sitePaths } from "./site-paths.ts";

/** The first page: a table of all models, with what `refit status` says of each. */
export function indexPage(models: readonly SiteModel[]): string {
  const heads = ["Model", "State", "Version", "Since", "Learned until", "On newer rows", "Attention", "Next"];
  return page({
    title: "Models",
    top: "",
    sortable: true,
    body: html`<h1>Models</h1>
      ${
        models.length === 0
          ? html`<p>There is no model on the base branch yet; create one with <code>refit init</code>.</p>`
          : tableHtml("Models", "What is live, and what needs a person.", heads, models.map(rowOf))
      }
      <p><a href="api/index.json">The same as JSON</a></p>`,
  });
}

function rowOf({ status }: SiteModel): Content[] {
  const { model, state, version, since, learnedUntil, newer, due } = status;
  const { page: own, folder } = sitePaths(model);
  return [
    html`<a href="${own}">${model}</a>`,
    state,
    version === null ? "–" : html`<a href="${`${folder}/${version}.html`}">${version}</a>`,
    since === null ? "–" : dayHtml(since),
    learnedUntil === null ? "–" : dayHtml(learnedUntil),
    newerHtml(newer) ?? "–",
    attention(status),
    due[0] ?? "–",
  ];
}

/** The primary metric on rows newer than those the version was judged on; `null`: not measured. */
export function newerHtml(newer: SiteStatus["newer"]): Content {
  if (newer === null) return null;
  return html`${newer.metric} ${numberHtml(newer.value)}${newer.rows === null ? null : html` on ${newer.rows} rows`}`;
}

function attention({ attention: all, proposal, proposalState }: SiteStatus): Content {
  const parts = [
    ...all.map(({ label }) => label),
    ...(proposal === null
      ? []
      : [html`proposal ${externalLink(proposal, (proposalState ?? "open").replace("-", " "))}`]),
  ];
  return parts.length === 0
    ? "–"
    : parts.map((part, i) => html`${i === 0 ? null : html`; `}<span class="alarm">${part}</span>`);
}
