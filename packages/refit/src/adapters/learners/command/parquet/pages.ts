import type { Column } from "@refit/core/runtime";
import { addVarint } from "./thrift.ts";

/** Some rows of a column, as they lie in a file. */
export interface Page {
  readonly rows: number;
  /** Whether the values are places in the dictionary before them. */
  readonly isIndexed: boolean;
  readonly bytes: readonly Uint8Array[];
}

/** The values of a column in one group of rows. */
export interface ColumnPages {
  /** Texts that the pages point at; `null`: they hold their values themselves. */
  readonly dictionary: { readonly texts: number; readonly bytes: Uint8Array } | null;
  /** Made one after the other, as they are written. */
  readonly pages: Iterable<Page>;
}

/** @param first of the group's rows. */
export type ColumnReader = (first: number, rows: number) => ColumnPages;

type NumbersOfColumn = Extract<Column, { kind: "number" }>;
type TextsOfColumn = Extract<Column, { kind: "text" }>;

export function columnPages(column: Column): ColumnReader {
  return column.kind === "number" ? numberPages(column) : textPages(column);
}

function numberPages({ type, values }: NumbersOfColumn): ColumnReader {
  return (first, rows) => {
    const some = values.subarray(first, first + rows);
    const isMissing = (row: number): boolean => Number.isNaN(some[row]!);
    const known = knownNumbers(some);
    const bytes = [levels(rows, known.length, isMissing), plainNumbers[type](known)];
    return { dictionary: null, pages: [{ rows, isIndexed: false, bytes }] };
  };
}

/** Without those that are missing. A loop, since `filter` makes an object of each number. */
function knownNumbers(values: Float64Array): Float64Array {
  // Mostly none is missing, and nothing is copied.
  if (!values.includes(NaN)) return values;
  const known = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) known[count++] = value;
  }
  return known.subarray(0, count);
}

/** The bytes of numbers that are all known. */
const plainNumbers: Readonly<Record<NumbersOfColumn["type"], (known: Float64Array) => Uint8Array>> = {
  number: bytesOf,
  integer: (known) => longs(known, 1),
  boolean: (known) => bits(known.length, (i) => known[i] !== 0),
  date: (known) => bytesOf(days(known)),
  // Microseconds, of which a file has a thousand for each millisecond.
  datetime: (known) => longs(known, 1000),
};

const day = 86_400_000;

function days(times: Float64Array): Int32Array {
  const whole = new Int32Array(times.length);
  for (let i = 0; i < times.length; i++) whole[i] = Math.floor(times[i]! / day);
  return whole;
}

/** Parquet is little-endian, as every machine is that DuckDB is built for. */
function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Whole numbers of 64 bits in two halves: a BigInt for each takes ten times as long. They are multiplied by halves, too: microseconds of
 * the years before 1684 and after 2255 have no double.
 */
function longs(values: Float64Array, factor: number): Uint8Array {
  const halves = new Int32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const whole = Math.round(values[i]!);
    const upper = Math.floor(whole / half);
    const lower = (whole - upper * half) * factor;
    const carried = Math.floor(lower / half);
    const high = upper * factor + carried;
    // The largest one has no double: the next one is out of reach.
    const isOver = high >= half / 2;
    halves[2 * i] = isOver ? -1 : lower - carried * half;
    halves[2 * i + 1] = isOver ? 0x7fff_ffff : high;
  }
  return bytesOf(halves);
}
const half = 0x1_0000_0000;

/** Bytes of texts in a page or a dictionary, about. */
const textsAtOnce = 1_048_576;

function textPages({ dictionary, codes }: TextsOfColumn): ColumnReader {
  const places = new Int32Array(dictionary.length).fill(-1);
  return (first, rows) => {
    const some = codes.subarray(first, first + rows);
    const used = usedCodes(some, places);
    const repeats = 2 * used.length <= rows && lengthOf(used, dictionary) <= textsAtOnce;
    const placed = repeats ? placesOf(some, places) : null;
    for (const code of used) places[code] = -1;
    if (placed === null) return { dictionary: null, pages: plainTexts(some, dictionary) };
    const present = levels(rows, placed.length, (row) => some[row]! < 0);
    return {
      dictionary: { texts: used.length, bytes: Buffer.concat(used.map((code) => textBytes(dictionary[code]!))) },
      pages: [{ rows, isIndexed: true, bytes: [present, indexes(placed, used.length)] }],
    };
  };
}

/** The codes in the order of their first appearance; `places` says the place of each among them. */
function usedCodes(codes: Int32Array, places: Int32Array): number[] {
  const used: number[] = [];
  for (const code of codes) {
    if (code >= 0 && places[code] === -1) places[code] = used.push(code) - 1;
  }
  return used;
}

/** Of the codes that are not missing. */
function placesOf(codes: Int32Array, places: Int32Array): Int32Array {
  const placed = new Int32Array(codes.length);
  let count = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code >= 0) placed[count++] = places[code]!;
  }
  return placed.subarray(0, count);
}

function lengthOf(codes: readonly number[], dictionary: readonly string[]): number {
  return codes.reduce((sum, code) => sum + dictionary[code]!.length, 0);
}

function textBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
  bytes.writeUInt32LE(bytes.length - 4);
  bytes.write(text, 4);
  return bytes;
}

/** Texts that hardly repeat. A page of them must not grow beyond what its header can tell. */
function* plainTexts(codes: Int32Array, dictionary: readonly string[]): Generator<Page> {
  let [first, size] = [0, 0];
  let texts: Buffer[] = [];
  for (const [row, code] of codes.entries()) {
    if (code >= 0) {
      const bytes = textBytes(dictionary[code]!);
      texts.push(bytes);
      size += bytes.length;
    }
    if (size < textsAtOnce && row < codes.length - 1) continue;
    const [rows, from] = [row + 1 - first, first];
    const present = levels(rows, texts.length, (i) => codes[from + i]! < 0);
    yield { rows, isIndexed: false, bytes: [present, Buffer.concat(texts)] };
    [first, size, texts] = [row + 1, 0, []];
  }
}

/** Places in a dictionary: as many bits each as the last of them has. */
function indexes(places: Int32Array, texts: number): Uint8Array {
  const width = Math.max(1, 32 - Math.clz32(texts - 1));
  const eighths = Math.ceil(places.length / 8);
  const head = [width];
  addVarint(head, 2 * eighths + 1);
  const bytes = new Uint8Array(head.length + eighths * width);
  bytes.set(head);
  let [open, opened, at] = [0, 0, head.length];
  for (const place of places) {
    open |= place << opened;
    for (opened += width; opened >= 8; opened -= 8) {
      bytes[at++] = open;
      open >>>= 8;
    }
  }
  bytes[at] = open;
  return bytes;
}

/** Which rows have a value, with the length before it: one run where all or none have, else a bit for each. */
function levels(rows: number, known: number, isMissing: (row: number) => boolean): Uint8Array {
  const run: number[] = [];
  const isEven = known === rows || known === 0;
  addVarint(run, isEven ? 2 * rows : 2 * Math.ceil(rows / 8) + 1);
  if (isEven) run.push(known === 0 ? 0 : 1);
  const each = isEven ? new Uint8Array() : bits(rows, (row) => !isMissing(row));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(run.length + each.length);
  return Buffer.concat([size, Buffer.from(run), each]);
}

/** A bit for each, the lowest first. */
function bits(count: number, isSet: (i: number) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(count / 8));
  for (let i = 0; i < count; i++) if (isSet(i)) bytes[i >> 3]! |= 1 << (i & 7);
  return bytes;
}
