import type { DayOfLines, JoinedDay, JoinedLog, JoinRequest, LabelCounts } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { literals } from "../sql-text.ts";
import { numberOfDay } from "./line-columns.ts";
import { answersOfDay, matchedTable, withTexts } from "./answers-of-day.ts";

const millisecondsOfDay = 86_400_000;

/** Finds the label of each answer. Nothing here depends on the order of rows: what could be either is decided by values. */
export async function joinLabels(session: Session, request: JoinRequest): Promise<JoinedLog> {
  const { days, labels, byKey, fresh, versions } = request;
  await layLabels(session, "refit_labels", labels);
  await layAnswers(session, "refit_answers", days);
  const found = await pairsOf(session, request);
  // The newest label counts; of equally new ones the greatest text.
  await session.run(
    `CREATE TEMP TABLE ${matchedTable} AS SELECT day, id64, max({known: known, label: label}) AS newest, ` +
      "count(*) AS labels, min(label) <> max(label) AS conflicts FROM refit_pairs WHERE known >= answered GROUP BY day, id64",
  );
  const { unmatched, early } = found;
  const joined = fresh === null || byKey ? days : days.filter(({ day }) => found.days.has(numberOfDay(day)));
  const pathOf = new Map(joined.map(({ day, localPath }) => [day, localPath]));
  return {
    counts: {
      ...(await countLabels(session, fresh === null ? labels : fresh.labels)),
      ...(await countRepeated(session)),
      unmatched,
      early,
    },
    days: await joinedDays(session, joined),
    answersOf: (day) =>
      answersOfDay(session, { number: numberOfDay(day), localPath: pathOf.get(day)!, versions: withTexts(versions) }),
  };
}

/** A label for each thing that it may be about. */
async function layLabels(session: Session, table: string, files: readonly string[]): Promise<void> {
  const rows =
    files.length === 0
      ? "SELECT NULL::UBIGINT[] AS names, NULL::BIGINT AS known, NULL::VARCHAR AS label LIMIT 0"
      : `SELECT names, known, label FROM read_parquet([${literals(files)}])`;
  await session.run(
    `CREATE TEMP TABLE ${table} AS SELECT number, about, known, label FROM ` +
      `(SELECT row_number() OVER () AS number, known, label, unnest(names) AS about FROM (${rows})) ` +
      "WHERE about IS NOT NULL AND known IS NOT NULL AND label IS NOT NULL",
  );
}

/** Answers that count, a few columns of them. */
async function layAnswers(session: Session, view: string, days: readonly DayOfLines[]): Promise<void> {
  const rows =
    days.length === 0
      ? "SELECT NULL::UBIGINT AS id64, NULL::UBIGINT AS key64, NULL::BIGINT AS answered, true AS counts LIMIT 0"
      : `SELECT id64, key64, answered, counts FROM read_parquet([${literals(days.map(({ localPath }) => localPath))}])`;
  await session.run(
    `CREATE OR REPLACE TEMP VIEW ${view} AS SELECT answered // ${millisecondsOfDay} AS day, id64, key64, answered FROM (${rows}) WHERE counts`,
  );
}

interface FoundPairs {
  /** Days with answers that are new, or that a new label is about. */
  readonly days: ReadonlySet<number>;
  readonly unmatched: number;
  readonly early: number;
}

/** Lays each label beside the answers that it is about. */
async function pairsOf(session: Session, { days, byKey, fresh }: JoinRequest): Promise<FoundPairs> {
  if (byKey) {
    await session.run(`CREATE TEMP TABLE refit_pairs AS ${newestBefore}`);
    return { days: new Set(), ...(await countUnfound(session, "refit_labels", "refit_pairs", true)) };
  }
  if (fresh === null) {
    await session.run(`CREATE TEMP TABLE refit_pairs AS ${ofTheId("refit_labels", "refit_answers")}`);
    return { days: new Set(), ...(await countUnfound(session, "refit_labels", "refit_pairs", false)) };
  }
  await layLabels(session, "refit_new_labels", fresh.labels);
  await session.run(`CREATE TEMP TABLE refit_new_pairs AS ${ofTheId("refit_new_labels", "refit_answers")}`);
  const hit = await session.rows("SELECT DISTINCT day FROM refit_new_pairs");
  const changed = new Set([...hit.map(([day]) => Number(day)), ...[...fresh.days].map(numberOfDay)]);
  await layAnswers(
    session,
    "refit_changed_answers",
    days.filter(({ day }) => changed.has(numberOfDay(day))),
  );
  await session.run(`CREATE TEMP TABLE refit_pairs AS ${ofTheId("refit_labels", "refit_changed_answers")}`);
  return { days: changed, ...(await countUnfound(session, "refit_new_labels", "refit_new_pairs", false)) };
}

const ofTheId = (labels: string, answers: string) =>
  `SELECT l.number, l.known, l.label, a.day, a.id64, a.answered FROM ${answers} a JOIN ${labels} l ON a.id64 = l.about`;

/** Of a key's answers at one instant the one with the least id stands for all. A log may have a key in both forms: the newest answer of either counts. */
const newestBefore =
  "SELECT l.number, l.known, l.label, a.day, a.id64, a.answered FROM refit_labels l ASOF JOIN " +
  "(SELECT key64, answered, min(id64) AS id64, min(day) AS day FROM refit_answers " +
  "WHERE key64 IN (SELECT about FROM refit_labels) GROUP BY key64, answered) a ON a.key64 = l.about AND l.known >= a.answered " +
  "QUALIFY row_number() OVER (PARTITION BY l.number ORDER BY a.answered DESC, a.id64) = 1";

/** Labels about no answer, and labels about answers that came later. */
async function countUnfound(
  session: Session,
  labels: string,
  pairs: string,
  byKey: boolean,
): Promise<Pick<LabelCounts, "unmatched" | "early">> {
  const [row] = await session.rows(
    `SELECT (SELECT count(DISTINCT number) FROM ${labels}), count(DISTINCT number), count(DISTINCT number) FILTER (WHERE known < answered) FROM ${pairs}`,
  );
  const [all, found, before] = row!.map(Number) as [number, number, number];
  const early = byKey ? await earlyOfKeys(session) : before;
  return { early, unmatched: byKey ? all - found - early : all - found };
}

/** Labels of keys that have answers, all of them later. */
async function earlyOfKeys(session: Session): Promise<number> {
  const [row] = await session.rows(
    "SELECT count(DISTINCT number) FROM refit_labels WHERE about IN (SELECT key64 FROM refit_answers) AND number NOT IN (SELECT number FROM refit_pairs)",
  );
  return Number(row![0]);
}

async function countRepeated(session: Session): Promise<Pick<LabelCounts, "duplicates" | "conflicts">> {
  const [row] = await session.rows(
    `SELECT coalesce(sum(labels - 1), 0)::BIGINT, count(*) FILTER (WHERE conflicts) FROM ${matchedTable}`,
  );
  const [duplicates, conflicts] = row!.map(Number) as [number, number];
  return { duplicates, conflicts };
}

async function countLabels(session: Session, files: readonly string[]): Promise<Pick<LabelCounts, "labels" | "empty">> {
  if (files.length === 0) return { labels: 0, empty: 0 };
  const [row] = await session.rows(
    "SELECT count(*), count(*) FILTER (WHERE known IS NULL OR label IS NULL OR list_count(names) = 0) " +
      `FROM read_parquet([${literals(files)}])`,
  );
  const [labels, empty] = row!.map(Number) as [number, number];
  return { labels, empty };
}

async function joinedDays(session: Session, days: readonly DayOfLines[]): Promise<readonly JoinedDay[]> {
  await layAnswers(session, "refit_changed_answers", days);
  const counted = await session.rows("SELECT day, count(*) FROM refit_changed_answers GROUP BY day");
  const answers = new Map(counted.map(([day, rows]) => [Number(day), Number(rows)]));
  const found = await session.rows(
    `SELECT day, count(*), bit_xor(hash(id64, newest.known, newest.label))::VARCHAR FROM ${matchedTable} GROUP BY day`,
  );
  const labelled = new Map(
    found.map(([day, rows, digest]) => [Number(day), { rows: Number(rows), digest: digest as string }]),
  );
  return days.map(({ day }) => ({
    day,
    answers: answers.get(numberOfDay(day)) ?? 0,
    labelled: labelled.get(numberOfDay(day))?.rows ?? 0,
    digest: labelled.get(numberOfDay(day))?.digest ?? "",
  }));
}
