import { blockedInARow, driftRow } from "@refit/core/decide";
import { type LedgerRow, rowsOfKind } from "@refit/core/history";
import { recordLedger } from "../../ledger/ledger.ts";
import type { Outcome } from "../../products/outcome.ts";
import type { Ports } from "../../ports/index.ts";
import { stopOutdatedCanary } from "../propose-canary.ts";
import { settleQuietAlert } from "./alert.ts";
import type { Context } from "../../products/context.ts";
import type { Decided } from "../../products/decided.ts";

type SkipPorts = Pick<Ports, "ancestry" | "clock" | "git" | "branches" | "forge">;

/** An end without a retrain: the data are fine. */
export async function skip(ports: SkipPorts, decided: Decided): Promise<Outcome> {
  const { context, decision } = decided;
  const { model, dryRun } = context.request;
  const heldBack = decision.heldBack!;
  const now = ports.clock.now();
  const rows = [...context.unrecorded, ...newDrift(decided, now), ...endOfBlocks(decided, now)];
  // Nothing waits for them, so that one push of the run shares those of all models.
  if (!dryRun && rows.length > 0) await recordLedger(ports, context.repository, { rows, files: new Map(), at: now });
  const isWaiting = heldBack.kind === "held-by-person" && decision.reasons.length > 0;
  if (!dryRun && context.proposal?.heldByPerson === true) await tellHolder(ports, context, isWaiting);
  if (!dryRun) await stopOutdatedCanary(ports, context);
  await settleQuietAlert(ports, decided);
  return {
    model,
    decision: heldBack.kind === "refused" ? "suppressed" : "skipped",
    reasons: decision.reasons,
    heldBack,
    nextEligibleAt: decision.nextEligibleAt,
    url: context.proposal?.url ?? null,
  };
}

/**
 * Of an open proposal that is left alone, whoever reads it should know that it is not on the newest data, or that its head
 * is not the one that was judged.
 */
async function tellHolder(
  ports: Pick<Ports, "clock" | "forge">,
  { request: { model }, repository, branch }: Context,
  isWaiting: boolean,
): Promise<void> {
  const waiting =
    "**Newer data wait.** This proposal is approved, or has a commit that is not refit's, so refit does not change it. Merge or close it, and the next run uses the newer data.";
  const sentence = isWaiting ? waiting : null;
  await ports.forge.ensureRemark(repository, { model, branch, sentence, closes: false, at: ports.clock.now() });
}

/** A run that was blocked before this one is over: the next one begins to count anew. */
function endOfBlocks({ context, snapshot }: Decided, now: number): LedgerRow[] {
  // A model that must not be promoted is none the better for a run that does not train it again.
  const last = rowsOfKind(context.ledger, "blocked").at(-1);
  if (blockedInARow(context.ledger) === null || last?.files !== undefined) return [];
  const { request, champion } = context;
  const inputs = { inputDigest: snapshot.digests.input, parent: champion?.treeId ?? null, holdout: null };
  return [{ kind: "unblocked", model: request.model, at: new Date(now).toISOString(), ...inputs }];
}

/** Drift that was seen and led to no training is remembered, so that the next run can confirm it. */
function newDrift({ context, snapshot, observation }: Decided, now: number): LedgerRow[] {
  const { request, champion, ledger } = context;
  const against = { model: request.model, inputDigest: snapshot.digests.input, parent: champion?.treeId ?? null };
  const row = driftRow(observation, against, ledger, now);
  return row === null ? [] : [row];
}
