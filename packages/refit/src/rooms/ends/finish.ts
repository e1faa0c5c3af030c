import { mayBeProposed } from "@refit/core/decide";
import { attemptOf, learnedUntil, type Lineage, type RowOf, rowsOfKind } from "@refit/core/history";
import { proposalTitle, type Report } from "@refit/core/report";
import type { Outcome } from "../../products/outcome.ts";
import type { KeptReport } from "../../ports/kept-report.ts";
import { championFolder } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";
import { proposedFolder } from "../../versions/proposed-folder.ts";
import { shareBranch } from "../../versions/share-branch.ts";
import { closeAlert } from "./alert.ts";
import type { Context } from "../../products/context.ts";
import type { Decided } from "../../products/decided.ts";
import { reportPage } from "../../ledger/kept-report.ts";
import { appendLedger } from "../../ledger/ledger.ts";
import { show } from "./show.ts";
import { skip } from "./skip.ts";
import type { Snapshot } from "../../products/snapshot.ts";

type FinishPorts = Pick<Ports, "ancestry" | "clock" | "git" | "branches" | "forge" | "publication">;

/** A proposal that an earlier run committed, and perhaps pushed, and did not get before people. */
interface Unfinished {
  readonly proposal: NonNullable<Context["proposal"]> & { readonly lineage: Lineage };
  readonly verdict: "promote" | "inconclusive";
  readonly report: { readonly kept: KeptReport; readonly report: Report };
}

/** @returns `null` when there is none of exactly these inputs, or too little of it is left. */
export async function findUnfinished(
  ports: Pick<Ports, "git">,
  context: Context,
  { digests }: Snapshot,
): Promise<Unfinished | null> {
  const { proposal, champion, request } = context;
  const parent = champion?.treeId ?? null;
  if (request.dryRun || proposal === null || proposal.complete) return null;
  const { lineage } = proposal;
  if (lineage?.inputDigest !== digests.input || lineage.parent !== parent) return null;

  const look = rowsOfKind(context.ledger, "look").findLast(
    (row) => row.inputDigest === digests.input && row.parent === parent,
  );
  const verdict = look?.verdict;
  if (look === undefined || !mayBeProposed(verdict)) return null;
  const report = await keptReport(ports, context, look);
  if (report === null) return null;
  return { proposal: { ...proposal, lineage }, verdict, report };
}

/**
 * An end for what an earlier run trained and did not get before people: pushes and shows it, without training again. Where
 * nothing was missing that this run may write, the proposal is as open as it was.
 *
 * @returns `null` when there is nothing to finish.
 */
export async function finishEarlierRun(ports: FinishPorts, decided: Decided): Promise<Outcome | null> {
  const { context, snapshot, decision } = decided;
  const unfinished = await findUnfinished(ports, context, snapshot);
  if (unfinished === null) return null;
  const { proposal, verdict, report } = unfinished;
  const { repository, champion, request, branch } = context;
  const { model } = request;

  const folder = await proposedFolder(ports, repository, model, proposal.head);
  const isCanary = folder !== championFolder(model, repository);
  const before = ports.publication.refs().length;
  await shareRecord(ports, context);
  await closeAlert(ports, context);
  await shareBranch(ports, repository, branch, {
    head: proposal.head,
    over: context.sharedHead,
    paths: [folder],
  });
  const shown = await show(ports, repository, {
    branch,
    head: proposal.head,
    models: [
      {
        model,
        isUndecided: verdict === "inconclusive",
        approvals: context.spec.approvals?.promotion ?? 0,
        inputDigest: snapshot.digests.input,
        ...report,
      },
    ],
    overview: null,
    reviewers: context.spec.reviewers,
    title: proposalTitle(
      model,
      champion === null ? "first-model" : "refresh",
      learnedUntil(proposal.lineage),
      isCanary ? (context.spec.canary?.steps[0] ?? null) : null,
    ),
    // A run that was cut short leaves the merge to people.
    autoMerge: false,
  });
  const proposed = shown.get(model)!;
  if (proposed.operation === "unchanged" && ports.publication.refs().length === before)
    return skip(ports, { ...decided, decision: { ...decision, retrain: false, heldBack: { kind: "proposal-open" } } });
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

/** The record of it is pushed before the proposal, as in the last room. */
async function shareRecord(
  ports: Pick<Ports, "ancestry" | "clock" | "git" | "branches">,
  { repository, ledgerUnpushed, unrecorded }: Context,
): Promise<void> {
  if (!ledgerUnpushed && unrecorded.length === 0) return;
  await appendLedger(ports, repository, { rows: unrecorded, files: new Map(), at: ports.clock.now() });
}

async function keptReport(
  ports: Pick<Ports, "git">,
  { request: { model }, ledger, ledgerCommit }: Context,
  { inputDigest, parent, policyDigest }: RowOf<"look">,
) {
  if (ledgerCommit === null) return null;
  const attempt = attemptOf(ledger, { inputDigest, parent, policyDigest });
  const kept = { commit: ledgerCommit, path: reportPage({ model, inputDigest, parent, attempt }) };
  const { readKeptReport } = await import("../../ledger/read-kept-report.ts");
  const report = await readKeptReport(ports.git, kept);
  return report && { kept, report };
}
