import { uncountedRows } from "@refit/core/data";
import type { lastJudged } from "@refit/core/decide";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { RowNews } from "../products/row-news.ts";
import type { Snapshot } from "../products/snapshot.ts";
import { recallNews } from "./kept-news.ts";

type JudgedFiles = NonNullable<ReturnType<typeof lastJudged>>["files"];
type CountPorts = Pick<Ports, "scratch" | "git" | "files" | "sources" | "tables" | "out">;

/** Rows that were not there before. */
export function addedRows({ files }: RowNews): number {
  return files.reduce((sum, { added }) => sum + added, 0);
}

interface NewRowCount {
  readonly rows: number;
  /** Earlier bytes cannot be had, so the rows were not compared. */
  readonly assumed: boolean;
}

const counted = (news: RowNews): NewRowCount => ({ rows: addedRows(news), assumed: news.unread.length > 0 });

/** Rows of a snapshot that were not there when something was judged. Where that was the champion, the snapshot has counted them. */
export async function countNewRows(
  ports: CountPorts,
  context: Context,
  snapshot: Snapshot,
  then: JudgedFiles,
): Promise<NewRowCount> {
  const built = context.champion?.lineage.data.files ?? [];
  if (then.length === built.length && isAmong(built, then)) return counted(snapshot.news);
  if (isAmong(snapshot.sources, then)) return { rows: 0, assumed: false };
  const { rowsSince } = await import("./reading-rows.ts");
  const { news } = await rowsSince(ports, context, [snapshot.sources, then]);
  for (const { message } of uncountedRows(news)) ports.out.notice(`Since the last comparison: ${message}`);
  return counted(news);
}

/** The same without reading any data; `null`: nobody has counted them on this machine. */
export async function knownNewRows(
  ports: Pick<Ports, "files">,
  context: Pick<Context, "manifest" | "repository" | "spec">,
  now: readonly { readonly path: string; readonly sha256: string }[] | null,
  then: JudgedFiles,
): Promise<number | null> {
  if (now === null) return null;
  if (isAmong(now, then)) return 0;
  const news = await recallNews(ports, context, now, then);
  return news && addedRows(news);
}

interface NamedBytes {
  readonly sha256: string;
}

function isAmong(files: readonly NamedBytes[], others: readonly NamedBytes[]): boolean {
  const known = new Set(others.map(({ sha256 }) => sha256));
  return files.every(({ sha256 }) => known.has(sha256));
}
