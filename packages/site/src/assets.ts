/** Style sheet of all pages: light and dark, narrow screens, forced colours, paper. It loads no fonts and no images. */
export const STYLE = `:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --link: #0550ae; --soft: #f6f8fa; --alarm: #a40e26;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --ink: #e6edf3; --quiet: #9ea7b3; --line: #3d444d; --link: #79b8ff; --soft: #151b23; --alarm: #ff9492; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0.75rem 1rem; }
header nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
footer { color: var(--quiet); font-size: 0.875rem; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding: 0.25rem 0; }
time { white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline; }
.alarm { color: var(--alarm); font-weight: 600; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.25rem 0.5rem; }
input { font: inherit; padding: 0.35rem 0.5rem; max-width: 100%; color: inherit; background: var(--soft); border: 1px solid var(--quiet); border-radius: 4px; }
figure { margin: 1rem 0; }
img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
figcaption { color: var(--quiet); }
code, pre { font: 0.875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: 0.5rem 0.75rem; border-radius: 6px; white-space: pre-wrap; }
[hidden] { display: none; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.5rem; } }
@media print { header nav, .skip, .search { display: none; } a { color: inherit; } .table { overflow: visible; } }
`;

/** Script that sorts the table of models by a column and filters it. Optional: without it the table has all models, sorted by name. */
export const TABLE_SCRIPT = `"use strict";
(() => {
  const table = document.querySelector("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const valueOf = (row, i) => {
    const cell = row.cells[i];
    const data = cell.querySelector("data, time");
    if (!data) return cell.textContent.trim();
    return data.tagName === "DATA" ? Number(data.value) : data.dateTime;
  };
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...rows].sort((a, b) => (down ? -1 : 1) * order(valueOf(a, i), valueOf(b, i)));
      body.replaceChildren(...sorted);
    });
  });
  const search = document.createElement("p");
  search.className = "search";
  const label = document.createElement("label");
  label.textContent = "Search models: ";
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  search.append(label, " ", count);
  table.closest(".table").before(search);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) shown++;
    }
    count.textContent = wanted === "" ? "" : shown + " of " + rows.length;
  });
})();
`;
