import {
  acceptSuspects,
  checkData,
  mergeProfiles,
  repeatedRows,
  uncountedRows,
  type Finding,
  type Profile,
} from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { RowNews } from "../products/row-news.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { championProfile } from "../versions/champion-profile.ts";
import { columnRoles } from "./column-roles.ts";
import { rowsOfNews } from "./file-news.ts";
import { profileFiles } from "./profile-files.ts";
import { rowsSince } from "./rows-since.ts";

type CheckNewFilesPorts = Pick<Ports, "scratch" | "clock" | "git" | "files" | "sources" | "tables" | "out">;

export interface CheckedFiles {
  readonly news: RowNews;
  /** The rows that are new, by file; all files that are new, where one cannot be read. */
  readonly newRows: readonly SnapshotFile[];
  readonly findings: readonly Finding[];
  /** Of `newRows`; `null`: there are none, or a file cannot be read. */
  readonly profile: Profile | null;
}

export type CheckNewFiles = typeof checkNewFiles;

/**
 * Finds the rows that the champion was not built from, and checks them against the manifest and the champion's own profile. A
 * row that was there before is not checked again.
 *
 * @param all files of the snapshot.
 */
export async function checkNewFiles(
  ports: CheckNewFilesPorts,
  context: Context,
  all: readonly SnapshotFile[],
): Promise<CheckedFiles> {
  const { champion, manifest } = context;
  const built = champion?.lineage.data.files ?? [];
  const reference = champion && (await championProfile(ports, champion));
  const { news, findings } = await rowsSince(ports, context, [all, built], reference);
  const newRows = rowsOfNews(all, news);
  const told = [...findings];
  const then = new Map(built.map(({ sha256, rows }) => [sha256, rows]));
  const unreadable = { news, newRows: all.filter(({ sha256 }) => !then.has(sha256)), findings: told, profile: null };
  if (hasError(told)) return unreadable;
  const { profiles, findings: more } = await profileFiles(ports, context, newRows);
  const known = new Set(told.map(({ message }) => message));
  told.push(...more.filter(({ message }) => !known.has(message)));
  if (hasError(told)) return unreadable;

  const totals = new Map(news.files.map(({ path, rows }) => [path, rows]));
  const checked = checkData({
    manifest,
    newFiles: profiles.map(({ path, profile }) => ({ path, profile, fileRows: totals.get(path)! })),
    reference,
    rows: all.reduce((sum, { source, sha256 }) => sum + (totals.get(source.path) ?? then.get(sha256) ?? 0), 0),
    known: built,
    target: champion === null ? [] : (await columnRoles(ports, champion)).target,
    time: context.spec.time ?? null,
    now: ports.clock.now(),
  });
  const counted = [...repeatedRows(news.files), ...uncountedRows(news)];
  told.push(...acceptSuspects(counted, manifest.checks), ...checked);
  const profile = profiles.length === 0 ? null : mergeProfiles(profiles.map((file) => file.profile));
  return { news, newRows, findings: told, profile };
}

const hasError = (findings: readonly Finding[]) => findings.some(({ severity }) => severity === "error");
