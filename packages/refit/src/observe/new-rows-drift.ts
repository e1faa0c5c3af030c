import {
  type AnswerErrors,
  championCollapse,
  type ClassifierDrift,
  type ColumnDrift,
  driftVerdict,
  type Finding,
  measureDrift,
} from "@refit/core/data";
import type { RetrainPolicy } from "@refit/core/spec";
import { columnRoles } from "../data/column-roles.ts";
import type { RowRanges } from "../ports/sources.ts";
import type { Context, Version } from "../products/context.ts";
import type { Observation } from "../products/observation.ts";
import type { FileNews } from "../products/row-news.ts";
import type { Snapshot, SnapshotFile } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import { championProfile } from "../versions/champion-profile.ts";
import { classifyRows } from "./classify-rows.ts";
import { profileAnswers } from "./profile-answers.ts";

type NewRowsDriftPorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

type NewRowsDrift = Pick<Observation, "drift" | "classifier" | "findings">;

/** Nothing to compare with, or nothing that is new. */
const noDrift: NewRowsDrift = { drift: [], classifier: null, findings: [] };

/**
 * How far the new rows have moved from those that the champion was built from. The columns cost nothing more, since both profiles are
 * at hand; answers and classifier take the champion itself.
 *
 * @param policy `drift`: answers too, which `merge: auto` asks for as well; `driftClassifier`: the classifier too.
 */
export async function newRowsDrift(
  ports: NewRowsDriftPorts,
  context: Context,
  snapshot: Snapshot,
  policy: Pick<RetrainPolicy, "drift" | "driftClassifier">,
): Promise<NewRowsDrift> {
  const { champion, spec } = context;
  const reference = champion && (await championProfile(ports, champion));
  if (champion === null || reference === null || snapshot.newProfile === null) return noDrift;

  const { unread, target, prediction } = await columnRoles(ports, champion);
  if (snapshot.blocked) {
    return { ...noDrift, drift: measureDrift(reference, snapshot.newProfile, { unread, target }) };
  }
  const { newProfile, newRows: fresh, tables } = snapshot;
  const ofColumns = { ...noDrift, drift: measureDrift(reference, newProfile, { unread, target }) };
  // Where nobody looks before a merge, labels that may be wrong are looked for whatever is asked of drift.
  if (!policy.drift && spec.merge !== "auto") return ofColumns;
  const answers = reference.prediction && (await profileAnswers(ports, context, champion, { sources: fresh, tables }));
  const errors = answers?.errors ?? [];
  if (!policy.drift)
    return { ...ofColumns, findings: collapseOf(spec.target, ofColumns.drift, { errors, classifier: null }) };
  const current = answers === undefined ? newProfile : { ...newProfile, prediction: answers.profile };
  const drift = measureDrift(reference, current, { unread, target, prediction });
  const old = rowsBefore(champion, snapshot);
  const classifier = policy.driftClassifier
    ? await classifyRows(ports, context, champion, { old, fresh, tables })
    : null;
  return { drift, classifier, findings: collapseOf(spec.target, drift, { errors, classifier }) };
}

/** Only where the columns have not drifted: a world that moved with them is drift. */
function collapseOf(
  target: string,
  drift: readonly ColumnDrift[],
  { errors, classifier }: { readonly errors: readonly AnswerErrors[]; readonly classifier: ClassifierDrift | null },
): Finding[] {
  const columns = drift.filter(({ role }) => role !== "prediction");
  const isCalm = driftVerdict(columns, classifier).level < 1;
  const collapse = isCalm ? championCollapse(target, errors) : null;
  return collapse === null ? [] : [collapse];
}

/** Rows that the champion was built from, and that are still here. */
function rowsBefore({ lineage }: Version, { sources, news }: Snapshot): SnapshotFile[] {
  const isOld = new Set(lineage.data.files.map(({ sha256 }) => sha256));
  const fresh = new Map(news.files.map((file) => [file.path, file]));
  return sources.flatMap((file) => {
    if (isOld.has(file.sha256)) return [file];
    const only = otherRows(fresh.get(file.source.path)!);
    return only.length === 0 ? [] : [{ ...file, only }];
  });
}

/** The rows of a file that are not new. */
function otherRows({ rows, only }: FileNews): RowRanges {
  const others: [number, number][] = [];
  let next = 1;
  for (const [first, last] of only ?? [[1, rows]]) {
    if (first > next) others.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= rows) others.push([next, rows]);
  return others;
}
