import { CandidatesMissingError } from "@refit/core/errors";
import type { HeldBack } from "@refit/core/decide";
import { checkFolders, checkHandOver } from "@refit/core/history";
import type { Decided } from "../../products/decided.ts";
import type { Outcome } from "../../products/outcome.ts";
import { skip } from "./skip.ts";

/**
 * An end for `--candidates`: another job has trained, and the world moved on between the two, so that its candidate is
 * not the one that is due now.
 *
 * @returns `null`: nothing was handed over, or it fits.
 * @throws CandidatesMissingError
 */
export async function endTooLate(ports: Parameters<typeof skip>[0], decided: Decided): Promise<Outcome | null> {
  const heldBack = whyNotTaken(decided);
  if (heldBack === null) return null;
  return skip(ports, { ...decided, decision: { ...decided.decision, retrain: false, heldBack } });
}

/**
 * Why what other jobs have trained cannot be taken for a retrain that is due; `null`: it can, or nothing was handed over.
 *
 * @throws CandidatesMissingError where folders were refused, so that a person has to look.
 */
export function whyNotTaken({ context, snapshot }: Pick<Decided, "context" | "snapshot">): HeldBack | null {
  const { request, champion } = context;
  const { model, candidates } = request;
  if (candidates === undefined) return null;
  const due = { inputDigest: snapshot.digests.input, parent: champion?.treeId ?? null };
  if (candidates.kind === "chosen") return checkHandOver(candidates.of(model), due);
  const folders = candidates.of(model);
  if (folders.length === 0 && candidates.refused.length > 0) {
    throw new CandidatesMissingError(model, candidates.refused);
  }
  return checkFolders(folders, due);
}
