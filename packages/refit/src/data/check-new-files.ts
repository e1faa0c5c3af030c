import {
  acceptSuspects,
  checkData,
  measureDrift,
  mergeProfiles,
  repeatedRows,
  type ClassifierDrift,
  type ColumnDrift,
  type ColumnProfile,
  type ColumnRoles,
  type Finding,
  type Profile,
} from "@refit/core/data";
import { parseFeatureSpec, parseProfile } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { profileFiles } from "./profile-files.ts";
import { loadProfile } from "./profile-store.ts";
import type { Context, Version } from "../products/context.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { readChampionFile } from "../versions/version-folder.ts";
import type { ClassifyRows } from "../observe/classify-rows.ts";
import type { ProfileAnswers } from "../observe/profile-answers.ts";

export interface CheckedFiles {
  /** Rows of the new files, by sha256. */
  readonly rows: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  readonly drift: readonly ColumnDrift[];
  /** `null`: not asked for. */
  readonly classifier: ClassifierDrift | null;
}

/** What drift is measured of besides the columns, which cost nothing more; it takes the champion itself. */
export interface DriftWanted {
  readonly answers: boolean;
  readonly classifier: boolean;
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
  wanted: DriftWanted,
): Promise<CheckedFiles> {
  const { champion, manifest } = context;
  const { profiles, findings } = await profileFiles(ports, context, fresh);
  const rows = new Map(profiles.map(({ sha256, profile }) => [sha256, profile.rows]));
  if (findings.some((finding) => finding.severity === "error")) return { rows, findings, drift: [], classifier: null };

  const text = champion && (await readChampionFile(ports, champion, "profile.json"));
  const reference = text === null ? null : parseProfile(text);
  const built = new Map(champion?.lineage.data.files.map((file) => [file.sha256, file.rows]));
  const total = all.reduce((sum, { sha256 }) => sum + (rows.get(sha256) ?? built.get(sha256) ?? 0), 0);
  const roles = champion === null ? { unread: [], target: [] } : await columnRoles(ports, champion);
  const checked = checkData({
    manifest,
    newFiles: profiles,
    reference,
    rows: total,
    known: champion?.lineage.data.files ?? [],
    target: roles.target,
    time: context.spec.time ?? null,
    now: ports.clock.now(),
  });
  const copies = acceptSuspects(await copiesAmong(ports, context, profiles), manifest.checks);
  const current = mergeProfiles(profiles.map(({ profile }) => profile));
  const found = [...findings, ...copies, ...checked];
  if (champion === null || reference === null) return { rows, findings: found, drift: [], classifier: null };

  // Broken data are no drift: nothing is predicted for them.
  const clean = found.every(({ severity }) => severity === "warning");
  const asked = clean && wanted.answers;
  const known = asked && reference.prediction !== undefined;
  const prediction = known ? await answersFor(ports, context, champion, fresh) : undefined;
  const named = asked ? roles : { ...roles, prediction: undefined };
  const drift = measureDrift(reference, { ...current, ...(prediction && { prediction }) }, named);
  const classifier = clean && wanted.classifier ? await tellApart(ports, context, champion, { all, fresh }) : null;
  return { rows, findings: found, drift, classifier };
}

/** A feed that is stuck repeats what it sent last, and files of one size each may be many. */
const mostCompared = 7;

/** Profiles of known files are looked up only where a new file has as many rows; one that is not at hand is not made. */
async function copiesAmong(
  ports: Ports,
  context: Context,
  fresh: readonly { readonly path: string; readonly profile: Profile }[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const known = context.champion?.lineage.data.files ?? [];
  for (const [i, file] of fresh.entries()) {
    const others = fresh.slice(0, i);
    for (const { path, sha256 } of known.filter(({ rows }) => rows === file.profile.rows).slice(-mostCompared)) {
      const profile = await loadProfile(ports, context, sha256);
      if (profile !== null) others.push({ path, profile });
    }
    findings.push(...repeatedRows(file, others));
  }
  return findings;
}

async function answersFor(...request: Parameters<ProfileAnswers>): Promise<ColumnProfile | undefined> {
  const { profileAnswers } = await import("../observe/profile-answers.ts");
  return profileAnswers(...request);
}

async function tellApart(...request: Parameters<ClassifyRows>): Promise<ClassifierDrift> {
  const { classifyRows } = await import("../observe/classify-rows.ts");
  return classifyRows(...request);
}

/** The target stands for itself, or for the source columns that `prepare` makes it from. */
async function columnRoles(ports: Ports, champion: Version): Promise<ColumnRoles> {
  const text = await readChampionFile(ports, champion, "features.json");
  if (text === null) return { unread: [], target: [] };
  const { ignored, target } = parseFeatureSpec(text);
  const isTarget = (reason: string) => reason === "target" || reason === "target-input";
  const namesOf = (columns: typeof ignored) => columns.map(({ name }) => name);
  return {
    unread: namesOf(ignored.filter(({ reason }) => !isTarget(reason))),
    target: namesOf(ignored.filter(({ reason }) => isTarget(reason))),
    prediction: target.name,
  };
}
