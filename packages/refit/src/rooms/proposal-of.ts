import { mayMergeItself } from "@refit/core/decide";
import { championFolder, proposalBranch } from "@refit/core/history";
import { proposalMessage, proposalTitle, type Report } from "@refit/core/report";
import type { Judged } from "../products/judged.ts";
import { shipsTrainedAgain } from "../products/training.ts";
import type { ProposedCommit } from "../versions/push-proposal.ts";
import type { Shown } from "./ends/show.ts";

/** A version with all that is said of it: what is left is to push and to show it. */
export interface Proposal {
  readonly commit: Omit<ProposedCommit, "at">;
  readonly shown: Omit<Shown, "head" | "kept">;
}

/** Pure. @param version files by path in the champion folder. */
export function proposalOf(
  { context, snapshot, observation, decision, training, evaluation, verdict }: Judged,
  version: ReadonlyMap<string, Uint8Array>,
  report: Report,
): Proposal {
  const { request, repository, spec, history, ledger, ledgerLost, sharedHead } = context;
  const { model } = request;
  const { merge, reviewers } = spec;
  const inputDigest = snapshot.digests.input;
  const { to, trainedUntil } = evaluation.holdout;
  const learnedUntil = shipsTrainedAgain(spec, training.challenger) ? to : trainedUntil;
  const { reasons } = decision;
  return {
    commit: {
      branch: proposalBranch(model),
      path: championFolder(model, repository),
      content: version,
      over: sharedHead,
      message: proposalMessage({ model, reasons, comparison: evaluation, verdict, inputDigest, learnedUntil }),
    },
    shown: {
      model,
      isDraft: verdict.kind === "inconclusive",
      inputDigest,
      title: proposalTitle(model, evaluation.kind, learnedUntil),
      report,
      autoMerge: mayMergeItself({
        merge,
        verdict: verdict.kind,
        comparison: evaluation.kind,
        inputDigest,
        ledger,
        ledgerLost,
        championCollapsed: observation.findings.some(({ code }) => code === "champion-collapse"),
        rolledBackAt: history.rolledBack.map((event) => event.at),
      }),
      reviewers,
    },
  };
}
