import type { AnswerGroup, AnswersOfDay, AnswersOfVersion } from "../../../ports/prediction-logs.ts";
import { readNumbers } from "../column-reader.ts";
import { numbersSql } from "../number-sql.ts";
import type { Session } from "../session.ts";
import { literal, literals } from "../sql-text.ts";
import { matchedTable } from "./join-labels.ts";

interface DayRequest {
  readonly day: string;
  readonly localPath: string;
  readonly versions: ReadonlyMap<string, AnswersOfVersion & { readonly texts: readonly string[] }>;
}

/** A version and arm of a day, with the version beside it. */
interface GroupNames {
  readonly version: string;
  readonly arm: AnswerGroup["arm"];
  readonly other: string | null;
}

const table = "refit_day_answers";

/** The answers of a day beside their labels, by version and arm. */
export async function answersOfDay(session: Session, { day, localPath, versions }: DayRequest): Promise<AnswersOfDay> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT a.version, a.arm, a.answer, ${otherSql(versions)} AS other, a.other_answer, ` +
      `m.newest.label AS label, m.newest.known - a.at AS delay FROM read_parquet(${literal(localPath)}) a ` +
      `LEFT JOIN (SELECT * FROM ${matchedTable} WHERE day = ${literal(day)}) m ON m.id64 = a.id64 WHERE a.counts`,
  );
  const names = await session.rows(`SELECT version, arm, other, count(*) FROM ${table} GROUP BY ALL ORDER BY ALL`);
  const groups: AnswerGroup[] = [];
  const odd = { unknownVersion: 0, unfit: 0, unknownClass: 0 };
  for (const [version, arm, other, count] of names) {
    const group = { version, arm, other } as GroupNames;
    const own = versions.get(group.version);
    if (own === undefined) {
      odd.unknownVersion += Number(count);
      continue;
    }
    const read = await readGroup(session, group, own);
    odd.unfit += Number(count) - read.group.labels.length;
    odd.unknownClass += read.unknownClass;
    if (read.group.labels.length > 0) groups.push(read.group);
  }
  await session.run(`DROP TABLE ${table}`);
  return { groups, ...odd };
}

/** The other version, where its answers are of the same kind: else the row is one of a single version. */
function otherSql(versions: DayRequest["versions"]): string {
  const known = [...versions.keys()];
  return known.length === 0 ? "NULL::VARCHAR" : `CASE WHEN a.other IN (${literals(known)}) AND len(a.other_answer) = len(a.answer) THEN a.other END`;
}

async function readGroup(
  session: Session,
  { version, arm, other }: GroupNames,
  { task, classes, texts }: AnswersOfVersion & { readonly texts: readonly string[] },
): Promise<{ readonly group: AnswerGroup; readonly unknownClass: number }> {
  const width = classes?.length ?? 1;
  const isFit = classes === null ? "len(answer) = 1" : `len(answer) = ${width} AND list_min(answer) >= 0 AND list_max(answer) <= 1`;
  const of = (name: string, value: string | null) =>
    value === null ? `${name} IS NULL` : `${name} = ${literal(value)}`;
  const from = `${table} WHERE ${of("version", version)} AND ${of("arm", arm)} AND ${of("other", other)} AND ${isFit}`;
  const code = classes === null ? "TRY_CAST(label AS DOUBLE)" : `list_position([${literals(texts)}], label) - 1`;
  const isLabel = classes === null ? `isfinite(${code})` : `${code} >= 0`;
  const [counted] = await session.rows(
    `SELECT count(*), count(*) FILTER (WHERE label IS NOT NULL AND NOT coalesce(${isLabel}, false)) FROM ${from}`,
  );
  const [rows, unknownClass] = counted!.map(Number) as [number, number];
  // Of two classes the probability of the second says all.
  const places = task === "binary" ? [2] : Array.from({ length: width }, (_, i) => i + 1);
  const lists = other === null ? ["answer"] : ["answer", "other_answer"];
  const numbers = lists.flatMap((list) => places.map((place) => `${list}[${place}]`));
  const sql = numbersSql([...numbers, `CASE WHEN ${isLabel} THEN ${code} END::DOUBLE`, `CASE WHEN ${isLabel} THEN delay END::DOUBLE`], from);
  const columns = await readNumbers(session, { sql, rows, columns: numbers.length + 2 });
  const group: AnswerGroup = {
    version,
    arm,
    other,
    answers: byRow(columns.slice(0, places.length), rows),
    otherAnswers: other === null ? null : byRow(columns.slice(places.length, 2 * places.length), rows),
    labels: columns.at(-2)!,
    delays: columns.at(-1)!,
  };
  return { group, unknownClass };
}

/** [rows × columns] of columns. */
function byRow(columns: readonly Float64Array[], rows: number): Float64Array {
  if (columns.length === 1) return columns[0]!;
  const values = new Float64Array(rows * columns.length);
  for (const [i, column] of columns.entries()) {
    for (let row = 0; row < rows; row++) values[row * columns.length + i] = column[row]!;
  }
  return values;
}
