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

/** Rows of a snapshot that were not there when something was judged. Where that was the champion, the snapshot has counted them. */
export async function countNewRows(
  ports: CountPorts,
  context: Context,
  snapshot: Snapshot,
  then: JudgedFiles,
): Promise<number> {
  const built = context.champion?.lineage.data.files ?? [];
  if (then.length === built.length && isAmong(built, then)) return addedRows(snapshot.news);
  if (isAmong(snapshot.sources, then)) return 0;
  const { rowsSince } = await import("./reading-rows.ts");
  return addedRows((await rowsSince(ports, context, [snapshot.sources, then])).news);
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
