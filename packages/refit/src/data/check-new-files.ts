import {
  acceptSuspects,
  checkData,
  mergeProfiles,
  repeatedRows,
  type Finding,
  type Profile,
  type ProfiledFile,
} from "@refit/core/data";
import { parseProfile, type LineageFile } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { columnRoles } from "./column-roles.ts";
import { profileFiles } from "./profile-files.ts";
import { loadProfile } from "./profile-store.ts";
import type { Context } from "../products/context.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { readChampionFile } from "../versions/version-folder.ts";

type CheckNewFilesPorts = Pick<Ports, "scratch" | "clock" | "git" | "files" | "sources" | "tables" | "out">;

export interface CheckedFiles {
  /** Rows of the new files, by sha256. */
  readonly rows: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  /** Of all their rows together; `null`: a file cannot be read. */
  readonly profile: Profile | null;
}

export type CheckNewFiles = typeof checkNewFiles;

/**
 * Checks files that the champion was not built from against the manifest and against the champion's own profile.
 *
 * @param all files of the snapshot, `fresh` among them.
 */
export async function checkNewFiles(
  ports: CheckNewFilesPorts,
  context: Context,
  all: readonly SnapshotFile[],
  fresh: readonly SnapshotFile[],
): Promise<CheckedFiles> {
  const { champion, manifest } = context;
  const { profiles, findings } = await profileFiles(ports, context, fresh);
  const rows = new Map(profiles.map(({ sha256, profile }) => [sha256, profile.rows]));
  if (findings.some((finding) => finding.severity === "error")) return { rows, findings, profile: null };

  const text = champion && (await readChampionFile(ports, champion, "profile.json"));
  const built = new Map(champion?.lineage.data.files.map((file) => [file.sha256, file.rows]));
  const total = all.reduce((sum, { sha256 }) => sum + (rows.get(sha256) ?? built.get(sha256) ?? 0), 0);
  const checked = checkData({
    manifest,
    newFiles: profiles,
    reference: text === null ? null : parseProfile(text),
    rows: total,
    known: champion?.lineage.data.files ?? [],
    target: champion === null ? [] : (await columnRoles(ports, champion)).target,
    time: context.spec.time ?? null,
    now: ports.clock.now(),
  });
  const copies = acceptSuspects(await copiesAmong(ports, context, profiles), manifest.checks);
  const profile = mergeProfiles(profiles.map((file) => file.profile));
  return { rows, findings: [...findings, ...copies, ...checked], profile };
}

/** A feed that is stuck repeats what it sent last, and files of one size each may be many. */
const mostCompared = 7;

/** Of the known files with as many rows as a new one, the last ones; one whose profile is not at hand is not read for it. */
async function copiesAmong(
  ports: Pick<Ports, "git" | "files">,
  context: Context,
  fresh: readonly ProfiledFile[],
): Promise<Finding[]> {
  const counts = new Set(fresh.map(({ profile }) => profile.rows));
  const alike = new Map<number, readonly LineageFile[]>();
  for (const file of context.champion?.lineage.data.files ?? []) {
    if (counts.has(file.rows)) alike.set(file.rows, [...(alike.get(file.rows) ?? []), file].slice(-mostCompared));
  }
  const known: ProfiledFile[] = [];
  for (const { path, sha256 } of [...alike.values()].flat()) {
    const profile = await loadProfile(ports, context, sha256);
    if (profile !== null) known.push({ path, profile });
  }
  return repeatedRows(fresh, known);
}
