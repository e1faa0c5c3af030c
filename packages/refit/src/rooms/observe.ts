import type { RetrainPolicy } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot } from "../products/snapshot.ts";

type ObservePorts = Pick<Ports, "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out">;

/** The keys of `retrain` in model.yaml that ask for a measurement. */
export type ObservePolicy = Pick<RetrainPolicy, "drift" | "driftClassifier" | "performanceMargin">;

/**
 * Room 3: the champion on newer rows. Without a champion, or with no new row, nothing is measured and no library loaded.
 *
 * Broken data are not drift: a run ends before it observes them, and a command that shows them anyway gets the columns
 * alone, since nothing is predicted for such rows.
 *
 * @param policy the model's own, unless a person asks for more.
 */
export async function observe(
  ports: ObservePorts,
  context: Context,
  snapshot: Snapshot,
  policy: ObservePolicy = context.spec.retrain,
): Promise<Observation> {
  const { champion } = context;
  if (champion === null || snapshot.newRows.length === 0) return nothingNew;
  const { newRowsDrift, measurePerformance } = await import("../observe/index.ts");
  const { drift, classifier, findings } = await newRowsDrift(ports, context, snapshot, policy);
  const isAsked = policy.performanceMargin !== undefined && !snapshot.blocked;
  const decline = isAsked ? await measurePerformance(ports, context, snapshot, champion) : null;
  return { drift, classifier, decline, findings };
}

const nothingNew: Observation = { drift: [], classifier: null, decline: null, findings: [] };
