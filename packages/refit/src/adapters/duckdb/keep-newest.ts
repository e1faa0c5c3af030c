import type { RepeatedKeys } from "../../ports/tables.ts";
import { fileColumn, numberColumn, rowColumn, sourceTable } from "./load.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";

/** Rows that are not read, since a newer one has their key. */
const olderTable = "refit_older";
/** A key that repeats, with other values, in more of the rows of a file does not identify them. */
const mostKeyRepeats = 0.01;

/** Sessions whose `source` leaves rows out. */
const reduced = new WeakSet<Session>();

/** Lets `source` have all rows again, where an earlier preparation left some out. */
export async function readAllRows(session: Session): Promise<void> {
  if (!reduced.has(session)) return;
  await session.run(`${layRows(allRows)}; DROP TABLE ${olderTable}`);
  reduced.delete(session);
}

const allRows = `SELECT * EXCLUDE (${fileColumn}, ${numberColumn}) FROM ${sourceTable}`;
const newestRows = `${allRows} ANTI JOIN ${olderTable} USING (${fileColumn}, ${numberColumn})`;
const layRows = (rows: string) => `CREATE OR REPLACE VIEW source AS ${rows}`;

/** SQL of the rows that `source` has now. */
export const presentRows = (session: Session) => (reduced.has(session) ? newestRows : allRows);

/** Corrections that are more than this share of the keys are further rows of whatever the key names, such as a month each. */
const mostCorrected = 0.5;

/**
 * Of the rows with one key, and one time where the source has it, `source` keeps the newest by file and place in it. Rows without
 * a key stay, and so do rows of other times, which the guard against overlap finds. Where a key repeats within files, or
 * nearly everywhere, it does not identify rows, and all stay.
 *
 * @param key columns of the source. @param time column of the source; `null`: there is none.
 * @returns `null`: no row is left out.
 */
export async function keepNewestRows(
  session: Session,
  key: readonly string[],
  time: string | null,
): Promise<RepeatedKeys | null> {
  const names = [...key, ...(time === null ? [] : [time])].map((name) => identifier(name)).join(", ");
  const hasKey = key.map((name) => `${identifier(name)} IS NOT NULL`).join(" AND ");
  const repeats = (more: string) =>
    `(SELECT ${[names, ...(more === "" ? [] : [more])].join(", ")}, count(*) AS n, count(DISTINCT ${rowColumn}) AS kinds FROM ${sourceTable} ` +
    `WHERE ${hasKey} GROUP BY ALL HAVING count(*) > 1)`;
  const [counted] = await session.rows(`SELECT sum(n - kinds), sum(kinds - 1) FROM ${repeats("")}`);
  const [copies, corrected] = [Number(counted![0] ?? 0), Number(counted![1] ?? 0)];
  if (copies + corrected === 0) return null;
  const [keyed] = await session.rows(`SELECT count(*) FROM ${sourceTable} WHERE ${hasKey}`);
  if (corrected > mostCorrected * (Number(keyed![0]) - copies - corrected)) return null;
  const [worst] = await session.rows(
    `SELECT coalesce(max(other / rows), 0) FROM (SELECT ${fileColumn}, sum(kinds - 1) AS other FROM ${repeats(fileColumn)} GROUP BY ${fileColumn}) ` +
      `JOIN (SELECT ${fileColumn}, count(*) AS rows FROM ${sourceTable} GROUP BY ${fileColumn}) USING (${fileColumn})`,
  );
  if (Number(worst![0]) > mostKeyRepeats) return null;

  await session.run(
    `CREATE TEMP TABLE ${olderTable} AS SELECT ${fileColumn}, ${numberColumn} FROM ${sourceTable} WHERE ${hasKey} ` +
      `QUALIFY row_number() OVER (PARTITION BY ${names} ORDER BY ${fileColumn} DESC, ${numberColumn} DESC) > 1`,
  );
  await session.run(layRows(newestRows));
  reduced.add(session);
  return { copies, corrected };
}
