import type { Finding, Profile } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import { loadProfile, saveProfile } from "./profile-store.ts";
import type { SourceTable } from "../ports/tables.ts";
import type { RowContext } from "../products/context.ts";
import { contentOf, fetchFiles } from "./snapshot-files.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import { withSource } from "./source-table.ts";

type ProfileFilesPorts = Pick<Ports, "scratch" | "git" | "files" | "sources" | "tables" | "out">;

export interface ProfiledFiles {
  /** In the order of the files; none when `findings` holds an error. */
  readonly profiles: readonly { readonly path: string; readonly content: string; readonly profile: Profile }[];
  /** What reading the files found. */
  readonly findings: readonly Finding[];
}

/** What else is found out of a file while it is open. */
type WhileOpen = (table: SourceTable, file: SnapshotFile) => Promise<void>;

/** A file, or the rows of it that are meant, is not read again where it was profiled before, here or on another machine. */
export async function profileFiles(
  ports: ProfileFilesPorts,
  context: RowContext,
  files: readonly SnapshotFile[],
  whileOpen: WhileOpen = async () => {},
): Promise<ProfiledFiles> {
  const known = new Map<string, Profile>();
  for (const content of files.map(contentOf)) {
    const profile = await loadProfile(ports, context, content);
    if (profile !== null) known.set(content, profile);
  }
  const missing = files.filter((file) => !known.has(contentOf(file)));
  const findings =
    missing.length === 0
      ? []
      : await profileMissing(ports, context, missing, async (file, profile, table) => {
          known.set(contentOf(file), profile);
          await whileOpen(table, file);
        });
  const profiles = files.flatMap((file) => {
    const content = contentOf(file);
    const profile = known.get(content);
    return profile === undefined ? [] : [{ path: file.source.path, content, profile }];
  });
  return { profiles, findings };
}

/** Keeps what it finds, so that it need not be made again. */
async function profileMissing(
  ports: ProfileFilesPorts,
  context: RowContext,
  missing: readonly SnapshotFile[],
  onProfile: (file: SnapshotFile, profile: Profile, table: SourceTable) => Promise<void>,
): Promise<readonly Finding[]> {
  const fetched = await fetchFiles(ports, context.repository, missing);
  return withSource(ports, context, { files: fetched, tables: new Map() }, async (table) => {
    if (table.findings.some((finding) => finding.severity === "error")) return table.findings;
    // What blocks has to be found again by the next run.
    const isKept = !context.request.dryRun && table.findings.every(({ severity }) => severity === "warning");
    for (const [i, file] of missing.entries()) {
      ports.out.progress("Profiling", i / missing.length);
      const profile = await table.profile(file.source.path);
      if (isKept) await saveProfile(ports, context, contentOf(file), profile);
      await onProfile(file, profile, table);
    }
    return table.findings;
  });
}
