import { cutMarkdown, type Section } from "@refit/core/report";
import type { LaterSection } from "../../ports/forge.ts";

/** A section below a report, with what its hidden first line says. */
interface StoredSection {
  readonly id: string;
  readonly model: string;
  readonly head: string;
  readonly digest: string;
  /** With that line. */
  readonly text: string;
}

const firstLine =
  /^<!-- refit:section id=([a-z]+) model=([a-z0-9/-]+) head=([0-9a-f]{1,64}) digest=([0-9a-f]{1,64}) -->\r?$/;
/** So much room is left below the longest report. */
const mostCharacters = 5000;

/** The report without its later sections, and these. Nothing stands below them. */
function partsOf(page: string): { readonly report: string; readonly sections: readonly StoredSection[] } {
  const lines = page.split("\n");
  const starts = lines.flatMap((line, i) => (firstLine.test(line) ? [i] : []));
  const sections = starts.map((start, i): StoredSection => {
    const [, id, model, head, digest] = firstLine.exec(lines[start]!)!;
    const text = lines.slice(start, starts[i + 1] ?? lines.length).join("\n");
    return { id: id!, model: model!, head: head!, digest: digest!, text: text.trimEnd() };
  });
  return { report: lines.slice(0, starts[0] ?? lines.length).join("\n"), sections };
}

/** A new report with those sections of the page before it that are about the same head. */
export function withSectionsOf(report: string, before: string, head: string): string {
  const kept = partsOf(before).sections.filter((section) => section.head === head);
  return joined(report, kept);
}

/** The page with a section in place of an earlier one of its id and model. @param render as a reader of this page needs it. */
export function withLaterSection(
  page: string,
  { section, ...stamp }: LaterSection,
  render: (section: Section) => string,
): { readonly page: string; readonly operation: "created" | "updated" | "unchanged" } {
  const { report, sections } = partsOf(page);
  const { model, head, digest } = stamp;
  const { id } = section;
  const earlier = sections.find((each) => each.id === id && each.model === model);
  if (earlier?.head === head && earlier.digest === digest) return { page, operation: "unchanged" };
  const marker = `<!-- refit:section id=${id} model=${model} head=${head} digest=${digest} -->`;
  const own = { id, model, head, digest, text: `${marker}\n${fitted(section, render)}` };
  const others = sections.filter((each) => each !== earlier);
  return { page: joined(report, [...others, own]), operation: earlier === undefined ? "created" : "updated" };
}

function joined(report: string, sections: readonly StoredSection[]): string {
  return [report.trimEnd(), ...sections.map(({ text }) => text), ""].join("\n\n").trimEnd() + "\n";
}

/** Without what is folded where that is too long. */
function fitted(section: Section, render: (section: Section) => string): string {
  const whole = render(section).trimEnd();
  if (whole.length <= mostCharacters) return whole;
  const brief = { ...section, body: section.body.filter(({ kind }) => kind !== "details") };
  return cutMarkdown(render(brief), mostCharacters, null).trimEnd();
}
