import type { RetrainDecision } from "@refit/core/decide";
import { checkHandOver } from "@refit/core/history";
import type { Context } from "../../products/context.ts";
import type { Snapshot } from "../../products/snapshot.ts";

/**
 * Another job has trained, and the world moved on between the two, so that its candidate is not the one that is due now.
 *
 * @returns what is decided then; `null`: nothing was handed over, or it fits.
 */
export function tooLate(
  { request, champion }: Context,
  { digests }: Snapshot,
  decision: RetrainDecision,
): RetrainDecision | null {
  if (request.candidates === undefined) return null;
  const parent = champion?.treeId ?? null;
  const heldBack = checkHandOver(request.candidates.of(request.model), { inputDigest: digests.input, parent });
  return heldBack && { ...decision, retrain: false, heldBack };
}
