import {
  checkData,
  measureDrift,
  mergeProfiles,
  parseFeatureSpec,
  parseProfile,
  type ColumnDrift,
  type ColumnRoles,
  type Finding,
} from "@refit/core";
import type { Ports } from "../ports.ts";
import { profileFiles } from "./profile-files.ts";
import type { Context } from "../context.ts";
import type { SnapshotFile } from "./snapshot-files.ts";
import { readChampionFile } from "../history/version-folder.ts";

export interface CheckedFiles {
  /** Rows of the new files, by sha256. */
  readonly rows: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  readonly drift: readonly ColumnDrift[];
}

export type CheckNewFiles = typeof checkNewFiles;

/**
 * Holds files that the champion was not built from against the manifest and against the champion's own profile.
 *
 * @param all files of the snapshot, `fresh` among them.
 */
export async function checkNewFiles(
  ports: Ports,
  context: Context,
  all: readonly SnapshotFile[],
  fresh: readonly SnapshotFile[],
): Promise<CheckedFiles> {
  const { champion, manifest } = context;
  const { profiles, findings } = await profileFiles(ports, context, fresh);
  const rows = new Map(profiles.map(({ sha256, profile }) => [sha256, profile.rows]));
  if (findings.some((finding) => finding.severity === "error")) return { rows, findings, drift: [] };

  const text = champion && (await readChampionFile(ports, champion, "profile.json"));
  const reference = text === null ? null : parseProfile(text);
  const built = new Map(champion?.lineage.data.files.map((file) => [file.sha256, file.rows]));
  const total = all.reduce((sum, { sha256 }) => sum + (rows.get(sha256) ?? built.get(sha256) ?? 0), 0);
  const checked = checkData({
    manifest,
    newFiles: profiles,
    reference,
    rows: total,
    knownRows: [...built.values()],
    time: context.spec.time ?? null,
    now: ports.clock.now(),
  });
  const current = mergeProfiles(profiles.map(({ profile }) => profile));
  const drift = reference === null ? [] : measureDrift(reference, current, await columnRoles(ports, champion));
  return { rows, findings: [...findings, ...checked], drift };
}

/** The target stands for itself, or for the source columns that `prepare` makes it from. */
async function columnRoles(ports: Ports, champion: Context["champion"]): Promise<ColumnRoles> {
  const text = champion && (await readChampionFile(ports, champion, "features.json"));
  if (text === null) return { unread: [], target: [] };
  const { ignored } = parseFeatureSpec(text);
  const isTarget = (reason: string) => reason === "target" || reason === "target-input";
  const namesOf = (columns: typeof ignored) => columns.map(({ name }) => name);
  return {
    unread: namesOf(ignored.filter(({ reason }) => !isTarget(reason))),
    target: namesOf(ignored.filter(({ reason }) => isTarget(reason))),
  };
}
