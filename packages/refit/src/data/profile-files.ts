import type { Finding, Profile } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import { loadProfile, saveProfile } from "./profile-store.ts";
import type { RowContext } from "../products/context.ts";
import { fetchFiles } from "./snapshot-files.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { withSource } from "./source-table.ts";

type ProfileFilesPorts = Pick<Ports, "scratch" | "git" | "files" | "sources" | "tables" | "out">;

export interface ProfiledFiles {
  /** In the order of the files; none when `findings` holds an error. */
  readonly profiles: readonly { readonly path: string; readonly sha256: string; readonly profile: Profile }[];
  /** What reading the files found. */
  readonly findings: readonly Finding[];
}

/** A file that was profiled before, here or on another machine, is not read again. */
export async function profileFiles(
  ports: ProfileFilesPorts,
  context: RowContext,
  files: readonly SnapshotFile[],
): Promise<ProfiledFiles> {
  const known = new Map<string, Profile>();
  for (const { sha256 } of files) {
    const profile = await loadProfile(ports, context, sha256);
    if (profile !== null) known.set(sha256, profile);
  }
  const missing = files.filter((file) => !known.has(file.sha256));
  const findings = missing.length === 0 ? [] : await profileMissing(ports, context, missing, known);
  const profiles = files.flatMap(({ source, sha256 }) => {
    const profile = known.get(sha256);
    return profile === undefined ? [] : [{ path: source.path, sha256, profile }];
  });
  return { profiles, findings };
}

/** Adds to `known`, and to the store so that it need not be made again. */
async function profileMissing(
  ports: ProfileFilesPorts,
  context: RowContext,
  missing: readonly SnapshotFile[],
  known: Map<string, Profile>,
): Promise<readonly Finding[]> {
  const fetched = await fetchFiles(ports, context.repository, missing);
  return withSource(ports, context, fetched, async (table) => {
    if (table.findings.some((finding) => finding.severity === "error")) return table.findings;
    for (const [i, file] of fetched.entries()) {
      ports.out.progress("Profiling", i / fetched.length);
      const profile = await table.profile(file.path);
      if (!context.request.dryRun) await saveProfile(ports, context, file.sha256, profile);
      known.set(file.sha256, profile);
    }
    return table.findings;
  });
}
