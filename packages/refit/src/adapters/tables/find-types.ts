import type { Finding } from "@refit/core";

import { inferable, suggestsSql, type InferableType } from "./column-types.ts";
import type { FileHead } from "./file-head.ts";
import type { PlannedColumn } from "./layout.ts";
import type { Session } from "./session.ts";
import { inParts } from "./sql-text.ts";
import { textSql, type TypedColumn } from "./typed-column.ts";
import { wrongTypes } from "./wrong-types.ts";

/** Rows that decide which types are worth counting over all rows. */
const sampleRows = 1000;

/**
 * Settles the types of undeclared columns from all rows, and checks that all texts of the others can be read.. The
 * files must have been read once (`checkRows`).
 */
export async function findTypes(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly PlannedColumn[],
  missingValues: readonly string[],
): Promise<{ columns: TypedColumn[]; findings: Finding[] }> {
  const open = columns.filter(({ type }) => type === null);
  const sampled = await fittingTypes(
    session,
    heads,
    new Map(open.map((column) => [column, inferable])),
    missingValues,
    sampleRows,
  );
  const fitting = await fittingTypes(session, heads, sampled, missingValues, null);
  const typed = columns.map((column) => ({ ...column, type: column.type ?? fitting.get(column)?.[0] ?? "string" }));

  const findings: Finding[] = [];
  for (const file of heads.keys()) {
    findings.push(...(await wrongTypes(session, heads[file]!, file, typed, missingValues)));
  }
  return { columns: typed, findings };
}

/** Of the types in question, those that every text of the column speaks for; none for a column without texts. */
async function fittingTypes(
  session: Session,
  heads: readonly FileHead[],
  candidates: ReadonlyMap<PlannedColumn, readonly InferableType[]>,
  missingValues: readonly string[],
  limit: number | null,
): Promise<Map<PlannedColumn, readonly InferableType[]>> {
  const texts = new Map([...candidates.keys()].map((column) => [column, 0]));
  const fits = new Map([...candidates].map(([column, types]) => [column, types.map(() => 0)]));
  for (const [file, head] of heads.entries()) {
    const here = [...candidates].filter(([column, types]) => types.length > 0 && column.positions[file]! >= 0);
    for (const part of inParts(here, limit === null ? 100 : 20)) {
      const counts = part.flatMap(([, types], i) => [
        `count(v${i})`,
        ...types.map((type) => `count(*) FILTER (WHERE v${i} IS NOT NULL AND ${suggestsSql(`v${i}`, type)})`),
      ]);
      const values = part.map(([column], i) => `${textSql(column, file, missingValues)} AS v${i}`);
      const source = `(SELECT ${values.join(", ")} FROM ${head.relation}${limit === null ? "" : ` LIMIT ${limit}`})`;
      const [row] = await session.rows(`SELECT ${counts.join(", ")} FROM ${source}`);
      let next = 0;
      for (const [column, types] of part) {
        texts.set(column, texts.get(column)! + Number(row![next++]));
        for (const i of types.keys()) fits.get(column)![i]! += Number(row![next++]);
      }
    }
  }
  return new Map(
    [...candidates].map(([column, types]) => {
      const all = texts.get(column)!;
      const unseen = all === 0 && limit !== null;
      return [column, types.filter((_, i) => unseen || (all > 0 && fits.get(column)![i] === all))];
    }),
  );
}
