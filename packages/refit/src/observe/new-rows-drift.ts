import { measureDrift } from "@refit/core/data";
import { parseProfile } from "@refit/core/history";
import type { RetrainPolicy } from "@refit/core/spec";
import { columnRoles } from "../data/column-roles.ts";
import type { Context } from "../products/context.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import { readChampionFile } from "../versions/version-folder.ts";
import { classifyRows } from "./classify-rows.ts";
import { profileAnswers } from "./profile-answers.ts";

type NewRowsDriftPorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/** Nothing to compare with, or nothing that is new. */
const noDrift: Pick<Observation, "drift" | "classifier"> = { drift: [], classifier: null };

/**
 * How far the new rows have moved from those that the champion was built from. The columns cost nothing more, since
 * both profiles are at hand; answers and classifier take the champion itself.
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
  if (snapshot.blocked || !policy.drift) {
    return { drift: measureDrift(reference, snapshot.newProfile, { unread, target }), classifier: null };
  }
  const fresh = freshFiles(snapshot);
  const answers = reference.prediction && (await profileAnswers(ports, context, champion, fresh));
  const current = answers === undefined ? snapshot.newProfile : { ...snapshot.newProfile, prediction: answers };
  const drift = measureDrift(reference, current, { unread, target, prediction });
  const classifier = policy.driftClassifier
    ? await classifyRows(ports, context, champion, { all: snapshot.sources, fresh })
    : null;
  return { drift, classifier };
}

function freshFiles({ sources, newFiles }: Snapshot): Snapshot["sources"] {
  const paths = new Set(newFiles);
  return sources.filter(({ source }) => paths.has(source.path));
}
