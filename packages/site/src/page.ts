import { html, type Html, type Content } from "./html.ts";

export interface PageParts {
  readonly title: string;
  /** Relative path from the folder of the page to the root of the site. */
  readonly top: "" | "../../";
  /** Navigation links after the one to the table of models. */
  readonly trail?: readonly Html[];
  readonly body: Content;
  /** Whether the page loads the script that sorts and filters its table. */
  readonly sortable?: boolean;
}

/** A whole HTML page. Its Content-Security-Policy allows the style sheet, images and script of the site, and nothing from other sites. */
export function page({ title, top, trail = [], body, sortable = false }: PageParts): string {
  const { html: text } = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta
        http-equiv="Content-Security-Policy"
        content="default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
      />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      <link rel="stylesheet" href="${top}style.css" />
      <link rel="alternate" type="application/atom+xml" title="What happened to the models" href="${top}feed.xml" />
      ${sortable ? html`<script src="${top}table.js" defer></script>` : null}
    </head>
    <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
        <nav aria-label="Pages"><a href="${top}index.html">Models</a>${trail.map((link) => html` ${link}`)}</nav>
      </header>
      <main id="main" tabindex="-1">${body}</main>
      <footer>Made by refit from the history of this repository. <a href="${top}feed.xml">Feed</a></footer>
    </body>
  </html> `;
  return `<!doctype html>\n${text}`;
}

/** A table that scrolls on narrow screens, also by keyboard. @param label accessible name, unique on the page. */
export function tableHtml(
  label: string,
  caption: Content,
  heads: readonly string[],
  rows: readonly (readonly Content[])[],
): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="${label}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...cells]) => html`<tr>
            <th scope="row">${first!}</th>
            ${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A description list; entries whose value is `null` are left out. */
export function termsHtml(entries: readonly (readonly [string, Content])[]): Html {
  return html`<dl>
    ${entries.flatMap(([term, value]) =>
      value === null
        ? []
        : [
            html`<dt>${term}</dt>
              <dd>${value}</dd> `,
          ],
    )}
  </dl>`;
}
