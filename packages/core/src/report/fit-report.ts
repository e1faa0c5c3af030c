/** Headings of the report's sections, the first to be left out first; what has none of them stays. */
const droppable = [
  "How it was computed",
  "Slices",
  "Fairness",
  "Training",
  "Data",
  "Champion and challenger on the same rows",
  "Gates and tests",
] as const;

/**
 * A report that fits into a comment: whole sections are left out, the least needed first, and the first section says
 * which. The verdict and what to do stay.
 *
 * @param limit UTF-16 units, as GitHub counts; at least 1,000.
 * @param url where the whole report is; `null`: nowhere.
 */
export function fitReport(report: string, limit: number, url: string | null): string {
  if (report.length <= limit) return report;
  const [first = "", ...rest] = report.split(/\n(?=### )/);
  const dropped: string[] = [];
  for (const heading of droppable) {
    const index = rest.findIndex((section) => section.startsWith(`### ${heading}`));
    if (index === -1) continue;
    rest.splice(index, 1);
    dropped.push(heading);
    const fitted = assemble(first, rest, dropped, url);
    if (fitted.length <= limit) return fitted;
  }
  const note = noteOf(["the end"], url);
  return `${wholeCharacters(report, limit - note.length - 3)}\n\n${note}\n`;
}

/** The verdict, why, and what to do: a report without its evidence. */
export function summaryOf(report: string): string {
  const [first = "", ...rest] = report.split(/\n(?=### )/);
  const howTo = rest.filter((section) => section.startsWith("### What to do"));
  return `${[first, ...howTo].join("\n").trimEnd()}\n`;
}

function assemble(first: string, rest: readonly string[], dropped: readonly string[], url: string | null): string {
  return [`${first.trimEnd()}\n\n${noteOf(dropped, url)}\n`, ...rest].join("\n");
}

function noteOf(dropped: readonly string[], url: string | null): string {
  const where = url === null ? "" : ` [The full report](${url}) has it all.`;
  return `> Left out here, because a comment holds only so much: ${dropped.join(", ")}.${where}`;
}

/** Never half of a character outside of the basic plane. */
function wholeCharacters(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
