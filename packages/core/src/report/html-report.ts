import { renderText, ifWords, type Piece, type Text } from "./text.ts";
import type { Block, Details, Headline, Report, Section } from "./section.ts";
import { visibleText } from "./visible-text.ts";

/** A file of a chart, as an SVG text; `null`: it is not kept, so it is not shown. */
export type ChartSource = (file: string) => string | null;

const MOST_IN_A_VALUE = 300;

/**
 * The whole report as one HTML file: light and dark, without scripts and without a request to anywhere. Charts are images with
 * their numbers as text, so that nothing in one of them is run.
 *
 * @param origin where the report is from, in words.
 */
export function htmlReport(report: Report, chartAt: ChartSource, origin: Text): string {
  const name = escapeHtml(visibleText(report.model, MOST_IN_A_VALUE));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}: report of refit</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${name}</h1>
${headlineHtml(report.headline)}
${report.sections.map((section) => sectionHtml(section, chartAt)).join("\n")}
</main>
<footer>${textHtml(origin)}</footer>
</body>
</html>
`;
}

function headlineHtml({ verdict, number, reason, objections }: Headline): string {
  const lines = [number, reason].flatMap((line) => (line === null ? [] : [`<p>${textHtml(line)}</p>`]));
  return [`<p class="verdict">${textHtml(verdict)}</p>`, ...lines, listHtml(objections)]
    .filter((line) => line !== "")
    .join("\n");
}

function sectionHtml({ id, title, body }: Section, chartAt: ChartSource): string {
  const heading = title === null ? "" : `<h2>${escapeHtml(title)}</h2>\n`;
  return `<section id="${escapeHtml(id)}">\n${heading}${blocksHtml(body, chartAt)}\n</section>`;
}

function blocksHtml(blocks: readonly (Block | Details)[], chartAt: ChartSource): string {
  return blocks
    .map((block) => blockHtml(block, chartAt))
    .filter((html) => html !== "")
    .join("\n");
}

function blockHtml(block: Block | Details, chartAt: ChartSource): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${textHtml(block.text)}</p>`;
    case "list":
      return listHtml(block.items);
    case "table":
      return tableHtml(block);
    case "notice":
      return `<div class="notice">${block.lines.map((line) => `<p>${textHtml(line)}</p>`).join("\n")}</div>`;
    case "chart":
      return chartHtml(block, chartAt(block.file));
    case "details":
      return detailsHtml(textHtml(block.summary), blocksHtml(block.blocks, chartAt));
    default:
      return ""; // of a newer refit
  }
}

function detailsHtml(summary: string, inside: string): string {
  return inside === "" ? "" : `<details>\n<summary>${summary}</summary>\n${inside}\n</details>`;
}

function listHtml(items: readonly Text[]): string {
  return items.length === 0 ? "" : `<ul>\n${items.map((item) => `<li>${textHtml(item)}</li>`).join("\n")}\n</ul>`;
}

/** In a box of its own that scrolls, so that the page does not; reached with the keyboard, too. */
function tableHtml({ head, rows }: Extract<Block, { kind: "table" }>): string {
  const headings = head.map((cell) => `<th scope="col">${textHtml(cell)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${textHtml(cell)}</td>`).join("")}</tr>`).join("\n");
  return `<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n<thead><tr>${headings}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function chartHtml({ words }: Extract<Block, { kind: "chart" }>, svg: string | null): string {
  if (svg === null) return "";
  const alt = renderText(words, (piece) => ifWords(piece, (text) => visibleText(text, 40)) ?? " ");
  return `<img alt="${escapeHtml(alt)}" src="data:image/svg+xml,${encodeURIComponent(svg.replace(/\p{Surrogate}/gu, "\uFFFD"))}">`;
}

/** A sentence as HTML in which data stand for themselves. */
function textHtml(sentence: Text): string {
  return sentence.map((piece) => (typeof piece === "string" ? escapeHtml(piece) : pieceHtml(piece))).join("");
}

function pieceHtml(piece: Exclude<Piece, string>): string {
  if (piece.kind === "break") return "<br>";
  const shown = ifWords(piece, (words) => escapeHtml(visibleText(words, MOST_IN_A_VALUE)));
  if (shown === null) return ""; // of a newer refit
  if (piece.kind === "sentence") return shown;
  return piece.kind === "strong" ? `<strong>${shown}</strong>` : `<code>${shown}</code>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --text: #1f2328; --page: #ffffff; --line: #d1d9e0; --soft: #f6f8fa }
@media (prefers-color-scheme: dark) { :root { --text: #d1d7e0; --page: #0d1117; --line: #3d444d; --soft: #151b23 } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif }
main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; margin: 0.5rem 0 }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid var(--line) }
p { margin: 0.5rem 0 }
.verdict { font-size: 1.15rem }
.notice { border-left: 4px solid #9a6700; background: var(--soft); padding: 0.25rem 1rem; margin: 1rem 0 }
.table { overflow-x: auto; margin: 0.5rem 0 }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: normal }
th { background: var(--soft) }
code { font: 0.9em ui-monospace, "Cascadia Mono", Consolas, monospace; background: var(--soft); padding: 0.1em 0.3em; border-radius: 4px }
img { display: block; max-width: 100%; height: auto; margin: 0.75rem 0 }
summary { cursor: pointer; padding: 0.3rem 0 }
footer { font-size: 0.85rem; border-top: 1px solid var(--line) }
@media print { details::details-content { content-visibility: visible; display: block } .table { overflow: visible } }
`;
