import type { LedgerRow, RetrainDecision } from "@refit/core";
import { appendLedger } from "../adapters/ledger.ts";
import type { Outcome } from "../outcome.ts";
import type { Ports } from "../ports.ts";
import { closeAlert } from "./alert.ts";
import { driftRows } from "../data/drift-memory.ts";
import type { Context } from "../context.ts";
import type { Snapshot } from "./snapshot.ts";

/** An end without a retrain: the data are fine, so an alert about them is closed. One about the last verdict stays. */
export async function skip(
  ports: Ports,
  context: Context,
  snapshot: Snapshot,
  decision: RetrainDecision,
): Promise<Outcome> {
  const { model, dryRun } = context.request;
  const heldBack = decision.heldBack!;
  const rows = [...context.unrecorded, ...driftRows(context, snapshot, ports.clock.now())];
  if (!dryRun && (context.ledgerUnpushed || rows.length > 0)) await shareLedger(ports, context, rows);
  const last = context.ledger.findLast((row) => row.kind === "look");
  if (last?.verdict !== "block") await closeAlert(ports, context);
  return {
    model,
    decision: heldBack.kind === "refused" ? "suppressed" : "skipped",
    reasons: decision.reasons,
    heldBack,
    nextEligibleAt: decision.nextEligibleAt,
    url: context.proposal?.url ?? null,
  };
}

/** What people decided on the forge, drift, and what a run that was cut short remembered, is shared by the next run. */
async function shareLedger(ports: Ports, { repository }: Context, rows: readonly LedgerRow[]): Promise<void> {
  await appendLedger(ports, repository, { rows, files: new Map(), at: ports.clock.now() });
}
