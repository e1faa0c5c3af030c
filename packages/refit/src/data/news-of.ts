import { compareRows, type FileDigests, rowStanding } from "@refit/core/data";
import type { FileNews, RowNews } from "../products/row-news.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import type { EarlierFile } from "./earlier-file.ts";
import { allNew, type FreshFile, someNew } from "./file-news.ts";
import type { ChangedRows, PlacedRow } from "./row-changes.ts";
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

/**
 * What is new, file by file, and the rows that were changed. Rows of a file that is gone and has no digests are as if they had never been
 * (`assumedNews`).
 *
 * @param places where rows of files that are gone can be looked at, by content.
 */
export function newsOf(
  places: ReadonlyMap<string, SnapshotFile>,
  { known, gone, fresh }: DataStates,
  digests: DataDigests,
): { readonly news: Omit<RowNews, "changes">; readonly changed: ChangedRows } {
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
  const { standing, copiedFrom, corrections, lost, keyRepeats } = compareRows({
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

  const files = fresh.map((file): FileNews => {
    const i = compared.indexOf(file);
    if (i >= 0) return someNew(file, standing[i]!, paths[copiedFrom[i]!] ?? null);
    return allNew(file);
  });
  const news = { files, lost: lost.length + rowsOf(apart), unread: [], keyRepeats };
  const located: FilePlace[] = [
    ...goneHere.map((file) => ({ file: places.get(file.sha256) ?? null, head: 0 })),
    ...knownHere.map((file) => ({ file, head: 0 })),
    ...heads.map(({ file }) => ({ file, head: 0 })),
    ...compared.map(({ file, head }) => ({ file, head })),
  ];
  const placed = ([file, row]: readonly [number, number]) => placeIn(located[file]!, row);
  const changed = {
    corrections: corrections.flatMap(({ now, before }) => {
      const [is, was] = [placed(now), placed(before)];
      return is === null || was === null ? [] : [{ now: is, before: was }];
    }),
    added: firstAdded(compared, standing),
    lost: lost.flatMap((place) => placed(place) ?? []),
  };
  return { news, changed };
}

interface FilePlace {
  /** `null`: nobody has its bytes. */
  readonly file: SnapshotFile | null;
  /** Rows before the ones that are counted. */
  readonly head: number;
}

function placeIn({ file, head }: FilePlace, row: number): PlacedRow | null {
  return file && { file, row: head + row + 1 };
}

/** The first new row of each of the first files. */
function firstAdded(files: readonly FreshFile[], standing: readonly Uint8Array[]): PlacedRow[] {
  return files.flatMap((file, i) => {
    const row = standing[i]!.indexOf(rowStanding.added);
    return row < 0 ? [] : [placeIn(file, row)!];
  });
}

function partOf({ rows, keys }: FileDigests, from: number, to?: number): FileDigests {
  return { rows: rows.slice(from, to), keys: keys && keys.slice(from, to) };
}

const rowsOf = (files: readonly { readonly rows: number }[]) => files.reduce((sum, { rows }) => sum + rows, 0);
