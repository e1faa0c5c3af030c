import type { RetrainDecision } from "@refit/core";
import { appendLedger } from "../adapters/ledger.ts";
import type { Outcome } from "../outcome.ts";
import type { Ports } from "../ports.ts";
import { closeAlert } from "./alert.ts";
import type { Context } from "./read.ts";

/** An end without a retrain: the data are fine, so an alert about them is closed. One about the last verdict stays. */
export async function skip(ports: Ports, context: Context, decision: RetrainDecision): Promise<Outcome> {
  const { model, dryRun } = context.request;
  const heldBack = decision.heldBack!;
  if (!dryRun && context.ledgerUnpushed) await shareLedger(ports, context);
  const last = context.ledger.findLast((row) => row.kind === "look");
  if (last?.verdict !== "block") await closeAlert(ports, context);
  return {
    model,
    decision: heldBack.kind === "refused" ? "suppressed" : "skipped",
    reasons: decision.reasons,
    heldBack,
  };
}

/** What a run that was cut short remembered is shared by the next, even if that has nothing to add. */
async function shareLedger(ports: Ports, { repository }: Context): Promise<void> {
  await appendLedger(ports, repository, { rows: [], files: new Map(), at: ports.clock.now() });
}
