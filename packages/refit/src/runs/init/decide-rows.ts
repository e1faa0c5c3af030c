import { quoted } from "@refit/core/errors";
import { oneSpelling, prepareText, sqlName, type Cleaning } from "./clean-rows.ts";
import type { InspectRequest } from "./data-files.ts";
import type { DeclaredColumn } from "./declared-column.ts";
import type { DataNote } from "./data-note.ts";
import { declareColumns, type Declaration, type SeenColumn } from "./declare-columns.ts";
import type { ColumnFiles } from "./file-column.ts";
import { footerCleaning, footerRow, readFooter, withoutFooter } from "./footer-rows.ts";
import { isMissingWord } from "./missing-words.ts";
import { namedColumn } from "./named-column.ts";
import { notADate, readTime, timeProblem } from "./time-column.ts";
import type { ColumnText, SurveyedSource } from "../../ports/surveys.ts";

/** How the rows are to be read and prepared. */
export interface DecidedRows extends Omit<Declaration, "notes"> {
  readonly target: string;
  readonly time: string | null;
  /** A row that sums up others; `null`: none. */
  readonly footer: {
    readonly condition: string;
    /** Rows that it stands for, one in each file. */
    readonly rows: number;
    readonly note: DataNote;
    /** The sentence where the condition would take other rows along. */
    readonly doubt: DataNote;
  } | null;
  /** The SQL of `prepare` with one more condition. */
  readonly prepareWithout: (condition: string | null) => string | null;
  readonly notes: readonly DataNote[];
  /** Lines of the places in `notes`, by file and row. */
  readonly lines: ReadonlyMap<string, number | null>;
  readonly fileCount: number;
}

/** What a first look has shown. */
export interface FirstLook {
  readonly columns: readonly SeenColumn[];
  /** Where texts lead to files, by the name of their column in the file. */
  readonly files: ReadonlyMap<string, ColumnFiles>;
}

/** Decides from texts, and from what they lead to. @throws UsageError for a target or a time that cannot be one */
export async function decideRows(
  survey: SurveyedSource,
  { columns: all, files }: FirstLook,
  request: Pick<InspectRequest, "target" | "time" | "timeFormat">,
): Promise<DecidedRows> {
  const footer = await footerRow(survey, all);
  const seen = withoutFooter(all, footer);
  const declared = declareColumns(seen, survey.delimiter, files);
  const names = declared.columns.map(({ name, from }) => ({ name, from: from ?? name }));
  const known = [...names, ...declared.empty.map((name) => ({ name, from: name }))];
  const target = namedColumn(known, "--target", request.target);
  const time = request.time === null ? null : namedColumn(known, "--time", request.time);
  const timed = time === null ? null : await timeOf(survey, declared, time, request.timeFormat);
  const columns = readFooter(
    declared.columns.map((column) => (timed !== null && column.name === time ? timed.declared : column)),
    declared.missingValues,
    footer,
  );
  const spelled = spellings(seen, columns, target);
  const cleaning: Cleaning = {
    replaced: [
      ...spelled.replaced.filter(({ column }) => !timed?.sql || column !== time),
      ...(timed?.sql ? [{ column: time!, sql: timed.sql }] : []),
    ],
    conditions: timed !== null && timed.missing > 0 ? [`${sqlName(time!)} IS NOT NULL`] : [],
  };
  const summed = footer && footerCleaning(footer, columns);
  const doubt = {
    what: summed?.note.what ?? "",
    at: footer?.word ?? null,
    advice: "If it sums up the others, remove it.",
  };
  const own = declared.notes.filter(({ what }) => what !== timed?.note?.what);
  const notes = [...own, ...spelled.notes, ...(timed?.notes ?? [])];
  const places = [...notes, ...(summed === null ? [] : [summed.note])].flatMap(({ at }) => (at === null ? [] : [at]));
  const lines = new Map<string, number | null>();
  for (const at of places) lines.set(placeKey(at), (await survey.row(at.file, at.row)).line);
  return {
    ...declared,
    columns,
    target,
    time,
    footer: footer && summed && { ...summed, rows: footer.word.count, doubt },
    prepareWithout: (condition) =>
      prepareText({ ...cleaning, conditions: [...(condition === null ? [] : [condition]), ...cleaning.conditions] }),
    notes,
    lines,
    fileCount: survey.rowsByFile.size,
  };
}

export function placeKey({ file, row }: Pick<ColumnText, "file" | "row">): string {
  return `${row} ${file}`;
}

/** The time as dates. @throws UsageError */
async function timeOf(survey: SurveyedSource, declared: Declaration, time: string, format: string | null) {
  const column = declared.columns.find(({ name }) => name === time);
  const raw = column?.from ?? time;
  const texts = (await survey.texts([raw], null)).get(raw)!;
  const reading = column === undefined ? null : readTime(column, texts, format);
  if (reading === null) {
    const dates = declared.columns.filter(({ type }) => type === "date" || type === "datetime").map(({ name }) => name);
    const culprit = notADate(texts);
    const { line } = await survey.row(culprit.file, culprit.row);
    throw timeProblem(time, texts, dates, line === null ? "" : `, first in line ${line}`);
  }
  const own = reading.declared.missingValues ?? declared.missingValues;
  const missing = texts.filter(({ text }) => own.includes(text)).reduce((sum, { count }) => sum + count, 0);
  const rows = missing === 1 ? "1 row has" : `${missing} rows have`;
  const notes: DataNote[] = [
    ...(reading.note === null ? [] : [reading.note]),
    ...(missing === 0
      ? []
      : [
          {
            what: `${rows} no value in ${quoted(time)}`,
            at: texts.find(({ text }) => own.includes(text)) ?? null,
            advice: "`prepare` leaves such rows out, since they are neither older nor newer than others.",
          },
        ]),
  ];
  return { ...reading, missing, notes };
}

/** Texts of one column that differ in what nobody sees. */
function spellings(seen: readonly SeenColumn[], columns: readonly DeclaredColumn[], target: string) {
  const found = columns.flatMap(({ name, from, type }) => {
    if (type !== "string") return [];
    const texts = seen
      .find((column) => column.name === (from ?? name))!
      .texts.filter(({ text }) => !isMissingWord(text));
    const one = oneSpelling(name, texts, name === target);
    return one === null ? [] : [{ column: name, ...one }];
  });
  return {
    replaced: found.map(({ column, sql }) => ({ column, sql })),
    notes: found.map(({ note }) => note),
  };
}
