import { mayShareRows, type FileDigests, type Finding, type Profile } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { RowNews } from "../products/row-news.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { type EarlierFile, fetchStored, storedFile } from "./earlier-file.ts";
import { assumedNews } from "./assumed-news.ts";
import { type FreshFile, rowsAfter } from "./file-news.ts";
import { grownFiles } from "./grown-file.ts";
import { digestRowsOf, keepRows, recallRows } from "./kept-digests.ts";
import { keepNews, recallNews } from "./kept-news.ts";
import { newsOf, type DataStates } from "./news-of.ts";
import { profileFiles } from "./profile-files.ts";
import { loadProfile } from "./profile-store.ts";
import { rowChanges } from "./row-changes.ts";
import { rowKey } from "./row-key.ts";
import { contentOf } from "./snapshot-files.ts";

type RowsSincePorts = Pick<Ports, "scratch" | "git" | "files" | "sources" | "tables" | "out">;

export interface RowsSince {
  readonly news: RowNews;
  /** What reading the fresh files found; with an error, `news` says nothing of them. */
  readonly findings: readonly Finding[];
}

/**
 * Which rows are new since an earlier state of the data. Rows are compared, not files; how much is read follows the change:
 *
 * 1. A file that is an earlier one with rows after it has those.
 * 2. Files that have no row in common with any other, as their profiles tell, are new as a whole.
 * 3. The others are compared row by row, by digests that are kept on this machine. Of a file that is gone, git has the bytes where it
 *    tracked it, and a place that keeps earlier versions; otherwise its digests are from when it was here. Where they are missing, its rows
 *    are only counted.
 *
 * @param whole profile of the earlier state as a whole; `null`: not at hand.
 */
export async function rowsSince(
  ports: RowsSincePorts,
  context: RowContext,
  [now, then]: readonly [now: readonly SnapshotFile[], then: readonly EarlierFile[]],
  whole: Profile | null = null,
): Promise<RowsSince> {
  const kept = await recallNews(ports, context, pathsOf(now), then);
  if (kept !== null) return { news: kept, findings: [] };
  const isNow = new Set(now.map(({ sha256 }) => sha256));
  const wasThen = new Set(then.map(({ sha256 }) => sha256));
  const fresh = now.filter(({ sha256 }) => !wasThen.has(sha256));
  const gone = then.filter(({ sha256 }) => !isNow.has(sha256));
  const grown = await grownFiles(ports, context.repository, fresh, gone);
  const headOf = ({ source }: SnapshotFile) => grown.get(source.path)?.rows ?? 0;
  const parts = fresh.map((file) => {
    const head = grown.get(file.source.path);
    return head === undefined || head.rows === 0 ? file : { ...file, only: rowsAfter(head.rows), from: head.bytes! };
  });
  const made = new Map<string, FileDigests>();
  const { profiles, findings } = await profileFiles(ports, context, parts, async (table, part) => {
    const key = rowKey(
      context,
      table.columns.map(({ name }) => name),
    );
    if (key.length === 0 && part.source.blob !== null) return;
    const digests = await table.digests(part.source.path, key);
    made.set(contentOf(part), digests);
    await keepRows(ports, context, [contentOf(part), key], digests);
  });
  if (profiles.length < parts.length) return { news: noNews, findings };

  const states = {
    known: now.filter(({ sha256 }) => wasThen.has(sha256)),
    gone: gone.filter(({ path }) => !grown.has(path)),
    fresh: fresh.map((file, i) => ({
      file,
      part: parts[i]!,
      head: headOf(file),
      rows: profiles[i]!.profile.rows,
    })),
    grown,
  };
  const news = await compareStates(ports, context, states, {
    fresh: profiles.map(({ profile }) => profile),
    whole,
    made,
  });
  const isSure = news.unread.length === 0 && findings.every(({ severity }) => severity === "warning");
  if (!context.request.dryRun && isSure) await keepNews(ports, context, [pathsOf(now), then], news);
  return { news, findings };
}

const noNews: RowNews = { files: [], lost: 0, unread: [], keyRepeats: false, changes: null };

const pathsOf = (files: readonly SnapshotFile[]) => files.map(({ source, sha256 }) => ({ path: source.path, sha256 }));

/** Of the rows after the heads of the fresh files, and of the earlier state as a whole. */
interface Profiles {
  readonly fresh: readonly Profile[];
  readonly whole: Profile | null;
}

async function compareStates(
  ports: RowsSincePorts,
  context: RowContext,
  states: DataStates,
  { made, ...profiles }: Profiles & { readonly made: Map<string, FileDigests> },
): Promise<RowNews> {
  const { known, gone, fresh, grown } = states;
  const key = rowKey(
    context,
    (profiles.fresh[0]?.columns ?? []).map(({ name }) => name),
  );
  const named = [...gone, ...known, ...grown.values()].map(({ sha256 }) => sha256);
  const shared = await mayShare(ports, context, named, { ...profiles, key: key.length === 0 ? null : key });

  const isShared = ({ sha256 }: { readonly sha256: string }) => shared.others.has(sha256);
  const left = gone.filter(isShared);
  const whole: FreshFile[] = [];
  const parts: FreshFile[] = [];
  for (const [i, file] of fresh.entries()) {
    const head = grown.get(file.file.source.path);
    // Of a file that git does not track nobody has the bytes once it has changed.
    const isWhole = shared.fresh.has(i) || (head !== undefined && isShared(head)) || file.file.source.blob === null;
    // A key may repeat within a file.
    if (isWhole) whole.push(file);
    else if (key.length > 0) parts.push(file);
    if (isWhole && head !== undefined) await joinDigests(ports, context, [file, head, key], made);
  }
  const wanted = [...whole.map(({ file }) => file), ...parts.map(({ part }) => part)];
  const { gone: digests, places } = await digestsOfGone(ports, context, left, key);
  const { news, changed } = newsOf(places, states, {
    fresh: await digestRowsOf(ports, context, [wanted, key], made),
    known: await digestRowsOf(ports, context, [known.filter(isShared), key]),
    gone: digests,
    left: new Set(left.map(({ path }) => path)),
  });
  const isPlain = changed.corrections.length + changed.lost.length === 0;
  const told = { ...news, changes: isPlain ? null : await rowChanges(ports, context, changed) };
  const unread = left.filter(({ sha256 }) => !digests.has(sha256));
  const mayHold = fresh.filter((_, i) => shared.fresh.has(i)).map(({ file }) => file);
  return unread.length === 0 ? told : assumedNews(ports, context, told, { unread, mayHold, whole: profiles.whole });
}

/** Digests of a file that grew, where those of its two parts are at hand. */
async function joinDigests(
  ports: Pick<Ports, "files">,
  context: RowContext,
  [{ file, part }, before, key]: readonly [file: FreshFile, before: EarlierFile, key: readonly string[]],
  made: Map<string, FileDigests>,
): Promise<void> {
  const head = await recallRows(ports, context, before.sha256, key);
  const tail = made.get(contentOf(part));
  if (head === null || tail === undefined) return;
  const rows = joined(head.rows, tail.rows);
  const digests = { rows, keys: head.keys && tail.keys && joined(head.keys, tail.keys) };
  made.set(file.sha256, digests);
  await keepRows(ports, context, [file.sha256, key], digests);
}

function joined(head: BigUint64Array, tail: BigUint64Array): BigUint64Array {
  const all = new BigUint64Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

/** Which of the files may share rows: numbers of the fresh ones, digests of the others. */
async function mayShare(
  ports: Pick<Ports, "git" | "files">,
  context: RowContext,
  others: readonly string[],
  { fresh, whole, key }: Profiles & { readonly key: readonly string[] | null },
): Promise<{ readonly fresh: ReadonlySet<number>; readonly others: ReadonlySet<string> }> {
  if (whole !== null) {
    const atAll = mayShareRows({ others: [whole], fresh, key });
    if (atAll.others.length === 0) return { fresh: new Set(atAll.fresh), others: new Set() };
  }
  const profiles: (Profile | null)[] = [];
  for (const sha256 of others) profiles.push(await loadProfile(ports, context, sha256));
  const shared = mayShareRows({ others: profiles, fresh, key });
  return { fresh: new Set(shared.fresh), others: new Set(shared.others.map((i) => others[i]!)) };
}

/** Kept ones, or of the bytes that git or their place has; and where rows of them can be looked at. */
async function digestsOfGone(
  ports: RowsSincePorts,
  context: RowContext,
  gone: readonly EarlierFile[],
  key: readonly string[],
): Promise<{ readonly gone: Map<string, FileDigests>; readonly places: ReadonlyMap<string, SnapshotFile> }> {
  const digests = new Map<string, FileDigests>();
  const places = new Map<string, SnapshotFile>();
  for (const file of gone) {
    const kept = await recallRows(ports, context, file.sha256, key);
    // A few rows to look at are not worth a download.
    const place = await storedFile(ports.sources, context, file, { ifKept: kept !== null });
    if (kept !== null) digests.set(file.sha256, kept);
    if (place !== null) places.set(file.sha256, place);
  }
  const wanted = [...places.values()].filter(({ sha256 }) => !digests.has(sha256));
  const stored = new Set((await fetchStored(ports.sources, context, wanted)).map(({ sha256 }) => sha256));
  const here = wanted.filter(({ sha256 }) => stored.has(sha256));
  for (const [sha256, made] of await digestRowsOf(ports, context, [here, key])) digests.set(sha256, made);
  return { gone: digests, places };
}
