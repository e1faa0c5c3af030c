import type { Finding } from "@refit/core/data";

import { inferable, suggestsSql, type InferableType } from "./column-types.ts";
import { fileParts, rowsSql, textSql, type SourceTexts } from "./file-rows.ts";
import type { PlannedColumn } from "./layout.ts";
import type { Session } from "./session.ts";
import { columnsAtOnce, inParts } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { wrongTypes } from "./wrong-types.ts";

/** Values that decide which types are worth counting over all rows, and the fewest rows that they come from. */
const sampleValues = 20_000;
const sampleRows = 100;

/** Types that a column may still turn out to be, the narrowest first. */
type PossibleTypes = ReadonlyMap<PlannedColumn, readonly InferableType[]>;

/**
 * Settles the types of undeclared columns from all rows, and checks that all texts of the others can be read. The
 * files must have been read once (`readRows`).
 */
export async function findTypes(
  session: Session,
  texts: SourceTexts,
  columns: readonly PlannedColumn[],
): Promise<{ columns: TypedColumn[]; findings: Finding[] }> {
  const open = columns.filter(({ type }) => type === null);
  const likely = await likelyTypes(session, texts, open);
  const inferred = await inferTypes(session, texts, likely);
  const typed = columns.map((column) => ({ ...column, type: column.type ?? inferred.get(column) ?? "string" }));
  const inferredNames = new Set(open.map(({ name }) => name));
  return { columns: typed, findings: await wrongTypes(session, texts, typed, inferredNames) };
}

/**
 * Drops the types that some rows speak against already. The rows are the last file's, since columns may begin in a
 * later file. They lie below one another here, so that the conditions are planned once and not for each column.
 */
async function likelyTypes(
  session: Session,
  { heads, missingValues }: SourceTexts,
  columns: readonly PlannedColumn[],
): Promise<PossibleTypes> {
  const likely = new Map<PlannedColumn, readonly InferableType[]>(columns.map((column) => [column, inferable]));
  const last = [...heads.entries()].at(-1);
  if (last === undefined || columns.length === 0) return likely;

  const limit = Math.max(sampleRows, Math.ceil(sampleValues / columns.length));
  const fits = inferable.map((type) => `coalesce(bool_and(${suggestsSql("v", type)}), true)`);
  for (const part of inParts(columns, columnsAtOnce)) {
    const raws = part.map((_, i) => `raw${i}`);
    const sample = `(SELECT unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM (FROM ${rowsSql([last], part)} LIMIT ${limit}))`;
    const rows = await session.rows(
      `SELECT i, ${fits.join(", ")} FROM (SELECT i, ${textSql("raw", missingValues)} AS v FROM ${sample}) WHERE v IS NOT NULL GROUP BY i`,
    );
    for (const [i, ...fit] of rows) {
      const types = inferable.filter((_, k) => fit[k] === true);
      likely.set(part[Number(i)]!, types);
    }
  }
  return likely;
}

/** The narrowest of the types that every text of a column speaks for; nothing for a column without texts. */
async function inferTypes(
  session: Session,
  texts: SourceTexts,
  candidates: PossibleTypes,
): Promise<ReadonlyMap<PlannedColumn, InferableType>> {
  const inferred = new Map<PlannedColumn, InferableType>();
  let open = [...candidates];
  while (open.length > 0) {
    const tested = open.flatMap(([column, [type, ...wider]]) => (type === undefined ? [] : [{ column, type, wider }]));
    const counts = await countFits(session, texts, tested);
    open = [];
    for (const [i, { column, type, wider }] of tested.entries()) {
      const fit = counts[i]!;
      if (fit.texts === 0) continue;
      if (fit.fits === fit.texts) inferred.set(column, type);
      else open.push([column, wider]);
    }
  }
  return inferred;
}

/** For each column: its texts, and how many of them speak for the type. */
async function countFits(
  session: Session,
  { heads, missingValues }: SourceTexts,
  tested: readonly { readonly column: PlannedColumn; readonly type: InferableType }[],
): Promise<{ texts: number; fits: number }[]> {
  const counts: { texts: number; fits: number }[] = [];
  for (const part of inParts(tested, columnsAtOnce)) {
    const values = part.map((_, i) => `${textSql(`raw${i}`, missingValues)} AS v${i}`);
    const sql = part.map(
      ({ type }, i) => `count(v${i}), count(*) FILTER (WHERE v${i} IS NOT NULL AND ${suggestsSql(`v${i}`, type)})`,
    );
    const sums = part.map(() => ({ texts: 0, fits: 0 }));
    for (const files of fileParts(heads)) {
      const relation = rowsSql(
        files,
        part.map(({ column }) => column),
      );
      const [row] = await session.rows(`SELECT ${sql.join(", ")} FROM (SELECT ${values.join(", ")} FROM ${relation})`);
      for (const [i, sum] of sums.entries()) {
        sum.texts += Number(row![2 * i]);
        sum.fits += Number(row![2 * i + 1]);
      }
    }
    counts.push(...sums);
  }
  return counts;
}
