import type { RetrainDecision } from "@refit/core";
import type { Outcome } from "../outcome.ts";
import type { Ports } from "../ports.ts";
import type { Context } from "./read.ts";

/** An end without a retrain: the data are fine, so an alert about them is closed. */
export async function skip(ports: Ports, context: Context, decision: RetrainDecision): Promise<Outcome> {
  const { model, dryRun } = context.request;
  const heldBack = decision.heldBack!;
  if (!dryRun && context.history.state !== "broken") await ports.forge.ensureAlert(model, null);
  return {
    model,
    decision: heldBack.kind === "refused" ? "suppressed" : "skipped",
    reasons: decision.reasons,
    heldBack,
  };
}
