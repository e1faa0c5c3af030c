/** Headings of the report's sections, the first to be left out first; what has none of them stays. */
const droppable = [
  "How it was computed",
  "Earlier versions",
  "Calibration",
  "Slices",
  "Fairness",
  "Training",
  "Data",
  "Champion and challenger on the same rows",
  "Gates and tests",
] as const;

const folded = /\n*<details>[\s\S]*?<\/details>/g;

/**
 * A report that fits into a comment: first what is folded is left out, section by section and the least needed first,
 * then whole sections; a note below the verdict says which. The verdict and what to do stay.
 *
 * @param limit UTF-16 units, as GitHub counts; at least 1,000.
 * @param url where the whole report is; `null`: nowhere.
 */
export function fitReport(report: string, limit: number, url: string | null): string {
  if (report.length <= limit) return report;
  const [first = "", ...rest] = report.split(/\n(?=### )/);
  const left = { tables: new Set<string>(), sections: new Set<string>() };
  for (const shorten of [unfold, drop]) {
    for (const heading of droppable) {
      const index = rest.findIndex((section) => section.startsWith(`### ${heading}\n`));
      if (index === -1 || !shorten(rest, index, heading, left)) continue;
      const fitted = [`${first.trimEnd()}\n\n${noteOf(wordsOf(left), url)}\n`, ...rest].join("\n");
      if (fitted.length <= limit) return fitted;
    }
  }
  const note = noteOf("the end", url);
  return `${firstLines(report, limit - note.length - 15)}\n\n${note}\n`;
}

interface LeftOut {
  readonly tables: Set<string>;
  readonly sections: Set<string>;
}

/** @returns whether there was something to leave out. */
function unfold(sections: string[], index: number, heading: string, { tables }: LeftOut): boolean {
  const shorter = sections[index]!.replace(folded, "");
  if (shorter === sections[index]) return false;
  sections[index] = shorter;
  tables.add(heading);
  return true;
}

function drop(sections: string[], index: number, heading: string, { tables, sections: dropped }: LeftOut): boolean {
  sections.splice(index, 1);
  tables.delete(heading);
  dropped.add(heading);
  return true;
}

function wordsOf({ tables, sections }: LeftOut): string {
  const details = [...tables].map((heading) => `the details of “${heading}”`);
  return [...sections, ...details].join(", ");
}

function noteOf(what: string, url: string | null): string {
  const where = url === null ? "" : ` [The full report](${url}) has it all.`;
  return `> Left out here, because there is only so much room: ${what}.${where}`;
}

/** The verdict, why, and what to do: a report without its evidence. */
export function summaryOf(report: string): string {
  const [first = "", ...rest] = report.split(/\n(?=### )/);
  const howTo = rest.filter((section) => section.startsWith("### What to do"));
  return `${[first, ...howTo].join("\n").trimEnd()}\n`;
}

/** Verdict, number and reason: what a check says. */
export function verdictOf(report: string): string {
  return report.split("\n\n", 1)[0]!.trimEnd();
}

/** Whole lines where there are any, never half of a character, and nothing left folded open. */
function firstLines(text: string, length: number): string {
  const cut = text.slice(0, length);
  const end = cut.lastIndexOf("\n");
  const lines = (end > 0 ? cut.slice(0, end) : cut.replace(/[\uD800-\uDBFF]$/, "")).trimEnd();
  const isOpen = lines.lastIndexOf("<details>") > lines.lastIndexOf("</details>");
  return isOpen ? `${lines}\n\n</details>` : lines;
}
