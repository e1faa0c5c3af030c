import { quoted } from "../errors/name-words.ts";
import type { RemoteVersion } from "../lineage/remote-version.ts";
import { type Finding } from "./finding.ts";
import { finding } from "./finding-codes.ts";

interface VersionedPath {
  readonly path: string;
  readonly version?: RemoteVersion | undefined;
}

/**
 * Intervals of a database that were over when the live version was built from their rows, and whose rows are others now. They
 * are read as they are now, like any file that was written again; this says that the past has changed.
 */
export function alteredIntervals(built: readonly VersionedPath[], now: readonly VersionedPath[]): Finding[] {
  const here = new Map(now.map((file) => [file.path, file]));
  const newest = new Map<string, string>();
  for (const { path } of now) {
    const last = newest.get(sourceOf(path));
    if (last === undefined || path > last) newest.set(sourceOf(path), path);
  }
  const altered = new Map<string, string[]>();
  for (const { path, version } of built) {
    if (version?.["rowHash"] === undefined) continue;
    const source = sourceOf(path);
    const how = change(version, here.get(path), path < (newest.get(source) ?? ""));
    if (how !== null) altered.set(source, [...(altered.get(source) ?? []), `${intervalIn(path)} (${how})`]);
  }
  return [...altered].map(([source, intervals]) => {
    const rest = intervals.length > mostNamed ? ` and ${intervals.length - mostNamed} more` : "";
    const which = `${intervals.slice(0, mostNamed).join(", ")}${rest}`;
    const message = `Rows of ${quoted(source)} have changed since the live version was built from them, in intervals that were over: ${which}.`;
    return finding("past-altered", { file: source, count: intervals.length }, message);
  });
}

const mostNamed = 5;

/** @param isPast whether later intervals are here: a missing one is not only waiting for late rows. */
function change(then: RemoteVersion, now: VersionedPath | undefined, isPast: boolean): string | null {
  if (now?.version === undefined) return isPast ? `${then["rows"]} rows then, none now` : null;
  const { query, rows, rowHash } = now.version;
  // Whoever writes another query asks for other rows.
  if (query !== then["query"] || (rows === then["rows"] && rowHash === then["rowHash"])) return null;
  return rows === then["rows"] ? "as many rows, with other values" : `${then["rows"]} rows then, ${rows} now`;
}

const sourceOf = (path: string) => path.slice(0, path.lastIndexOf("/"));
const intervalIn = (path: string) => path.slice(path.lastIndexOf("/") + 1).replace(/\.parquet$/, "");
