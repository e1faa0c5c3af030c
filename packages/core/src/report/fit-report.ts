import { markdownHeadline, markdownReport, markdownSection, pageOf, type ChartPlace } from "./markdown-report.ts";
import { keepAlways, type Report, type Section } from "./section.ts";

export interface Room {
  /** UTF-16 units, as GitHub counts; at least 1,000. */
  readonly limit: number;
  /** Where the whole report is; `null`: nowhere. */
  readonly url: string | null;
  readonly chartAt?: ChartPlace;
}

/**
 * A report as Markdown that fits into a comment: first what is folded is left out, section by section and the one of
 * least weight first, then whole sections; a note below the headline says which. What is always kept stays.
 */
export function fitReport(report: Report, { limit, url, chartAt }: Room): string {
  const whole = markdownReport(report, chartAt);
  if (whole.length <= limit) return whole;
  for (const { sections, leftOut } of shorterReports(report.sections)) {
    const [above, below] = [
      sections.filter(({ title }) => title === null),
      sections.filter(({ title }) => title !== null),
    ];
    const page = pageOf([
      markdownHeadline(report.headline),
      ...above.map((section) => markdownSection(section, chartAt)),
      noteOf(leftOut, url),
      ...below.map((section) => markdownSection(section, chartAt)),
    ]);
    if (page.length <= limit) return page;
  }
  return cutMarkdown(whole, limit, url);
}

interface Shorter {
  readonly sections: readonly Section[];
  /** What is missing, in words. */
  readonly leftOut: string;
}

/** Ever shorter versions: without what is folded, then without whole sections; each time the least important one goes. */
function* shorterReports(whole: readonly Section[]): Generator<Shorter> {
  const inOrder = whole.filter(({ keep }) => keep < keepAlways).toSorted((a, b) => a.keep - b.keep);
  const unfolded = new Set<Section["id"]>();
  const dropped = new Set<Section["id"]>();
  const shorter = (): Shorter => ({
    sections: whole
      .filter(({ id }) => !dropped.has(id))
      .map((section) => (unfolded.has(section.id) ? withoutDetails(section) : section)),
    leftOut: [
      ...inOrder.filter(({ id }) => dropped.has(id)).map(nameOf),
      ...inOrder
        .filter(({ id }) => unfolded.has(id) && !dropped.has(id))
        .map((one) => `the details of “${nameOf(one)}”`),
    ].join(", "),
  });
  for (const section of inOrder) {
    if (unfolded.has(section.id) || !section.body.some(({ kind }) => kind === "details")) continue;
    unfolded.add(section.id);
    yield shorter();
  }
  for (const { id } of inOrder) {
    if (dropped.has(id)) continue; // a report that is not ours may have one many times
    dropped.add(id);
    yield shorter();
  }
}

function withoutDetails(section: Section): Section {
  return { ...section, body: section.body.filter(({ kind }) => kind !== "details") };
}

function nameOf({ title, id }: Section): string {
  return title ?? id;
}

function noteOf(what: string, url: string | null): string {
  const where = url === null ? "" : ` [The full report](${url}) has everything.`;
  return `> Left out here, because the text would be too long: ${what}.${where}`;
}

/**
 * The first lines of any Markdown, with a note that the end is missing.
 *
 * @param limit UTF-16 units; at least 1,000.
 * @param url where the whole text is; `null`: nowhere.
 */
export function cutMarkdown(markdown: string, limit: number, url: string | null): string {
  if (markdown.length <= limit) return markdown;
  const note = noteOf("the end", url);
  return `${firstLines(markdown, limit - note.length - 15)}\n\n${note}\n`;
}

/** Whole lines where there are any, never half of a character, and nothing left folded open. */
function firstLines(text: string, length: number): string {
  const cut = text.slice(0, length);
  const end = cut.lastIndexOf("\n");
  const lines = (end > 0 ? cut.slice(0, end) : cut.replace(/[\uD800-\uDBFF]$/, "")).trimEnd();
  const isOpen = lines.lastIndexOf("<details>") > lines.lastIndexOf("</details>");
  return isOpen ? `${lines}\n\n</details>` : lines;
}
