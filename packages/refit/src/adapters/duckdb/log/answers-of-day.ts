import type { ArmRows } from "@refit/core/production";
import type { AnswersOfDay, AnswersOfVersion } from "../../../ports/prediction-logs.ts";
import { readNumbers } from "../column-reader.ts";
import { numbersSql } from "../number-sql.ts";
import type { Session } from "../session.ts";
import { literal, literals } from "../sql-text.ts";

interface DayRequest {
  /** Days since 1970. */
  readonly number: number;
  readonly localPath: string;
  readonly versions: ReadonlyMap<string, VersionTexts>;
}

/** A version, with its classes as labels have them. */
interface VersionTexts extends AnswersOfVersion {
  readonly texts: readonly string[];
}

/** What `String` makes of each class is how labels have it. */
export function withTexts(versions: ReadonlyMap<string, AnswersOfVersion>): ReadonlyMap<string, VersionTexts> {
  return new Map(
    [...versions].map(([treeId, version]) => [treeId, { ...version, texts: (version.classes ?? []).map(String) }]),
  );
}

/** A version and arm of a day, with the version beside it. */
interface ArmNames {
  readonly version: string;
  readonly arm: ArmRows["arm"];
  readonly other: string | null;
}

/** The label of each answer that has one. */
export const matchedTable = "refit_matched";

const table = "refit_day_answers";

/** The answers of a day beside their labels, by version and arm. */
export async function answersOfDay(
  session: Session,
  { number, localPath, versions }: DayRequest,
): Promise<AnswersOfDay> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT a.version, a.arm, a.answer, ${otherSql(versions)} AS other, a.other_answer, ` +
      `m.newest.label AS label, m.newest.known - a.answered AS delay FROM read_parquet(${literal(localPath)}) a ` +
      `LEFT JOIN (SELECT * FROM ${matchedTable} WHERE day = ${number}) m ON m.id64 = a.id64 WHERE a.counts`,
  );
  const found = await session.rows(`SELECT version, arm, other, count(*) FROM ${table} GROUP BY ALL ORDER BY ALL`);
  const arms: ArmRows[] = [];
  const odd = { unknownVersion: 0, unfit: 0, unknownClass: 0 };
  for (const [version, arm, other, count] of found) {
    const names = { version, arm, other } as ArmNames;
    const own = versions.get(names.version);
    if (own === undefined) {
      odd.unknownVersion += Number(count);
      continue;
    }
    const read = await readArm(session, names, own);
    odd.unfit += Number(count) - read.rows.labels.length;
    odd.unknownClass += read.unknownClass;
    if (read.rows.labels.length > 0) arms.push(read.rows);
  }
  await session.run(`DROP TABLE ${table}`);
  return { arms, ...odd };
}

/** The other version, where both answer alike, class by class: else the row is one of a single version. */
function otherSql(versions: DayRequest["versions"]): string {
  const alike = [...versions].flatMap(([version, own]) =>
    [...versions].flatMap(([other, its]) =>
      other !== version && JSON.stringify(own.classes) === JSON.stringify(its.classes)
        ? [`(a.version = ${literal(version)} AND a.other = ${literal(other)} AND ${fitSql("a.other_answer", its)})`]
        : [],
    ),
  );
  return alike.length === 0 ? "NULL::VARCHAR" : `CASE WHEN ${alike.join(" OR ")} THEN a.other END`;
}

/** Whether an answer can be one of the version's. */
function fitSql(answer: string, { classes }: AnswersOfVersion): string {
  if (classes === null) return `len(${answer}) = 1`;
  return `(len(${answer}) = ${classes.length} AND list_min(${answer}) >= 0 AND list_max(${answer}) <= 1)`;
}

async function readArm(
  session: Session,
  { version, arm, other }: ArmNames,
  own: VersionTexts,
): Promise<{ readonly rows: ArmRows; readonly unknownClass: number }> {
  const { task, classes, texts } = own;
  const width = classes?.length ?? 1;
  const of = (name: string, value: string | null) =>
    value === null ? `${name} IS NULL` : `${name} = ${literal(value)}`;
  const from = `${table} WHERE ${of("version", version)} AND ${of("arm", arm)} AND ${of("other", other)} AND ${fitSql("answer", own)}`;
  const code =
    classes === null ? "TRY_CAST(label AS DOUBLE)" : `coalesce(list_position([${literals(texts)}], label), 0) - 1`;
  const isKnown = classes === null ? `coalesce(isfinite(${code}), false)` : `${code} >= 0`;
  // A new class of many is a label that no answer meets; a third value of two is another question.
  const isLabel = task === "multiclass" ? "label IS NOT NULL" : `label IS NOT NULL AND ${isKnown}`;
  const [counted] = await session.rows(
    `SELECT count(*), count(*) FILTER (WHERE label IS NOT NULL AND NOT ${isKnown}) FROM ${from}`,
  );
  const [count, unknownClass] = counted!.map(Number) as [number, number];
  // Of two classes the probability of the second says all.
  const places = task === "binary" ? [2] : Array.from({ length: width }, (_, i) => i + 1);
  const lists = other === null ? ["answer"] : ["answer", "other_answer"];
  const numbers = lists.flatMap((list) => places.map((place) => `${list}[${place}]`));
  const sql = numbersSql(
    [
      ...numbers,
      `CASE WHEN ${isLabel} THEN ${code} END::DOUBLE`,
      `CASE WHEN ${isLabel} THEN delay END::DOUBLE / 86400000`,
    ],
    from,
  );
  const columns = await readNumbers(session, { sql, rows: count, columns: numbers.length + 2 });
  const rows: ArmRows = {
    version,
    arm,
    other,
    answers: byRow(columns.slice(0, places.length), count),
    otherAnswers: other === null ? null : byRow(columns.slice(places.length, 2 * places.length), count),
    labels: columns.at(-2)!,
    delays: columns.at(-1)!,
  };
  return { rows, unknownClass };
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
