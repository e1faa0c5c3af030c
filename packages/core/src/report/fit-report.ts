import { markdownHeadline, markdownReport, markdownSection, pageOf, type ChartPlace } from "./markdown-report.ts";
import { keepAlways, type Block, type Report, type Section } from "./section.ts";

export interface Room {
  /** UTF-16 units, as GitHub counts; at least 1,000. */
  readonly limit: number;
  /** Where the whole report is; `null`: nowhere. */
  readonly url: string | null;
  readonly chartAt?: ChartPlace;
}

/**
 * A report as Markdown that fits into a comment: first long tables are cut, each of which begins with what matters most, by no more
 * than is needed; then what is folded is left out, section by section and the one of least weight first, then whole sections; a
 * note below the headline says which. What is always kept stays.
 */
export function fitReport(report: Report, { limit, url, chartAt }: Room): string {
  const whole = markdownReport(report, chartAt);
  if (whole.length <= limit) return whole;
  const asPage = (shorter: Shorter) => pageWithNote(report, shorter, { url, ...(chartAt && { chartAt }) });
  const fits = (shorter: Shorter) => asPage(shorter).length <= limit;
  const cut = longestFitting(report.sections, fits);
  if (cut !== null) return asPage(cut);
  const briefest = withRows(report.sections, fewestRows);
  for (const { sections, leftOut } of shorterReports(briefest.sections)) {
    const shorter = { sections, leftOut: [leftOut, briefest.leftOut].filter(Boolean).join(", ") };
    if (fits(shorter)) return asPage(shorter);
  }
  return cutMarkdown(whole, limit, url);
}

function pageWithNote(
  { headline }: Report,
  { sections, leftOut }: Shorter,
  { url, chartAt }: Pick<Room, "url" | "chartAt">,
): string {
  const [above, below] = [
    sections.filter(({ title }) => title === null),
    sections.filter(({ title }) => title !== null),
  ];
  return pageOf([
    markdownHeadline(headline),
    ...above.map((section) => markdownSection(section, chartAt)),
    noteOf(leftOut, url),
    ...below.map((section) => markdownSection(section, chartAt)),
  ]);
}

/** A table of this many rows says what there is to see. */
const fewestRows = 12;

/** The sections with as many rows of their long tables as there is room for; `null`: there is none for the fewest. */
function longestFitting(sections: readonly Section[], fits: (shorter: Shorter) => boolean): Shorter | null {
  let [low, high] = [fewestRows, Math.max(fewestRows, ...tablesIn(sections).map(({ rows }) => rows.length))];
  let best: Shorter | null = null;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const shorter = withRows(sections, middle);
    if (fits(shorter)) [best, low] = [shorter, middle + 1];
    else high = middle - 1;
  }
  return best;
}

type TableBlock = Extract<Block, { kind: "table" }>;

function tablesIn(sections: readonly Section[]): TableBlock[] {
  const blocks = sections
    .flatMap(({ body }) => body)
    .flatMap((block) => (block.kind === "details" ? block.blocks : block));
  return blocks.filter((block) => block.kind === "table");
}

/** Every table cut to its first rows. */
function withRows(sections: readonly Section[], most: number): Shorter {
  const cut = <B extends Block>(block: B): B =>
    block.kind === "table" && block.rows.length > most ? { ...block, rows: block.rows.slice(0, most) } : block;
  const shorter = sections.map((section) => ({
    ...section,
    body: section.body.map((block) =>
      block.kind === "details" ? { ...block, blocks: block.blocks.map(cut) } : cut(block),
    ),
  }));
  const leftOut = sections.flatMap((section) => {
    const rows = tablesIn([section]).reduce((sum, table) => sum + Math.max(0, table.rows.length - most), 0);
    return rows === 0 ? [] : [`${rows} rows of “${nameOf(section)}”`];
  });
  return { sections: shorter, leftOut: leftOut.join(", ") };
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
