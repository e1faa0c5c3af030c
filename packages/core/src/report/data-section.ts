import type { ClassifierDrift } from "../data/classifier-drift.ts";
import { driftVerdict } from "../data/drift-verdict.ts";
import type { Finding } from "../data/finding.ts";
import type { ColumnDrift } from "../data/measure-drift.ts";
import { classifierSentence, driftCells, driftHeadings, driftVerdictSentence } from "./drift-cells.ts";
import { counted } from "./number-text.ts";
import { paragraph, tableOf, type Block, type Details, type Section } from "./section.ts";
import { acceptedWords } from "./sentences.ts";
import { data, sentenceOf, joinTexts, say, type Text } from "./text.ts";

export interface RowChangeFacts {
  /** Corrected rows in which a column has another value, the most first. */
  readonly columns: readonly { readonly column: string; readonly rows: number }[];
  readonly examples: readonly {
    readonly kind: "added" | "corrected" | "lost";
    readonly path: string;
    /** From 1. */
    readonly row: number;
    readonly values: readonly { readonly column: string; readonly was: string | null; readonly is: string | null }[];
  }[];
}

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
      /** Rows were not compared, since earlier bytes cannot be had: `added` is assumed. Absent: they were. */
      readonly assumed?: string;
      readonly corrected: number;
      readonly copied: number;
    }[];
    readonly lost: number;
    /** `null`: no row was corrected, and none is gone. */
    readonly changes: RowChangeFacts | null;
  };
  /** Source columns that say the answer. */
  readonly labels: readonly string[];
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
    say`${sentenceOf(finding.message)}${acceptedWords(finding)}`,
  ]);
  const checks =
    found.length > 0 ? tableOf(["severity", "finding", "what"], found) : paragraph(say`The checks found nothing.`);
  const body = [paragraph(sizeSentence(facts)), ...changeBlocks(facts.news.changes), checks, ...driftBlocks(facts)];
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

const kindWords = { added: "new", corrected: "corrected", lost: "gone" } as const;

/** What was corrected, column by column, and rows to look at. */
function changeBlocks(changes: RowChangeFacts | null): (Block | Details)[] {
  if (changes === null || changes.examples.length === 0) return [];
  const { columns, examples } = changes;
  const named = columns.slice(0, mostFiles).map(({ column, rows }) => say`${data(column)} in ${counted(rows, "row")}`);
  const more = columns.length > mostFiles ? ` and ${columns.length - mostFiles} more columns` : "";
  const rows = examples.map(({ kind, path, row, values }) => [
    kindWords[kind],
    say`${data(path)}, row ${row}`,
    joinTexts(
      values.map(({ column, was, is }) =>
        kind === "corrected"
          ? say`${data(column)}: ${valueText(was)} → ${valueText(is)}`
          : say`${data(column)} ${valueText(is)}`,
      ),
      ", ",
    ),
  ]);
  const table = tableOf(["what", "where", "values"], rows);
  const blocks = named.length === 0 ? [table] : [paragraph(say`Corrected: ${joinTexts(named, ", ")}${more}.`), table];
  return [{ kind: "details", summary: say`Rows that changed, for example`, blocks }];
}

const valueText = (value: string | null) => (value === null ? say`missing` : say`${data(value)}`);

function sizeSentence({ rows, files, news, labels }: DataFacts): Text {
  const all = `${counted(rows, "row")} in ${counted(files, "file")}`;
  const total = (count: "added" | "corrected" | "copied") => news.files.reduce((sum, file) => sum + file[count], 0);
  const added = total("added");
  const relabelled = news.changes?.columns.find(({ column }) => labels.includes(column))?.rows ?? 0;
  const isAssumed = news.files.some(({ assumed }) => assumed !== undefined);
  if (added === rows) return say`${all}, all of them new.`;
  const others = [
    [relabelled, "label", "corrected"],
    [total("corrected") - relabelled, relabelled > 0 ? "other row" : "row", "corrected"],
    [news.lost, "row", isAssumed ? "gone at least" : "gone"],
    [total("copied"), "row", "repeated"],
  ] as const;
  const also = others.flatMap(([count, what, word]) => (count === 0 ? [] : [`${counted(count, what)} ${word}`]));
  const rest = also.length === 0 ? "" : `; ${also.join(", ")}`;
  if (added === 0 && isAssumed)
    return say`${all}; it is not known which rows are new since the champion, and none is assumed to be${rest}.`;
  if (added === 0) return say`${all}; no row is new since the champion${rest}.`;
  const where = news.files.filter((file) => file.added > 0);
  const named = where.slice(0, mostFiles).map((file) => say`${data(file.path)} (${file.added})`);
  const more = where.length > mostFiles ? ` and ${where.length - mostFiles} more` : "";
  if (isAssumed)
    return say`${all}; it is not known which rows are new since the champion; ${added} are assumed to be: ${joinTexts(named, ", ")}${more}${rest}.`;
  return say`${all}; ${counted(added, "row")} that are not in the champion's training data: ${joinTexts(named, ", ")}${more}${rest}.`;
}
