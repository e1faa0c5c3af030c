import type {
  AnswersOfVersion,
  DayOfLines,
  JoinedDay,
  JoinedLog,
  JoinRequest,
  LabelCounts,
} from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { literals } from "../sql-text.ts";
import { answersOfDay } from "./answers-of-day.ts";
import { labelsTable, loadLabels } from "./load-labels.ts";

/** The label of each answer that has one. */
export const matchedTable = "refit_matched";

/** Finds the label of each answer. Nothing here depends on the order of rows: what could be either is decided by values. */
export async function joinLabels(session: Session, { days, labels, versions }: JoinRequest): Promise<JoinedLog> {
  const { rows, empty } = await loadLabels(session, labels);
  await session.run(`CREATE OR REPLACE TEMP VIEW refit_answers AS ${answersSql(days)}`);
  const byKey = labels.some(({ about }) => "key" in about);
  await session.run(`CREATE TEMP TABLE refit_pairs AS ${byKey ? newestBefore : ofTheId}`);
  // The newest label counts; of equally new ones the greatest text.
  await session.run(
    `CREATE TEMP TABLE ${matchedTable} AS SELECT day, id64, max(answered) AS answered, max({known: known, label: label}) AS newest, ` +
      "count(*) AS labels, min(label) <> max(label) AS conflicts FROM refit_pairs WHERE known >= answered GROUP BY day, id64",
  );
  const counts = await countLabels(session, byKey);
  const pathOf = new Map(days.map(({ day, localPath }) => [day, localPath]));
  return {
    counts: { labels: rows, empty, ...counts },
    days: await joinedDays(session, days),
    answersOf: (day) => answersOfDay(session, { day, localPath: pathOf.get(day)!, versions: withCodes(versions) }),
  };
}

/** Answers that count, a few columns of them. */
function answersSql(days: readonly DayOfLines[]): string {
  if (days.length === 0)
    return "SELECT NULL::VARCHAR AS day, NULL::UBIGINT AS id64, NULL::UBIGINT AS key64, NULL::BIGINT AS answered LIMIT 0";
  return `SELECT day, id64, key64, answered FROM read_parquet([${literals(days.map(({ localPath }) => localPath))}]) WHERE counts`;
}

const ofTheId = `SELECT l.number, l.known, l.label, a.day, a.id64, a.answered FROM ${labelsTable} l JOIN refit_answers a ON a.id64 = l.about`;

/** Of a key's answers at one instant the one with the least id stands for all. */
const newestBefore =
  `SELECT l.number, l.known, l.label, a.day, a.id64, a.answered FROM ${labelsTable} l ASOF JOIN ` +
  "(SELECT key64, answered, min(id64) AS id64, min(day) AS day FROM refit_answers " +
  `WHERE key64 IN (SELECT about FROM ${labelsTable}) GROUP BY key64, answered) a ON a.key64 = l.about AND l.known >= a.answered ` +
  // A log may have a key in both forms: the label is about the newest answer of either.
  "QUALIFY row_number() OVER (PARTITION BY l.number ORDER BY a.answered DESC, a.id64) = 1";

async function countLabels(session: Session, byKey: boolean): Promise<Omit<LabelCounts, "labels" | "empty">> {
  const [one] = await session.rows(
    `SELECT coalesce(sum(labels - 1), 0)::BIGINT, count(*) FILTER (WHERE conflicts) FROM ${matchedTable}`,
  );
  const [paired] = await session.rows(
    "SELECT count(DISTINCT number), count(DISTINCT number) FILTER (WHERE known < answered) FROM refit_pairs",
  );
  const [all] = await session.rows(`SELECT count(DISTINCT number) FROM ${labelsTable}`);
  const [repeated, conflicts] = one!.map(Number) as [number, number];
  const [found, before] = paired!.map(Number) as [number, number];
  const early = byKey ? await earlyOfKeys(session) : before;
  const without = Number(all![0]) - found;
  return {
    duplicates: repeated,
    conflicts,
    early,
    unmatched: byKey ? without - early : without,
  };
}

/** Labels of keys that have answers, all of them later. */
async function earlyOfKeys(session: Session): Promise<number> {
  const [row] = await session.rows(
    `SELECT count(DISTINCT number) FROM ${labelsTable} WHERE about IN (SELECT key64 FROM refit_answers) AND number NOT IN (SELECT number FROM refit_pairs)`,
  );
  return Number(row![0]);
}

async function joinedDays(session: Session, days: readonly DayOfLines[]): Promise<readonly JoinedDay[]> {
  const answers = new Map(
    (await session.rows("SELECT day, count(*) FROM refit_answers GROUP BY day")).map(([day, rows]) => [
      day as string,
      Number(rows),
    ]),
  );
  const labelled = new Map(
    (
      await session.rows(
        `SELECT day, count(*), bit_xor(hash(id64, newest.known, newest.label))::VARCHAR FROM ${matchedTable} GROUP BY day`,
      )
    ).map(([day, rows, digest]) => [day as string, { rows: Number(rows), digest: digest as string }]),
  );
  return days.map(({ day }) => ({
    day,
    answers: answers.get(day) ?? 0,
    labelled: labelled.get(day)?.rows ?? 0,
    digest: labelled.get(day)?.digest ?? "",
  }));
}

/** What `String` makes of each class is how labels have it. */
function withCodes(
  versions: JoinRequest["versions"],
): ReadonlyMap<string, AnswersOfVersion & { readonly texts: readonly string[] }> {
  return new Map(
    [...versions].map(([treeId, version]) => [treeId, { ...version, texts: (version.classes ?? []).map(String) }]),
  );
}
