import { type HeldBack, type Reason, tooEarly } from "@refit/core/decide";
import { learnedUntil } from "@refit/core/history";
import { countClasses, pickRows } from "@refit/core/judge";
import type { Context } from "../../products/context.ts";
import type { Decided } from "../../products/decided.ts";
import type { Outcome } from "../../products/outcome.ts";
import type { Prepared } from "../../products/prepared.ts";
import { skip } from "./skip.ts";

/** An end before the training: what only prepared rows tell is that no verdict could come of it yet. */
export async function endTooEarly(
  ports: Parameters<typeof skip>[0],
  decided: Decided,
  prepared: PreparedRows,
): Promise<Outcome | null> {
  const { context, decision } = decided;
  const heldBack = waitsForRows(context, decision.reasons, prepared);
  return heldBack && skip(ports, { ...decided, decision: { ...decision, retrain: false, heldBack } });
}

type PreparedRows = Pick<Prepared, "labelled" | "labels" | "split" | "target" | "times">;

/** @returns what a refresh has to wait for; `null`: nothing, or the champion has not learned from all rows up to an instant. */
export function waitsForRows(
  { champion, spec }: Context,
  reasons: readonly Reason[],
  { labelled, labels, split, target, times }: PreparedRows,
): HeldBack | null {
  const learned = champion && learnedUntil(champion.lineage);
  if (learned === null || times === null) return null;
  const until = Date.parse(learned);
  const newer = labelled.filter((row) => times[row]! > until);
  return tooEarly(reasons, {
    rows: newer.length,
    minRows: spec.holdout.minRows,
    classRows: countClasses(target, pickRows(labels, newer)),
    full: newer.length > split.holdout.length,
  });
}
