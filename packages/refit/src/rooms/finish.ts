import { proposalTitle, type RetrainDecision } from "@refit/core";
import type { Outcome } from "../outcome.ts";
import { proposalBranch } from "../history/model-names.ts";
import type { Ports } from "../ports.ts";
import { shareBranch } from "../history/share-branch.ts";
import { closeAlert } from "./alert.ts";
import type { Context } from "../context.ts";
import { keptAt, show } from "./show.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * A proposal of exactly these inputs that an earlier run pushed and did not get before people: what is missing is
 * done, without training again.
 *
 * @returns `null` when there is none, or too little of it is left.
 */
export async function finish(
  ports: Ports,
  context: Context,
  snapshot: Snapshot,
  decision: RetrainDecision,
): Promise<Outcome | null> {
  const { request, repository, proposal, champion } = context;
  const { model, dryRun } = request;
  const inputDigest = snapshot.digests.input;
  const parent = champion?.treeId ?? null;
  if (dryRun || proposal === null || proposal.complete) return null;
  if (proposal.lineage?.inputDigest !== inputDigest || proposal.lineage.parent !== parent) return null;

  const look = context.ledger.findLast(
    (row) => row.kind === "look" && row.inputDigest === inputDigest && row.parent === parent,
  );
  const verdict = look?.verdict;
  const report = await keptReport(ports, context, inputDigest);
  if ((verdict !== "promote" && verdict !== "inconclusive") || report === null) return null;

  const branch = proposalBranch(model);
  await closeAlert(ports, context);
  await shareBranch(ports, repository, branch, proposal.head);
  const proposed = await show(ports, context, {
    ...{ head: proposal.head, verdict, inputDigest, ...report },
    title: proposalTitle(model, {
      kind: parent === null ? "first-model" : "refresh",
      holdout: proposal.lineage.holdout,
    }),
    // A run that was cut short leaves the merge to people.
    autoMerge: false,
  });
  const word = verdict === "promote" ? "proposed" : verdict;
  return {
    model,
    decision: word,
    reasons: decision.reasons,
    because: [],
    evidence: null,
    ...proposed,
    ...report,
  };
}

async function keptReport(ports: Ports, context: Context, inputDigest: string) {
  if (context.ledgerCommit === null) return null;
  const kept = keptAt(context, inputDigest, context.ledgerCommit);
  const [bytes] = await ports.git.read([`${kept.commit}:${kept.path}`]);
  return bytes ? { kept, report: new TextDecoder().decode(bytes) } : null;
}
