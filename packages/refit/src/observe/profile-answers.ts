import { mergeProfiles, profilePredictions, type ColumnProfile, type Profile } from "@refit/core/data";
import type { Context, Version } from "../products/context.ts";
import { loadProfile, saveProfile } from "../data/profile-store.ts";
import { contentOf } from "../data/snapshot-files.ts";
import type { SnapshotFile } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import { withChampionRows } from "./champion-rows.ts";
import { predictionsOf } from "../scoring/scored-version.ts";

type ProfileAnswersPorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/**
 * Profile of the champion's answers for the rows of some files. Each file is prepared by itself and once: its profile is
 * kept by content of file, preparation and champion.
 *
 * @returns `undefined` where the champion cannot be applied to one of them.
 */
export async function profileAnswers(
  ports: ProfileAnswersPorts,
  context: Context,
  champion: Version,
  files: readonly SnapshotFile[],
): Promise<ColumnProfile | undefined> {
  const profiles: Profile[] = [];
  for (const file of files) {
    const content = JSON.stringify(["answers", contentOf(file), champion.treeId, context.manifest.prepare ?? null]);
    const known = await loadProfile(ports, context, content);
    const profile = known ?? (await answersFor(ports, context, champion, file));
    if (profile === null) return undefined;
    if (known === null && !context.request.dryRun) await saveProfile(ports, context, content, profile);
    profiles.push(profile);
  }
  return mergeProfiles(profiles).columns[0];
}

function answersFor(
  ports: ProfileAnswersPorts,
  context: Context,
  version: Version,
  file: SnapshotFile,
): Promise<Profile | null> {
  return withChampionRows(ports, context, { version, files: [file] }, async ({ champion, rows }) => {
    ports.out.progress("Scoring the champion on new files");
    const predictions = (await predictionsOf(champion, rows))!;
    return { format: 1, rows: rows.length, columns: [profilePredictions(predictions, champion.spec.target)] };
  });
}
