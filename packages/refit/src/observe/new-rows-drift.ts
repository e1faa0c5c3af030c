import { measureDrift, mergeProfiles, type Profile } from "@refit/core/data";
import { parseProfile } from "@refit/core/history";
import type { RetrainPolicy } from "@refit/core/spec";
import { columnRoles } from "../data/column-roles.ts";
import { profileFiles } from "../data/profile-files.ts";
import type { Context } from "../products/context.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot, SnapshotFile } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import { readChampionFile } from "../versions/version-folder.ts";
import { withRowsSince } from "./appended-rows.ts";
import { classifyRows } from "./classify-rows.ts";
import { profileAnswers } from "./profile-answers.ts";

type NewRowsDriftPorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/** Nothing to compare with, or nothing that is new. */
const noDrift: Pick<Observation, "drift" | "classifier"> = { drift: [], classifier: null };

/**
 * How far the new rows have moved from those that the champion was built from. The columns of new files cost nothing more, since
 * both profiles are at hand; of a file that grew, what was appended is profiled. Answers and classifier take the champion itself.
 *
 * @param policy `drift`: answers too; `driftClassifier`: the classifier too.
 */
export async function newRowsDrift(
  ports: NewRowsDriftPorts,
  context: Context,
  snapshot: Snapshot,
  policy: Pick<RetrainPolicy, "drift" | "driftClassifier">,
): Promise<Pick<Observation, "drift" | "classifier">> {
  const { champion } = context;
  const text = champion && (await readChampionFile(ports, champion, "profile.json"));
  if (champion === null || text === null || snapshot.newProfile === null) return noDrift;
  const reference = parseProfile(text);

  const { unread, target, prediction } = await columnRoles(ports, champion);
  if (snapshot.blocked) {
    return { drift: measureDrift(reference, snapshot.newProfile, { unread, target }), classifier: null };
  }
  const { newProfile } = snapshot;
  const asked = { champion, snapshot, withOld: policy.drift && policy.driftClassifier };
  return withRowsSince(ports, context.repository, asked, async ({ old, fresh, grew, sources }) => {
    const here = { ...ports, sources };
    const profile = (grew && (await profileOf(here, context, fresh))) || newProfile;
    if (!policy.drift) return { drift: measureDrift(reference, profile, { unread, target }), classifier: null };
    const answers = reference.prediction && (await profileAnswers(here, context, champion, fresh));
    const current = answers === undefined ? profile : { ...profile, prediction: answers };
    const drift = measureDrift(reference, current, { unread, target, prediction });
    const classifier = policy.driftClassifier ? await classifyRows(here, context, champion, { old, fresh }) : null;
    return { drift, classifier };
  });
}

/** @returns `null`: they cannot be read alone. */
async function profileOf(
  ports: NewRowsDriftPorts,
  context: Context,
  files: readonly SnapshotFile[],
): Promise<Profile | null> {
  const { profiles } = await profileFiles(ports, context, files);
  return profiles.length === 0 ? null : mergeProfiles(profiles.map(({ profile }) => profile));
}
