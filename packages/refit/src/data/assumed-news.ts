import type { Profile } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { FileNews, RowNews, UnreadFile } from "../products/row-news.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import type { EarlierFile } from "./earlier-file.ts";
import { loadProfile } from "./profile-store.ts";
import { fetchFiles } from "./snapshot-files.ts";
import { withSource } from "./source-table.ts";

type AssumedNewsPorts = Pick<Ports, "scratch" | "git" | "files" | "sources" | "tables" | "out">;

interface UnreadState {
  /** Earlier files that nobody can read any more. */
  readonly unread: readonly EarlierFile[];
  /** Files that may have rows of them. */
  readonly mayHold: readonly SnapshotFile[];
  /** Of the earlier state as a whole; `null`: not at hand. */
  readonly whole: Profile | null;
}

/**
 * What is new where rows of an earlier file cannot be compared: as few rows as possible are, which are those that the files have more than
 * before; but where rows have a time, at least those that are later than all earlier rows.
 */
export async function assumedNews(
  ports: AssumedNewsPorts,
  context: RowContext,
  news: RowNews,
  { unread, mayHold, whole }: UnreadState,
): Promise<RowNews> {
  const holding = new Set(mayHold.map(({ source }) => source.path));
  const later = await laterRows(ports, context, { unread, mayHold, whole });
  const files = fewestNew(news.files, holding, unread, later);
  const before = unread.reduce((sum, { rows }) => sum + rows, 0);
  const absorbed = news.files.reduce((sum, { added }, i) => sum + added - files[i]!.added, 0);
  return { ...news, files, lost: news.lost + before - absorbed, unread: unread.map(unreadFile) };
}

/** Each file has the rows that it had before, as far as it has as many; what is left of them may be in the others. */
export function fewestNew(
  files: readonly FileNews[],
  holding: ReadonlySet<string>,
  unread: readonly Pick<EarlierFile, "path" | "rows">[],
  later: ReadonlyMap<string, number>,
): FileNews[] {
  const own = new Map(unread.map(({ path, rows }) => [path, rows]));
  /** Rows that are not later than all before may have been there. */
  const room = ({ path, added }: FileNews) => Math.max(0, added - (later.get(path) ?? 0));
  const taken = new Map<string, number>();
  for (const file of files.filter(({ path }) => holding.has(path))) {
    const rows = Math.min(room(file), own.get(file.path) ?? 0);
    taken.set(file.path, rows);
    own.set(file.path, (own.get(file.path) ?? 0) - rows);
  }
  let left = [...own.values()].reduce((sum, rows) => sum + rows, 0);
  return files.map((file) => {
    const before = taken.get(file.path);
    if (before === undefined || file.added === 0) return file;
    const more = Math.min(room(file) - before, left);
    left -= more;
    const added = file.added - before - more;
    const isLater = added > 0 && added === later.get(file.path);
    return { ...file, added, assumed: isLater ? ("later" as const) : ("more" as const) };
  });
}

/** Rows of each file that are later than all of the earlier files; none where these have no time, or nobody knows it. */
async function laterRows(
  ports: AssumedNewsPorts,
  context: RowContext,
  { unread, mayHold, whole }: UnreadState,
): Promise<ReadonlyMap<string, number>> {
  const time = context.ofTable === undefined ? context.spec.time : context.ofTable.availableAt;
  const later = new Map<string, number>();
  if (time === undefined || mayHold.length === 0) return later;
  const newestOf = (profile: Profile | null) => profile?.columns.find(({ name }) => name === time)?.max;
  const newest: number[] = [];
  for (const { sha256 } of unread) {
    const known = newestOf((await loadProfile(ports, context, sha256)) ?? whole);
    if (known === undefined) return later;
    newest.push(known);
  }
  const last = newest.reduce((a, b) => Math.max(a, b));
  const fetched = await fetchFiles(ports, context.repository, mayHold);
  await withSource(ports, context, { files: fetched, tables: new Map() }, async (table) => {
    if (table.findings.some(({ severity }) => severity === "error")) return;
    for (const { path } of fetched) {
      const rows = await table.countAbove(path, time, last);
      if (rows !== null) later.set(path, rows);
    }
  });
  return later;
}

function unreadFile({ path, rows, bytes, blob, version }: EarlierFile): UnreadFile {
  if (version !== undefined) return { path, rows, why: "gone-from-place" };
  if (bytes === undefined || blob === undefined) return { path, rows, why: "unknown" };
  return { path, rows, why: blob === null ? "untracked" : "gone-from-git" };
}
