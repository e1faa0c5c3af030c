import type { ClassifierDrift } from "../data/classifier-drift.ts";
import { driftVerdict } from "../data/drift-verdict.ts";
import type { Finding } from "../data/finding.ts";
import type { ColumnDrift } from "../data/measure-drift.ts";
import { classifierSentence, driftCells, driftHeadings, driftVerdictSentence } from "./drift-cells.ts";
import { counted } from "./number-text.ts";
import { paragraph, tableOf, type Block, type Details, type Section } from "./section.ts";
import { acceptedWords } from "./sentences.ts";
import { data, joinTexts, say, type Text } from "./text.ts";

export interface DataFacts {
  readonly rows: number;
  readonly files: number;
  /** Against what the champion was built from. */
  readonly news: {
    /** Files that are not as they were. */
    readonly files: readonly {
      readonly path: string;
      readonly rows: number;
      readonly added: number;
      readonly corrected: number;
      readonly copied: number;
    }[];
    readonly lost: number;
  };
  readonly findings: readonly Finding[];
  readonly drift: readonly ColumnDrift[];
  readonly classifier: ClassifierDrift | null;
}

const mostFiles = 5;
/** What needs a look first. */
const order = ["drift", "error", "ok", "insufficient"];

/** How many rows, which of them are new, what the checks found, and what has drifted. */
export function dataSection(facts: DataFacts): Section {
  const found = facts.findings.map((finding) => [
    finding.severity,
    finding.code,
    say`${data(finding.message)}${acceptedWords(finding)}`,
  ]);
  const checks =
    found.length > 0 ? tableOf(["severity", "finding", "what"], found) : paragraph(say`The checks found nothing.`);
  const body = [paragraph(sizeSentence(facts)), checks, ...driftBlocks(facts)];
  return { id: "data", title: "Data", body, keep: 70 };
}

function driftBlocks({ drift, classifier }: DataFacts): (Block | Details)[] {
  if (drift.length === 0) return [];
  const sorted = drift.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const rows = sorted.map((column) => [[data(column.column)], ...driftCells(column)]);
  const summary = say`Drift since the champion's training data, by column`;
  return [
    paragraph([driftVerdictSentence(driftVerdict(drift, classifier))]),
    ...(classifier === null ? [] : [paragraph(classifierSentence(classifier))]),
    { kind: "details", summary, blocks: [tableOf(["column", ...driftHeadings], rows)] },
  ];
}

function sizeSentence({ rows, files, news }: DataFacts): Text {
  const all = `${counted(rows, "row")} in ${counted(files, "file")}`;
  const total = (count: "added" | "corrected" | "copied") => news.files.reduce((sum, file) => sum + file[count], 0);
  const added = total("added");
  if (added === rows) return say`${all}, all of them new.`;
  const others = [
    [total("corrected"), "corrected"],
    [news.lost, "gone"],
    [total("copied"), "repeated"],
  ] as const;
  const also = others.flatMap(([count, word]) => (count === 0 ? [] : [`${counted(count, "row")} ${word}`]));
  const rest = also.length === 0 ? "" : `; ${also.join(", ")}`;
  if (added === 0) return say`${all}; no row is new since the champion${rest}.`;
  const where = news.files.filter((file) => file.added > 0);
  const named = where.slice(0, mostFiles).map((file) => say`${data(file.path)} (${file.added})`);
  const more = where.length > mostFiles ? ` and ${where.length - mostFiles} more` : "";
  return say`${all}; ${counted(added, "row")} that are not in the champion's training data: ${joinTexts(named, ", ")}${more}${rest}.`;
}
