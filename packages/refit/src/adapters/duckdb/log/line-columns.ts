import { literal } from "../sql-text.ts";

/*
 * Lines of a prediction log as rows. Each keeps its text, so that nothing of it is lost, what a later format adds included; beside it are
 * the few columns that are read again and again.
 */

/** What `from_json` looks for; what has another type there is missing. */
const structure = JSON.stringify({
  format: "DOUBLE",
  id: "VARCHAR",
  time: "VARCHAR",
  model: "VARCHAR",
  version: "VARCHAR",
  key: "VARCHAR",
  arm: "VARCHAR",
  prediction: { probabilities: ["DOUBLE"], value: "DOUBLE" },
  other: { version: "VARCHAR", prediction: { probabilities: ["DOUBLE"], value: "DOUBLE" } },
});

/** Columns of a Parquet file of lines, in their order. `answer` and `other_answer`: probabilities of all classes, or one value. */
export const lineColumns = [
  "id64",
  "key64",
  "answered",
  "version",
  "arm",
  "answer",
  "other",
  "other_answer",
  "counts",
  "problem",
  "key",
  "file",
  "line",
] as const;

/** 64 bits that name a text: of ten million texts two are taken for one with a chance of 3 in a million. */
export const nameSql = (text: string) => `md5_number_lower(${text})`;

const millisecondsOfDay = 86_400_000;

/**
 * SQL of the rows of lines: the columns above, and `day`, in days since 1970. Where a version is no tree id, the repository does not have it.
 *
 * @param lines a relation with `line` (JSON; NULL: it is not JSON), `file` and `file_day`.
 * @param model whose they are.
 */
export function rowsOfLines(lines: string, model: string): string {
  const answer = (path: string) => `coalesce(${path}.probabilities, [${path}.value])`;
  const whole = (list: string) =>
    `coalesce(len(${list}) > 0 AND list_count(${list}) = len(${list}) AND isfinite(list_sum(${list})), false)`;
  return (
    `WITH parsed AS (SELECT line, file, file_day, from_json(line, ${literal(structure)}) AS j FROM ${lines}), ` +
    `named AS (SELECT line, file, file_day, j, ${answer("j.prediction")} AS answer, ${answer("j.other.prediction")} AS other_answer, ` +
    // A zone other than Z is not what lines have; without one a time could be anybody's.
    `CASE WHEN ends_with(j.time, 'Z') THEN TRY_CAST(j.time AS TIMESTAMP) END AS time FROM parsed), ` +
    `judged AS (SELECT *, CASE ` +
    `WHEN j.format > 1 THEN 'newer' ` +
    `WHEN j.format IS DISTINCT FROM 1 OR coalesce(j.id, '') = '' OR j.model IS NULL OR NOT coalesce(isfinite(time), false) ` +
    `OR coalesce(length(j.version), 0) NOT IN (40, 64) OR NOT ${whole("answer")} THEN 'damaged' ` +
    `WHEN j.model <> ${literal(model)} THEN 'foreign' END AS problem FROM named) ` +
    `SELECT ${nameSql("j.id")} AS id64, ${nameSql("j.key")} AS key64, epoch_ms(time) AS answered, j.version AS version, ` +
    `CASE WHEN j.arm IN ('champion', 'canary') THEN j.arm END AS arm, answer, ` +
    `CASE WHEN ${whole("other_answer")} THEN j.other.version END AS other, ` +
    `CASE WHEN ${whole("other_answer")} THEN other_answer END AS other_answer, ` +
    `problem IS NULL AS counts, problem, ` +
    `coalesce(CASE WHEN problem IS NULL THEN epoch_ms(time) // ${millisecondsOfDay} END, file_day) AS day, ` +
    `j.key AS key, file, line FROM judged`
  );
}

/** Days since 1970: shorter than its text. */
export const numberOfDay = (day: string) => Date.parse(`${day}T00:00:00Z`) / millisecondsOfDay;
