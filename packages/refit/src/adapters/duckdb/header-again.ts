import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import type { DataManifest } from "@refit/core/spec";

import type { FileHead } from "./file-head.ts";
import { lineWords, linesOfRows } from "./row-lines.ts";
import type { Session } from "./session.ts";
import { literal } from "./sql-text.ts";

/** A row that has these many names of the header in their places is the header. */
const mostCompared = 30;
/** What a column without a name is called. */
const unnamed = /^column\d+$/;

/**
 * SQL condition of a row that is the header once more, as where files were joined; `null`: none can be told, since one name
 * alone may well be a value.
 *
 * @param textOf SQL of the text of a column, by its number from 0.
 */
export function headerAgainSql(names: readonly string[], textOf: (column: number) => string): string | null {
  const compared = names.slice(0, mostCompared);
  if (compared.length < 2) return null;
  const areNamed = compared.filter((name) => !unnamed.test(name)).length > 1;
  return compared
    .map((name, i) =>
      areNamed && unnamed.test(name)
        ? `trim(${textOf(i)}) IN ('', ${literal(name)})`
        : `${textOf(i)} = ${literal(name)}`,
    )
    .join(" AND ");
}

/** @param count such rows of the file. */
export async function headerAgain(
  session: Session,
  { head, count }: { readonly head: FileHead; readonly count: number },
  { schema }: DataManifest,
): Promise<Finding> {
  const condition = headerAgainSql(head.columns, (i) => `c${i}`);
  const [first] = await session.rows(
    `SELECT number FROM (SELECT row_number() OVER () AS number, * FROM ${head.relation}) WHERE ${condition} ORDER BY number LIMIT 1`,
  );
  const row = Number(first![0]);
  const line = (await linesOfRows(head, [row])).get(row);
  const [raw] = head.columns as [string];
  const column = schema.fields.find(({ name, from }) => (from ?? name) === raw)?.name ?? raw;
  const times = count === 1 ? "once more" : `${count} times more`;
  return finding(
    "header-again",
    { file: head.path, column, count, ...(line !== undefined && { line }) },
    `${quoted(head.path)} has its header line ${times}, as a row of data, first in ${lineWords(line, row)}.`,
  );
}
