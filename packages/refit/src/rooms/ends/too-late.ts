import { checkHandOver } from "@refit/core/history";
import type { Decided } from "../../products/decided.ts";
import type { Outcome } from "../../products/outcome.ts";
import { skip } from "./skip.ts";

/**
 * An end for `--candidates`: another job has trained, and the world moved on between the two, so that its candidate is
 * not the one that is due now.
 *
 * @returns `null`: nothing was handed over, or it fits.
 */
export async function endTooLate(ports: Parameters<typeof skip>[0], decided: Decided): Promise<Outcome | null> {
  const { context, snapshot, decision } = decided;
  const { request, champion } = context;
  if (request.candidates === undefined) return null;
  const due = { inputDigest: snapshot.digests.input, parent: champion?.treeId ?? null };
  const heldBack = checkHandOver(request.candidates.of(request.model), due);
  if (heldBack === null) return null;
  return skip(ports, { ...decided, decision: { ...decision, retrain: false, heldBack } });
}
