import type { DuckDBVector } from "@duckdb/node-api";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";
import { vectorItems } from "./vector-items.ts";

/** Rows that lie in their final order, all of a table or those for which a condition holds. */
export interface OrderedRows {
  readonly table: string;
  /** SQL condition; absent: all rows. */
  readonly where?: string;
  readonly rows: number;
}

export const fromSql = ({ table, where }: OrderedRows): string =>
  where === undefined ? table : `${table} WHERE ${where}`;

/** Takes over a column of texts, chunk by chunk. */
export interface TextReader {
  /** What the statement selects. */
  readonly sql: string;
  take(vector: DuckDBVector, count: number): void;
  /** Texts in the order of their first appearance. */
  readonly dictionary: string[];
  /** [rows] places in `dictionary`; -1: missing. */
  readonly codes: Int32Array;
  close(): Promise<void>;
}

/** With fewer rows, what it takes to number the texts is more than it saves. */
const fewRows = 50_000;
/** Rows that show whether texts repeat. */
const sampled = 20_000;
/** Of these rows, how many may have a text of their own. */
const mostDistinct = 1 / 3;

let types = 0;

/**
 * Readers of columns of texts. To take over a text takes twenty times as long as a number, a long one sixty times: where texts repeat,
 * DuckDB numbers them, and only the different ones are taken over.
 *
 * @param names columns of type VARCHAR.
 */
export async function textReaders(
  session: Session,
  from: OrderedRows,
  names: readonly string[],
): Promise<TextReader[]> {
  const repeat = from.rows < fewRows || names.length === 0 ? [] : await whichRepeat(session, from, names);
  const readers: TextReader[] = [];
  for (const [i, name] of names.entries())
    readers.push(repeat[i] === true ? await numberedTexts(session, from, name) : plainTexts(name, from.rows));
  return readers;
}

async function whichRepeat(session: Session, from: OrderedRows, names: readonly string[]): Promise<boolean[]> {
  const every = Math.ceil(from.rows / sampled);
  const texts = names.map((name, i) => `${identifier(name)} AS t${i}`);
  const some = `(SELECT ${texts.join(", ")}, row_number() OVER () AS i FROM ${fromSql(from)}) WHERE i % ${every} = 0`;
  const counts = names.map((_, i) => `approx_count_distinct(t${i})`);
  const [row] = await session.rows(`SELECT count(*), ${counts.join(", ")} FROM ${some}`);
  const [rows, ...distinct] = row!.map(Number);
  return distinct.map((count) => count < mostDistinct * rows!);
}

/** Through a type of DuckDB's that lists the texts: as an ENUM, a text is its place in the list. */
async function numberedTexts(session: Session, from: OrderedRows, name: string): Promise<TextReader> {
  const [type, text] = [`refit_texts_${++types}`, identifier(name)];
  // A column of a file may be called `rowid`.
  const numbered = `(SELECT ${text} AS t, row_number() OVER () AS i FROM ${fromSql(from)})`;
  await session.run(
    `CREATE TEMP TYPE ${type} AS ENUM (SELECT t FROM ${numbered} WHERE t IS NOT NULL GROUP BY t ORDER BY min(i))`,
  );
  const listed = await session.rows(`SELECT unnest(enum_range(NULL::${type}))::VARCHAR`);
  const codes = new Int32Array(from.rows);
  let next = 0;
  return {
    sql: `coalesce(enum_code(${text}::${type})::INTEGER, -1)`,
    dictionary: listed.map(([word]) => String(word)),
    codes,
    take(vector, count) {
      codes.set(vectorItems(vector, Int32Array), next);
      next += count;
    },
    close: () => session.run(`DROP TYPE ${type}`),
  };
}

function plainTexts(name: string, rows: number): TextReader {
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  let next = 0;
  const codeOf = (text: string): number => {
    const code = known.get(text);
    if (code !== undefined) return code;
    known.set(text, dictionary.length);
    return dictionary.push(text) - 1;
  };
  return {
    sql: identifier(name),
    dictionary,
    codes,
    take(vector, count) {
      for (let i = 0; i < count; i++) {
        const text = vector.getItem(i) as string | null;
        codes[next++] = text === null ? -1 : codeOf(text);
      }
    },
    close: async () => {},
  };
}
