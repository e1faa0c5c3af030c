import { digestTable, digestWords } from "./digest-table.ts";
import { areNatural } from "./natural-repeats.ts";

/** The rows of a file as digests, in file order. Rows with the same values have the same digest, whatever the file. */
export interface FileDigests {
  /** [rows]: of all values. */
  readonly rows: BigUint64Array;
  /** [rows]: of the key, 0 where a part of it is missing; `null`: the rows have no key. */
  readonly keys: BigUint64Array | null;
}

/** Two states of the data. A file that is in both stands once, among the known ones. */
export interface ComparedFiles {
  /** Files that were there and are there still. */
  readonly known: readonly FileDigests[];
  /** Files that were there. */
  readonly gone: readonly FileDigests[];
  /** Files that were not there, in file order. */
  readonly fresh: readonly FileDigests[];
}

/**
 * What a row of a fresh file is. `seen`: a row of a file that is gone, found again. `added`: it was nowhere. `corrected`: its
 * key was there, with other values. `copied`: the same row was there, and is there once more.
 */
export const rowStanding = { seen: 0, added: 1, corrected: 2, copied: 3 } as const;

/** A row: the number of its file (counted gone, known, fresh) and its own in the file, both from 0. */
export type RowPlace = readonly [file: number, row: number];

export interface RowComparison {
  /** [fresh files][rows]: values of `rowStanding`. */
  readonly standing: readonly Uint8Array[];
  /** For each fresh file: the first file with a row that it copies, counted gone, known, fresh; -1: it copies none. */
  readonly copiedFrom: readonly number[];
  /** Corrected rows, each with the row that had its key first. */
  readonly corrections: readonly { readonly now: RowPlace; readonly before: RowPlace }[];
  /** Rows of files that are gone, which are nowhere any more and were not corrected. */
  readonly lost: readonly RowPlace[];
  /** The declared key does not identify rows: it repeats within a file, so it was not used. */
  readonly keyRepeats: boolean;
}

/** A key that repeats, with other values, in more of the rows of a file does not identify them. */
const mostKeyRepeats = 0.01;

/**
 * Tells which rows of fresh files are new. Rows are a multiset: as many of a kind as there were before are no news, in
 * whichever file and order they are now.
 *
 * A row that is there once more is a copy, as in exports that overlap, or natural, as in a table of few columns with few
 * values each. Where rows have a key it is a copy; otherwise the rows within files tell (`areNatural`).
 *
 * Time and memory grow with the rows of all files: two states of a million rows take a second and 70 MB, with keys two seconds and 150 MB
 * more. Where no row without a key is there twice, as in the usual file of a day, memory grows with the fresh rows alone.
 */
export function compareRows({ known, gone, fresh }: ComparedFiles): RowComparison {
  const [first] = fresh;
  if (gone.length + known.length === 0 && fresh.length === 1 && first!.keys === null) return allAdded(first!);
  const files = [...gone, ...known, ...fresh];
  if (files.some(({ keys }) => keys === null) && areOnce(fresh, [...gone, ...known])) return allDiffer(gone, fresh);
  const rows = numberRows(files);
  const old = gone.length + known.length;
  const { before, left, pending } = findAgain(rows, gone.length, old);
  const keyed = keyTable(files, rows);
  const keys = keyed === "repeats" ? null : keyed;
  return {
    ...judgePending({ rows, old, before, pending, keys }),
    lost: lostRows(rows, { gone: gone.length, left, keys }),
    keyRepeats: keyed === "repeats",
  };
}

/** What is said of a file without a key that there is nothing to compare with. */
function allAdded({ rows }: FileDigests): RowComparison {
  const standing = [new Uint8Array(rows.length).fill(rowStanding.added)];
  return { standing, copiedFrom: [-1], corrections: [], lost: [], keyRepeats: false };
}

/** Whether each row of the fresh files is there once, over all files. */
function areOnce(fresh: readonly FileDigests[], others: readonly FileDigests[]): boolean {
  const count = fresh.reduce((sum, { rows }) => sum + rows.length, 0);
  const table = digestTable(count);
  for (const { rows } of fresh) {
    const words = digestWords(rows);
    for (let row = 0; row < rows.length; row++) table.add(words, row);
  }
  if (table.size < count) return false;
  return others.every(({ rows }) => {
    const words = digestWords(rows);
    for (let row = 0; row < rows.length; row++) if (table.find(words, row) >= 0) return false;
    return true;
  });
}

/** What is said of files without keys that have no row in common. */
function allDiffer(gone: readonly FileDigests[], fresh: readonly FileDigests[]): RowComparison {
  const lost = gone.flatMap(({ rows }, file) => Array.from(rows, (_, row): RowPlace => [file, row]));
  const standing = fresh.map(({ rows }) => new Uint8Array(rows.length).fill(rowStanding.added));
  return { standing, copiedFrom: fresh.map(() => -1), corrections: [], lost, keyRepeats: false };
}

/** [files][rows]: equal numbers are equal rows. */
export type NumberedRows = readonly Int32Array[];

function numberRows(files: readonly FileDigests[]): NumberedRows {
  const table = digestTable(files.reduce((sum, file) => sum + file.rows.length, 0));
  return files.map(({ rows }) => {
    const words = digestWords(rows);
    const numbers = new Int32Array(rows.length);
    for (let row = 0; row < numbers.length; row++) numbers[row] = table.add(words, row);
    return numbers;
  });
}

const sizeOf = (files: NumberedRows) => files.reduce((sum, { length }) => sum + length, 0);

/** How often rows were there, and which rows of fresh files are left when those of files that are gone are taken out, one for one. */
function findAgain(rows: NumberedRows, gone: number, old: number) {
  const size = sizeOf(rows);
  /** [numbers of rows]: in old files; of those, in files that are gone and not found again. */
  const [before, left] = [new Uint32Array(size), new Uint32Array(size)];
  for (const [file, numbers] of rows.slice(0, old).entries()) {
    for (const number of numbers) {
      before[number]!++;
      if (file < gone) left[number]!++;
    }
  }
  const pending = rows.slice(old).map((numbers) =>
    Uint8Array.from(numbers, (number) => {
      if (left[number] === 0) return 1;
      left[number]!--;
      return 0;
    }),
  );
  return { before, left, pending };
}

interface KeyTable {
  /** [files][rows]: equal numbers are equal keys; -1: the row has none. */
  readonly of: readonly Int32Array[];
  /** [keys]: the first row that has it. */
  readonly first: readonly RowPlace[];
}

/** @returns `null`: the rows have no key. */
function keyTable(files: readonly FileDigests[], rows: NumberedRows): KeyTable | "repeats" | null {
  if (files.some(({ keys }) => keys === null)) return null;
  const table = digestTable(sizeOf(rows));
  const first: RowPlace[] = [];
  const of = files.map(({ keys: digests }, file) => {
    const words = digestWords(digests!);
    const numbers = new Int32Array(digests!.length).fill(-1);
    for (let row = 0; row < numbers.length; row++) {
      if (words[2 * row] === 0 && words[2 * row + 1] === 0) continue;
      const key = table.add(words, row);
      if (key === first.length) first.push([file, row]);
      numbers[row] = key;
    }
    return numbers;
  });
  return repeats(of, rows, first.length) ? "repeats" : { of, first };
}

/** Whether rows of one file that differ have the same key, more than now and then. */
function repeats(keys: readonly Int32Array[], rows: NumberedRows, different: number): boolean {
  /** [keys]: the last file that has it, and its first row there. */
  const [files, firstRows] = [new Int32Array(different).fill(-1), new Int32Array(different)];
  return keys.some((own, file) => {
    let count = 0;
    for (const [row, key] of own.entries()) {
      if (key === -1) continue;
      const number = rows[file]![row]!;
      if (files[key] === file) count += firstRows[key] === number ? 0 : 1;
      else [files[key], firstRows[key]] = [file, number];
    }
    return count > mostKeyRepeats * own.length;
  });
}

interface PendingRows {
  readonly rows: NumberedRows;
  /** Number of the first fresh file. */
  readonly old: number;
  readonly before: Uint32Array;
  /** [fresh files][rows]: 1 for rows that no file which is gone had. */
  readonly pending: readonly Uint8Array[];
  readonly keys: KeyTable | null;
}

function judgePending(request: PendingRows): Pick<RowComparison, "standing" | "copiedFrom" | "corrections"> {
  const { rows, old, before, pending, keys } = request;
  const natural = keys === null && areNatural(repeatsOf(request));
  const firstFile = firstFiles(rows);
  /** [numbers of rows]: in earlier fresh files, and for rows with a key in this one. */
  const earlier = new Uint8Array(before.length);
  const corrections: { now: RowPlace; before: RowPlace }[] = [];
  const copiedFrom: number[] = [];
  const standing = pending.map((isPending, i) => {
    const [file, numbers] = [old + i, rows[old + i]!];
    let source = -1;
    const standings = Uint8Array.from(numbers, (number, row) => {
      if (isPending[row] === 0) return rowStanding.seen;
      if (before[number]! + earlier[number]! > 0 && !natural) {
        if (source === -1) source = firstFile[number]!;
        return rowStanding.copied;
      }
      const key = keys?.of[file]![row] ?? -1;
      if (keys === null || key === -1) return rowStanding.added;
      earlier[number] = 1;
      const earliest = keys.first[key]!;
      if (earliest[0] === file && earliest[1] === row) return rowStanding.added;
      corrections.push({ now: [file, row], before: earliest });
      return rowStanding.corrected;
    });
    for (const number of numbers) earlier[number] = 1;
    copiedFrom.push(source);
    return standings;
  });
  return { standing, copiedFrom, corrections };
}

/** [numbers of rows]: the first file that has it. */
function firstFiles(rows: NumberedRows): Int32Array {
  const first = new Int32Array(sizeOf(rows)).fill(-1);
  for (const [file, numbers] of rows.entries()) {
    for (const number of numbers) if (first[number] === -1) first[number] = file;
  }
  return first;
}

/** Pairs of equal rows between pending rows and other files, of how many pairs. */
function repeatsOf({ rows, old, before, pending }: PendingRows) {
  const counts = before.slice();
  let others = sizeOf(rows.slice(0, old));
  let [pairs, possible] = [0, 0];
  for (const [i, isPending] of pending.entries()) {
    const mine = rows[old + i]!.filter((_, row) => isPending[row] === 1);
    for (const number of mine) pairs += counts[number]!;
    possible += mine.length * others;
    for (const number of mine) counts[number]!++;
    others += mine.length;
  }
  return { pairs, possible, within: old > 0 ? rows.slice(0, old) : rows };
}

interface LostRequest {
  /** Files that are gone stand first. */
  readonly gone: number;
  readonly left: Uint32Array;
  readonly keys: KeyTable | null;
}

function lostRows(rows: NumberedRows, { gone, left, keys }: LostRequest): RowPlace[] {
  const isHere = new Uint8Array(keys?.first.length ?? 0);
  for (const own of keys?.of.slice(gone) ?? []) for (const key of own) isHere[key] = 1;
  const lost: RowPlace[] = [];
  for (const [file, numbers] of rows.slice(0, gone).entries()) {
    for (const [row, number] of numbers.entries()) {
      if (left[number] === 0) continue;
      left[number]!--;
      const key = keys?.of[file]![row] ?? -1;
      if (key === -1 || isHere[key] === 0) lost.push([file, row]);
    }
  }
  return lost;
}
