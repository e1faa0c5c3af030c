import type { ColumnDrift, Finding, InputDigests, LineageFile, Profile } from "@refit/core";
import type { FetchedFile, Ports, SourceFile, SourceTable } from "../ports.ts";
import { loadProfile, saveProfile } from "../profile-store.ts";
import { digestOfInputs } from "../input-digests.ts";
import { readChampionFile } from "../version-folder.ts";
import { scratchFolder } from "../scratch.ts";
import type { Context } from "./read.ts";

/** The data as they are now, by content, and what the checks say of the new files. */
export interface Snapshot {
  readonly files: readonly LineageFile[];
  readonly sources: readonly SourceFile[];
  readonly rows: number;
  readonly findings: readonly Finding[];
  readonly blocked: boolean;
  readonly drift: readonly ColumnDrift[];
  readonly digests: InputDigests;
  /** Files that the champion was not built from. */
  readonly newFiles: readonly string[];
}

/**
 * Room 2: list, hash what differs, profile what is new, check it. When every file is known from the champion, nothing
 * is read and no library is loaded.
 */
export async function takeSnapshot(ports: Ports, context: Context): Promise<Snapshot> {
  const { repository, manifest, champion } = context;
  const listing = await ports.sources.list(repository, manifest, { workTree: context.request.dryRun });
  for (const notice of listing.notices) ports.out.notice(notice);
  const known = new Map((champion?.lineage.data.files ?? []).map((file) => [file.sha256, file]));

  const digested = await Promise.all(
    listing.files.map(async (source) => ({ source, sha256: await knownDigest(ports, context, source) })),
  );
  if (listing.files.length > 0 && digested.every((file) => file.sha256 !== null && known.has(file.sha256))) {
    const files = digested.map(({ source, sha256 }) => lineageFile(source, sha256!, known.get(sha256!)!.rows));
    return snapshotOf(ports, context, {
      files,
      sources: listing.files,
      findings: listing.findings,
      drift: [],
      newFiles: [],
    });
  }

  ports.out.progress("Hashing files");
  const fetched: FetchedFile[] = [];
  for (const { source } of digested) fetched.push(await ports.sources.fetch(repository, source));
  const checked = await checkNewFiles(ports, context, fetched);
  const rowsOf = (file: FetchedFile) => checked.rows.get(file.path) ?? known.get(file.sha256)?.rows ?? 0;
  return snapshotOf(ports, context, {
    files: fetched.map((file) => lineageFile(file, file.sha256, rowsOf(file))),
    sources: listing.files,
    findings: [...listing.findings, ...checked.findings],
    drift: checked.drift,
    newFiles: fetched.filter((file) => !known.has(file.sha256)).map((file) => file.path),
  });
}

async function knownDigest(ports: Ports, context: Context, source: SourceFile): Promise<string | null> {
  const tracked = context.champion?.lineage.data.files.find((f) => f.path === source.path && f.blob === source.blob);
  if (source.blob !== null && tracked !== undefined) return tracked.sha256;
  return ports.sources.knownDigest(context.repository, source);
}

function lineageFile(source: SourceFile, digest: string, rows: number): LineageFile {
  return { path: source.path, sha256: digest, bytes: source.bytes, rows, blob: source.blob };
}

async function snapshotOf(
  ports: Ports,
  context: Context,
  parts: Pick<Snapshot, "files" | "sources" | "findings" | "drift" | "newFiles">,
): Promise<Snapshot> {
  return {
    ...parts,
    rows: parts.files.reduce((sum, file) => sum + file.rows, 0),
    blocked: parts.findings.some((finding) => finding.severity !== "warning"),
    digests: digestOfInputs(ports, context, parts.files),
  };
}

/** Profiles of files that the champion was not built from, held against the champion's own profile. */
async function checkNewFiles(ports: Ports, context: Context, fetched: readonly FetchedFile[]) {
  const { champion, manifest } = context;
  const { checkData, measureDrift, mergeProfiles, parseProfile } = await import("@refit/core");
  const known = new Set(champion?.lineage.data.files.map((file) => file.sha256));
  const fresh = fetched.filter((file) => !known.has(file.sha256));

  const read = await profileFiles(ports, context, fresh);
  if (read.findings.some((finding) => finding.severity !== "warning")) return { ...read, drift: [] };

  const text = champion && (await readChampionFile(ports, champion, "profile.json"));
  const reference = text === null ? null : parseProfile(text);
  const rows = fetched.reduce((sum, file) => sum + (read.rows.get(file.path) ?? knownRows(champion, file)), 0);
  const findings = checkData({ manifest, newFiles: read.profiles, reference, rows });
  const current = mergeProfiles(read.profiles.map((file) => file.profile));
  const drift = reference === null || read.profiles.length === 0 ? [] : measureDrift(reference, current);
  return { rows: read.rows, findings: [...read.findings, ...findings], drift };
}

function knownRows(champion: Context["champion"], file: FetchedFile): number {
  return champion?.lineage.data.files.find((known) => known.sha256 === file.sha256)?.rows ?? 0;
}

interface ProfiledFiles {
  readonly profiles: readonly { readonly path: string; readonly profile: Profile }[];
  readonly rows: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** A file that was profiled before, here or on another machine, is not read again. */
export async function profileFiles(
  ports: Ports,
  context: Context,
  files: readonly FetchedFile[],
): Promise<ProfiledFiles> {
  const stored = await Promise.all(files.map((file) => loadProfile(ports, context, file.sha256)));
  const missing = files.filter((_, i) => stored[i] === null);
  let findings: readonly Finding[] = [];
  const made = new Map<string, Profile>();
  if (missing.length > 0) {
    await withSource(ports, context, missing, async (table) => {
      findings = table.findings;
      if (findings.some((finding) => finding.severity !== "warning")) return;
      for (const [i, file] of missing.entries()) {
        ports.out.progress("Profiling", i / missing.length);
        const profile = await table.profile(file.path);
        await saveProfile(ports, context, file.sha256, profile);
        made.set(file.sha256, profile);
      }
    });
  }
  const profiles = files.flatMap((file, i) => {
    const profile = stored[i] ?? made.get(file.sha256);
    return profile ? [{ path: file.path, profile }] : [];
  });
  return { profiles, rows: new Map(profiles.map(({ path, profile }) => [path, profile.rows])), findings };
}

/** Opens files as one typed table and closes it, whatever happens. */
export async function withSource<T>(
  ports: Ports,
  context: Context,
  files: readonly FetchedFile[],
  use: (table: SourceTable) => Promise<T>,
): Promise<T> {
  ports.out.progress("Reading data");
  const features = context.champion && (await readChampionFile(ports, context.champion, "features.json"));
  const { parseFeatureSpec } = await import("@refit/core");
  const knownTypes = features === null ? [] : parseFeatureSpec(features).source;
  const scratch = await scratchFolder(context.repository);
  const { spec, manifest } = context;
  const table = await ports.tables.open({ dataset: spec.data, files, manifest, knownTypes, scratch: scratch.path });
  try {
    return await use(table);
  } finally {
    await table.close();
    await scratch.remove();
  }
}
