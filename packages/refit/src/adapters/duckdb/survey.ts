import type { ColumnText, SurveyedSource } from "../../ports/surveys.ts";
import type { OpenRequest } from "../../ports/tables.ts";
import type { FileHead } from "./file-head.ts";
import { fileParts, rowsSql } from "./file-rows.ts";
import { findTypes } from "./find-types.ts";
import { layColumns, type PlannedColumn } from "./layout.ts";
import { readSourceFiles } from "./read-source-files.ts";
import { linesOfRows } from "./row-lines.ts";
import type { Session } from "./session.ts";
import { columnsAtOnce, inParts, literal, literals } from "./sql-text.ts";

/** Different texts of a column that are looked at: enough to tell how it is written, and few enough to hold. */
const mostTexts = 20_000;

/** What numbers are written in, whatever the country; a text of other letters is looked at first. */
const likeNumbers = String.raw`[\s0-9.,+\-eE%'\p{Sc}]*[0-9][\s0-9.,+\-eE%'\p{Sc}]*`;

/** Opens files to look at their texts. Its session stays unlocked, since no SQL of a person runs in it. */
export async function surveySource(session: Session, request: OpenRequest): Promise<SurveyedSource> {
  const { heads, rowsByFile, findings } = await readSourceFiles(session, request);
  const layout = layColumns(heads, request.manifest, request.knownTypes);
  const problems = [...findings, ...layout.findings];
  const refused = problems.some(({ severity }) => severity === "error");
  const { missingValues } = request.manifest.schema;
  const rows = [...rowsByFile.values()].reduce((sum, count) => sum + count, 0);
  const typed = refused
    ? { columns: [], findings: [] }
    : await findTypes(session, { heads, missingValues, rows }, layout.columns);
  const named = new Map(typed.columns.map((column) => [column.name, column]));
  return {
    columns: typed.columns.map(({ name, type }) => ({ name, type })),
    rowsByFile,
    findings: [...problems, ...typed.findings],
    delimiter: heads[0]?.delimiter ?? "",
    texts: (columns, among) =>
      columnTexts(
        session,
        heads,
        columns.map((name) => named.get(name)!),
        among,
      ),
    row: (file, number) => rowTexts(session, heads, typed.columns, { file, number }),
    close: () => session.close(),
  };
}

async function columnTexts(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly PlannedColumn[],
  among: readonly string[] | null,
): Promise<ReadonlyMap<string, readonly ColumnText[]>> {
  const found = new Map(columns.map(({ name }) => [name, new Map<string, ColumnText>()]));
  for (const part of inParts(columns, columnsAtOnce)) {
    const raws = part.map((_, i) => `raw${i}`);
    const condition = among === null ? "raw IS NOT NULL" : `trim(raw) IN (${literals(among)})`;
    for (const files of fileParts(heads)) {
      const below = `SELECT file, number, unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${rowsSql(files, part)}`;
      const rows = await session.rows(
        `SELECT i, raw, count(*), min({'file': file, 'number': number}) AS first FROM (${below}) WHERE ${condition} GROUP BY i, raw ` +
          `QUALIFY row_number() OVER (PARTITION BY i ORDER BY regexp_full_match(raw, ${literal(likeNumbers)}), first) <= ${mostTexts} ` +
          `ORDER BY i, regexp_full_match(raw, ${literal(likeNumbers)}), first`,
      );
      for (const [i, raw, count, first] of rows) {
        const texts = found.get(part[Number(i)]!.name)!;
        const text = String(raw);
        const { file, number } = first as { file: number; number: bigint };
        const before = texts.get(text);
        const place = before ?? { file: heads[file]!.path, row: Number(number) };
        texts.set(text, { text, count: Number(count) + (before?.count ?? 0), file: place.file, row: place.row });
      }
    }
  }
  return new Map([...found].map(([name, texts]) => [name, [...texts.values()]]));
}

async function rowTexts(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly PlannedColumn[],
  { file, number }: { readonly file: string; readonly number: number },
): Promise<{ line: number | null; texts: ReadonlyMap<string, string | null> }> {
  const index = heads.findIndex((head) => head.path === file);
  const head = heads[index]!;
  const [row] = await session.rows(
    `SELECT * EXCLUDE (file, number) FROM ${rowsSql([[index, head]], columns)} WHERE number = ${number}`,
  );
  const texts = columns.map(({ name }, i) => [name, row![i] === null ? null : String(row![i])] as const);
  return { line: (await linesOfRows(head, [number])).get(number) ?? null, texts: new Map(texts) };
}
