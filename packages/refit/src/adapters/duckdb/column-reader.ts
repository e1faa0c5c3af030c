import type { ColumnInfo } from "@refit/core/data";
import type { Column } from "@refit/core/runtime";

import { numberSql, numbersSql } from "./number-sql.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";
import { fromSql, textReaders, type OrderedRows } from "./text-codes.ts";
import { vectorItems } from "./vector-items.ts";

/** Columns, and the rows that are read of them. */
interface ReadRows extends OrderedRows {
  readonly columns: readonly ColumnInfo[];
}

/** Bytes of a short text. */
const wordBytes = 50;
/** Columns that a statement reads. */
const mostTogether = 50;
/** The part of what is kept that one statement may read. */
const mostAtOnce = 1 / 4;
/** The part of a session's memory that columns are kept in besides, and the least. */
const keptOfSession = 1 / 4;
const leastKept = 64_000_000;

/**
 * Reads columns of a table whose rows lie in their final order, by name. To plan a statement takes as long as to read
 * tens of thousands of values where the table is wide, to fetch its chunks ten times as long as to copy one column of them, and a run
 * asks for each column several times: columns come with their neighbours, and what there is room for is kept. Where a run
 * has more than that, it reads numbers again before texts: these take longer to read, and half as much room.
 *
 * @param most bytes that are kept; left out: a quarter of what DuckDB may hold.
 */
export function columnReader(
  session: Session,
  read: ReadRows,
  most: number = Math.max(leastKept, keptOfSession * session.memoryBytes()),
): (name: string) => Promise<Column> {
  const blockOf = new Map<string, Neighbours>();
  for (const kind of [false, true]) {
    const alike = read.columns.filter((column) => isText(column) === kind);
    for (const block of neighbours(alike, read.rows, most)) for (const { name } of block) blockOf.set(name, block);
  }
  const kept = new Map<string, KeptColumn>();

  function readBlock(block: Neighbours): void {
    const missing = block.filter(({ name }) => !kept.has(name));
    const all = readColumns(session, read, missing);
    const entries = missing.map((column, i): [string, KeptColumn] => {
      const values = all.then((columns) => columns[i]!);
      return [column.name, { values, isText: isText(column), bytes: bytesOf(column, read.rows) }];
    });
    for (const [name, entry] of entries) kept.set(name, entry);
    const last = new Set(entries.map(([, entry]) => entry));
    makeRoom(kept, last, most);
    // How many words there are shows when they are read. Where nearly every row has its own, all other columns would have to go.
    const settle = (columns: readonly Column[]) => {
      for (const [i, [name, entry]] of entries.entries()) {
        if (entry.isText) entry.bytes = textBytes(columns[i]!);
        if (entry.isText && entry.bytes > most / 2 && kept.get(name) === entry) kept.delete(name);
      }
      makeRoom(kept, last, most);
    };
    all.then(settle, () => {
      for (const [name, entry] of entries) {
        // Nobody may ask for the neighbours, and an error that nobody hears of would end the process.
        entry.values.catch(() => {});
        if (kept.get(name) === entry) kept.delete(name);
      }
    });
  }

  return async (name) => {
    if (!kept.has(name)) readBlock(blockOf.get(name)!);
    return kept.get(name)!.values;
  };
}

/** Columns that one statement reads. */
type Neighbours = readonly ColumnInfo[];

/** A column that may be asked for again. */
interface KeptColumn {
  readonly values: Promise<Column>;
  readonly isText: boolean;
  bytes: number;
}

const isText = ({ type }: ColumnInfo) => type === "string" || type === "file";

const bytesOf = (column: ColumnInfo, rows: number) => (isText(column) ? 4 : 8) * rows;

/** @param columns of one kind, numbers or texts. */
function neighbours(columns: readonly ColumnInfo[], rows: number, most: number): Neighbours[] {
  const blocks: ColumnInfo[][] = [];
  let bytes = 0;
  for (const column of columns) {
    const own = bytesOf(column, rows);
    const last = blocks.at(-1);
    if (last === undefined || last.length === mostTogether || bytes + own > mostAtOnce * most) {
      blocks.push([column]);
      bytes = own;
    } else {
      last.push(column);
      bytes += own;
    }
  }
  return blocks;
}

/** Forgets the oldest numbers first, and what was read last not at all. */
function makeRoom(kept: Map<string, KeptColumn>, last: ReadonlySet<KeptColumn>, most: number): void {
  let bytes = [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  const [numbers, texts] = [false, true].map((kind) => [...kept].filter(([, entry]) => entry.isText === kind));
  for (const [name, entry] of [...numbers!, ...texts!]) {
    if (bytes <= most) return;
    if (last.has(entry)) continue;
    kept.delete(name);
    bytes -= entry.bytes;
  }
}

function textBytes(column: Column): number {
  return column.kind === "text" ? column.codes.byteLength + wordBytes * column.dictionary.length : 0;
}

/** @param columns numbers or texts alone. */
function readColumns(session: Session, from: OrderedRows, columns: readonly ColumnInfo[]): Promise<Column[]> {
  return columns.some(isText) ? textColumns(session, from, columns) : numberColumns(session, from, columns);
}

async function numberColumns(session: Session, from: OrderedRows, columns: readonly ColumnInfo[]): Promise<Column[]> {
  const selected = columns.map(({ name, type }) => numberSql(identifier(name), type));
  const sql = numbersSql(selected, fromSql(from));
  const values = await readNumbers(session, { sql, rows: from.rows, columns: columns.length });
  return columns.map(({ name, type }, i) => ({
    kind: "number",
    name,
    type: type as Exclude<ColumnInfo["type"], "string" | "file">,
    values: values[i]!,
  }));
}

/** Reads the result of `numbersSql` column by column. */
export async function readNumbers(
  session: Session,
  { sql, rows, columns }: { readonly sql: string; readonly rows: number; readonly columns: number },
): Promise<Float64Array[]> {
  const values = Array.from({ length: columns }, () => new Float64Array(rows));
  let first = 0;
  await session.eachChunk(sql, (chunk) => {
    for (const [i, column] of values.entries()) column.set(vectorItems(chunk.getColumnVector(i), Float64Array), first);
    first += chunk.rowCount;
  });
  return values;
}

async function textColumns(session: Session, from: OrderedRows, columns: readonly ColumnInfo[]): Promise<Column[]> {
  const readers = await textReaders(
    session,
    from,
    columns.map(({ name }) => name),
  );
  await session.eachChunk(`SELECT ${readers.map(({ sql }) => sql).join(", ")} FROM ${fromSql(from)}`, (chunk) => {
    for (const [i, reader] of readers.entries()) reader.take(chunk.getColumnVector(i), chunk.rowCount);
  });
  for (const { close } of readers) await close();
  return columns.map(({ name }, i) => {
    const { dictionary, codes } = readers[i]!;
    return { kind: "text", name, type: "string", dictionary, codes };
  });
}
