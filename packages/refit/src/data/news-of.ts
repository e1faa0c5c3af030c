import { compareRows, type FileDigests } from "@refit/core/data";
import type { FileNews, RowNews } from "../products/row-news.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import type { EarlierFile } from "./earlier-file.ts";
import { allNew, type FreshFile, someNew } from "./file-news.ts";
import { contentOf } from "./snapshot-files.ts";

/** The files of two states of the data. */
export interface DataStates {
  readonly known: readonly SnapshotFile[];
  /** Without those that a fresh file begins with. */
  readonly gone: readonly EarlierFile[];
  readonly fresh: readonly FreshFile[];
  /** What fresh files begin with, by path. */
  readonly grown: ReadonlyMap<string, EarlierFile>;
}

/** Digests by content, of the files that may share rows, as far as they are at hand. */
export interface DataDigests {
  /** Of a whole file, or of its rows after the head. */
  readonly fresh: ReadonlyMap<string, FileDigests>;
  readonly known: ReadonlyMap<string, FileDigests>;
  readonly gone: ReadonlyMap<string, FileDigests>;
  /** Paths of the files that are gone and may share rows. */
  readonly left: ReadonlySet<string>;
}

/** What is new, file by file. */
export function newsOf({ known, gone, fresh }: DataStates, digests: DataDigests): RowNews {
  const compared = fresh.filter(
    ({ file, part }) => digests.fresh.has(file.sha256) || digests.fresh.has(contentOf(part)),
  );
  const heads = compared.filter(({ file, head }) => head > 0 && digests.fresh.has(file.sha256));
  const goneHere = gone.filter(({ sha256 }) => digests.gone.has(sha256));
  const knownHere = known.filter(({ sha256 }) => digests.known.has(sha256));
  const ownRows = ({ file, part, head }: FreshFile) => {
    const whole = digests.fresh.get(file.sha256);
    return whole === undefined ? digests.fresh.get(contentOf(part))! : partOf(whole, head);
  };
  const { standing, copiedFrom, lost, keyRepeats } = compareRows({
    gone: goneHere.map(({ sha256 }) => digests.gone.get(sha256)!),
    known: [
      ...knownHere.map(({ sha256 }) => digests.known.get(sha256)!),
      ...heads.map(({ file, head }) => partOf(digests.fresh.get(file.sha256)!, 0, head)),
    ],
    fresh: compared.map(ownRows),
  });
  const apart = gone.filter(({ path }) => !digests.left.has(path));
  const pathOf = ({ file }: FreshFile) => file.source.path;
  const paths = [...goneHere.map(({ path }) => path), ...knownHere.map(({ source }) => source.path)];
  paths.push(...heads.map(pathOf), ...compared.map(pathOf));

  const unread = gone.filter(({ path, sha256 }) => digests.left.has(path) && !digests.gone.has(sha256));
  const unreadRows = new Map(unread.map(({ path, rows }) => [path, rows]));
  const files = fresh.map((file): FileNews => {
    const i = compared.indexOf(file);
    if (i >= 0) return someNew(file, standing[i]!, paths[copiedFrom[i]!] ?? null);
    return allNew(file);
  });
  return {
    files: files.map((file) => countedOnly(file, unreadRows.get(file.path) ?? 0)),
    lost: lost.length + rowsOf(apart) + unread.reduce((sum, file) => sum + shrunkBy(file, files), 0),
    unread: unread.map(({ path }) => path),
    keyRepeats,
  };
}

function partOf({ rows, keys }: FileDigests, from: number, to?: number): FileDigests {
  return { rows: rows.slice(from, to), keys: keys && keys.slice(from, to) };
}

const rowsOf = (files: readonly { readonly rows: number }[]) => files.reduce((sum, { rows }) => sum + rows, 0);

/** A file whose earlier rows nobody can read any more is counted by how much it grew, and checked as a whole. */
function countedOnly(file: FileNews, before: number): FileNews {
  return before === 0 ? file : { ...file, added: Math.max(0, file.rows - before) };
}

function shrunkBy({ path, rows }: EarlierFile, files: readonly FileNews[]): number {
  return Math.max(0, rows - (files.find((file) => file.path === path)?.rows ?? 0));
}
