import type { ColumnInfo } from "@refit/core/data";
import type { Column } from "@refit/core/runtime";

import { numberSql, numbersSql } from "./number-sql.ts";
import type { Session } from "./session.ts";
import { identifier, inParts } from "./sql-text.ts";
import { vectorItems } from "./vector-items.ts";

/**
 * Bytes that are kept for the next one who asks: 8 columns of a million numbers. Where a run has more columns than that, it reads
 * numbers again before texts: of these each takes twenty times as long to read, and half as much room.
 */
const mostKept = 64_000_000;
/** Bytes of a short text. */
const wordBytes = 50;
/** Values that a statement reads of neighbours that nobody may ask for. */
const mostAhead = 200_000;
/** Columns that a statement reads. */
const mostTogether = 50;

/** Columns that one statement reads. */
type Neighbours = readonly ColumnInfo[];

/**
 * Reads columns of a table whose rows lie in their final order, by name. To plan a statement takes as long as to read
 * tens of thousands of values where the table is wide, and a run asks for each column several times: number-like columns
 * of a table with few rows come with their neighbours, and what there is room for is kept.
 *
 * @param most bytes that are kept.
 */
export function columnReader(
  session: Session,
  { table, columns, rows }: { readonly table: string; readonly columns: readonly ColumnInfo[]; readonly rows: number },
  most: number = mostKept,
): (name: string) => Promise<Column> {
  const isText = ({ type }: ColumnInfo) => type === "string" || type === "file";
  const numbers = columns.filter((column) => !isText(column));
  const texts = columns.filter(isText);
  const blocks: Neighbours[] = [
    ...inParts(numbers, within(mostAhead / rows, mostTogether)),
    ...texts.map((text) => [text]),
  ];
  const blockOf = new Map(blocks.flatMap((block) => block.map(({ name }) => [name, block])));
  const kept = new Map<Neighbours, KeptColumns>();

  function read(block: Neighbours): Promise<readonly Column[]> {
    const ofText = isText(block[0]!);
    const values = ofText
      ? textColumn(session, { table, name: block[0]!.name, rows }).then((column) => [column])
      : numberColumns(session, { table, block, rows });
    const entry: KeptColumns = { values, isText: ofText, bytes: (ofText ? 4 : 8) * rows * block.length };
    kept.set(block, entry);
    makeRoom(kept, entry, most);
    // How many words there are shows when they are read. Where nearly every row has its own, all other columns would have to go.
    const settle = ([column]: readonly Column[]) => {
      entry.bytes = textBytes(column!);
      if (entry.bytes > most / 2) kept.delete(block);
      else makeRoom(kept, entry, most);
    };
    if (ofText) values.then(settle, () => {});
    return values;
  }

  return async (name) => {
    const block = blockOf.get(name)!;
    const values = await (kept.get(block)?.values ?? read(block));
    return values[block.findIndex((column) => column.name === name)]!;
  };
}

/** Columns of one statement that may be asked for again. */
interface KeptColumns {
  readonly values: Promise<readonly Column[]>;
  readonly isText: boolean;
  bytes: number;
}

/** Forgets the oldest numbers first, and what was read last not at all. */
function makeRoom(kept: Map<Neighbours, KeptColumns>, last: KeptColumns, most: number): void {
  let bytes = [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  const [numbers, texts] = [false, true].map((isText) => [...kept].filter(([, entry]) => entry.isText === isText));
  for (const [block, entry] of [...numbers!, ...texts!]) {
    if (bytes <= most) return;
    if (entry === last) continue;
    kept.delete(block);
    bytes -= entry.bytes;
  }
}

function textBytes(column: Column): number {
  return column.kind === "text" ? column.codes.byteLength + wordBytes * column.dictionary.length : 0;
}

function within(count: number, most: number): number {
  return Math.max(1, Math.min(Math.floor(count), most));
}

async function numberColumns(
  session: Session,
  { table, block, rows }: { readonly table: string; readonly block: readonly ColumnInfo[]; readonly rows: number },
): Promise<Column[]> {
  const selected = block.map(({ name, type }) => numberSql(identifier(name), type));
  const values = await readNumbers(session, {
    sql: numbersSql(selected, table),
    rows,
    columns: block.length,
  });
  return block.map(({ name, type }, i) => ({
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

async function textColumn(
  session: Session,
  { table, name, rows }: { readonly table: string; readonly name: string; readonly rows: number },
): Promise<Column> {
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  let next = 0;
  await session.eachChunk(`SELECT ${identifier(name)} FROM ${table}`, (chunk) => {
    const vector = chunk.getColumnVector(0);
    const { rowCount } = chunk;
    for (let i = 0; i < rowCount; i++) {
      const text = vector.getItem(i) as string | null;
      codes[next++] = text === null ? -1 : codeOf(text, known, dictionary);
    }
  });
  return { kind: "text", name, type: "string", dictionary, codes };
}

function codeOf(text: string, known: Map<string, number>, dictionary: string[]): number {
  const code = known.get(text);
  if (code !== undefined) return code;
  known.set(text, dictionary.length);
  dictionary.push(text);
  return dictionary.length - 1;
}
