import { rowStanding } from "@refit/core/data";
import type { FileNews, RowNews } from "../products/row-news.ts";
import type { RowRanges } from "../ports/sources.ts";
import type { SnapshotFile } from "../products/snapshot.ts";

/** A number that no row of a file has. */
const PAST_THE_END = 2_147_483_647;

/** The rows after the first ones, however many there are. */
export function rowsAfter(first: number): RowRanges {
  return [[first + 1, PAST_THE_END]];
}

/** A file that was not there before, and how many rows it begins with that were. */
export interface FreshFile {
  readonly file: SnapshotFile;
  /** The rows after them, where there are any. */
  readonly part: SnapshotFile;
  readonly head: number;
  /** Rows after the head. */
  readonly rows: number;
}

/** A fresh file whose rows after the head are all new. */
export function allNew({ file, head, rows }: FreshFile): FileNews {
  const only = head === 0 ? null : rows === 0 ? [] : rowsAfter(head);
  return { ...placeOf(file), rows: head + rows, added: rows, corrected: 0, copied: 0, copiedFrom: null, only };
}

/**
 * A fresh file whose rows after the head were compared.
 *
 * @param standing [rows after the head]: values of `rowStanding`.
 */
export function someNew(fresh: FreshFile, standing: Uint8Array, copiedFrom: string | null): FileNews {
  const { file, head, rows } = fresh;
  const count = (value: number) => standing.reduce((sum, each) => sum + (each === value ? 1 : 0), 0);
  const [added, corrected] = [count(rowStanding.added), count(rowStanding.corrected)];
  const copied = count(rowStanding.copied);
  const only = added + corrected === rows ? allNew(fresh).only : rangesOf(standing, head);
  return { ...placeOf(file), rows: head + rows, added, corrected, copied, copiedFrom, only };
}

const placeOf = ({ source, sha256 }: SnapshotFile) => ({ path: source.path, sha256 });

function rangesOf(standing: Uint8Array, head: number): RowRanges {
  const ranges: [number, number][] = [];
  for (const [i, each] of standing.entries()) {
    if (each !== rowStanding.added && each !== rowStanding.corrected) continue;
    const number = head + i + 1;
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

/** The files that have new rows, and which. */
export function rowsOfNews(all: readonly SnapshotFile[], { files }: RowNews): SnapshotFile[] {
  const news = new Map(files.map((file) => [file.path, file]));
  return all.flatMap((file) => {
    const only = news.get(file.source.path)?.only;
    if (only === undefined || only?.length === 0) return [];
    return only === null ? [file] : [{ ...file, only }];
  });
}
