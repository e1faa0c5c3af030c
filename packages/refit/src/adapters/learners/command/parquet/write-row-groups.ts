import { open, type FileHandle } from "node:fs/promises";
import type { Column } from "@refit/core/runtime";
import { columnPages, type ColumnReader, type Page } from "./pages.ts";
import { thriftBytes, type ThriftFields, type ThriftValue } from "./thrift.ts";

/** Rows of a group: a megabyte for each number column, so that little more than that is in memory twice. */
const groupRows = 131_072;
const magic = Buffer.from("PAR1");

/**
 * Writes rows as a Parquet file that any reader takes. A program reads it once, and on this machine as a rule: nothing is compressed, no
 * value is looked at but for whether it is missing, and numbers go to the disk from where they lie. NaN is a missing number.
 */
export async function writeRowGroups(file: string, columns: readonly Column[], rows: number): Promise<void> {
  const handle = await open(file, "wx");
  try {
    const place = { handle, at: 0 };
    await append(place, [magic]);
    const readers = columns.map(columnPages);
    const groups: ThriftValue[] = [];
    for (let first = 0; first < rows; first += groupRows)
      groups.push(await writeGroup(place, { columns, readers }, first, Math.min(groupRows, rows - first)));
    const footer = thriftBytes([
      [1, { int: 1 }],
      [2, { list: [root(columns), ...columns.map(element)] }],
      [3, { long: rows }],
      [4, { list: groups }],
      [6, { text: "refit" }],
    ]);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(footer.length);
    await append(place, [footer, size, magic]);
  } finally {
    await handle.close();
  }
}

/** Where the file ends. */
interface FileEnd {
  readonly handle: FileHandle;
  at: number;
}

interface ReadColumns {
  readonly columns: readonly Column[];
  readonly readers: readonly ColumnReader[];
}

async function append(place: FileEnd, bytes: readonly Uint8Array[]): Promise<number> {
  let size = 0;
  for (const each of bytes) {
    await writeWhole(place.handle, each);
    size += each.length;
  }
  place.at += size;
  return size;
}

/** A disk may take a part of it. */
async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten;
}

/** @returns its description in the footer. */
async function writeGroup(
  place: FileEnd,
  { columns, readers }: ReadColumns,
  first: number,
  rows: number,
): Promise<ThriftValue> {
  const began = place.at;
  const described: ThriftValue[] = [];
  for (const [i, column] of columns.entries())
    described.push(await writeColumn(place, column, { pages: readers[i]!(first, rows), rows }));
  return {
    fields: [
      [1, { list: described }],
      [2, { long: place.at - began }],
      [3, { long: rows }],
    ],
  };
}

interface GroupOfColumn {
  readonly pages: ReturnType<ColumnReader>;
  readonly rows: number;
}

const plain = 0;
const runs = 3;
const dictionaryPlaces = 8;

async function writeColumn(
  place: FileEnd,
  column: Column,
  { pages: { dictionary, pages }, rows }: GroupOfColumn,
): Promise<ThriftValue> {
  const began = place.at;
  if (dictionary !== null) {
    const about: ThriftFields = [
      [1, { int: dictionary.texts }],
      [2, { int: plain }],
    ];
    const header = pageHeader({ type: 2, size: dictionary.bytes.length, field: 7, about });
    await append(place, [header, dictionary.bytes]);
  }
  const data = place.at;
  for (const page of pages) await append(place, [dataHeader(page), ...page.bytes]);
  const size = place.at - began;
  const encodings = [plain, runs, ...(dictionary === null ? [] : [dictionaryPlaces])];
  const facts: ThriftFields = [
    [1, { int: storage[column.type].physical }],
    [2, { list: encodings.map((int) => ({ int })) }],
    [3, { list: [{ text: column.name }] }],
    [4, { int: 0 }],
    [5, { long: rows }],
    [6, { long: size }],
    [7, { long: size }],
    [9, { long: data }],
    ...(dictionary === null ? [] : [[11, { long: began }] as const]),
  ];
  return {
    fields: [
      [2, { long: began }],
      [3, { fields: facts }],
    ],
  };
}

function dataHeader({ rows, isIndexed, bytes }: Page): Buffer {
  const about: ThriftFields = [
    [1, { int: rows }],
    [2, { int: isIndexed ? dictionaryPlaces : plain }],
    [3, { int: runs }],
    [4, { int: runs }],
  ];
  return pageHeader({ type: 0, size: bytes.reduce((sum, each) => sum + each.length, 0), field: 5, about });
}

interface PageFacts {
  readonly type: number;
  readonly size: number;
  readonly field: number;
  readonly about: ThriftFields;
}

function pageHeader({ type, size, field, about }: PageFacts): Buffer {
  return thriftBytes([
    [1, { int: type }],
    [2, { int: size }],
    [3, { int: size }],
    [field, { fields: about }],
  ]);
}

/** How values of a type are stored, in the numbers of the format: physical type, and what it stands for in the old and the new way. */
interface Storage {
  readonly physical: number;
  readonly converted?: number;
  readonly logical?: ThriftFields;
}

const texts: Storage = { physical: 6, converted: 0, logical: [[1, { fields: [] }]] };
/** Without a zone, as DuckDB's TIMESTAMP. */
const localMicroseconds: ThriftFields = [
  [1, { flag: false }],
  [2, { fields: [[2, { fields: [] }]] }],
];

const storage: Readonly<Record<Column["type"], Storage>> = {
  boolean: { physical: 0 },
  date: { physical: 1, converted: 6, logical: [[6, { fields: [] }]] },
  datetime: { physical: 2, converted: 10, logical: [[8, { fields: localMicroseconds }]] },
  integer: { physical: 2 },
  number: { physical: 5 },
  string: texts,
  file: texts,
};

const root = (columns: readonly Column[]): ThriftValue => ({
  fields: [
    [4, { text: "rows" }],
    [5, { int: columns.length }],
  ],
});

/** Every column may miss values: what a program sees of its type does not depend on the rows. */
function element({ name, type }: Column): ThriftValue {
  const { physical, converted, logical } = storage[type];
  return {
    fields: [
      [1, { int: physical }],
      [3, { int: 1 }],
      [4, { text: name }],
      ...(converted === undefined ? [] : [[6, { int: converted }] as const]),
      ...(logical === undefined ? [] : [[10, { fields: logical }] as const]),
    ],
  };
}
