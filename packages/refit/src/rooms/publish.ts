import { mayMergeItself } from "@refit/core/decide";
import { championFolder, proposalBranch } from "@refit/core/history";
import { proposalMessage, proposalTitle, type Report } from "@refit/core/report";
import { shipsAll } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { KeptReport } from "../ports/kept-report.ts";
import type { Judged } from "../products/judged.ts";
import type { Proposed } from "../products/outcome.ts";
import { pushVersion } from "../versions/push-version.ts";
import { show } from "./ends/show.ts";

interface Publishable {
  /** Files by path in the champion folder. */
  readonly version: ReadonlyMap<string, Uint8Array>;
  readonly report: Report;
  readonly kept: KeptReport;
}

/** Pushes the version to its branch and shows it. May be repeated. @returns where people find it. */
export async function publish(
  ports: Pick<Ports, "ancestry" | "branches" | "clock" | "forge" | "git">,
  { context, snapshot, decision, evaluation, verdict }: Judged,
  { version, report, kept }: Publishable,
): Promise<Proposed> {
  const { repository, request, spec, history } = context;
  const { model } = request;
  const inputDigest = snapshot.digests.input;
  const { to, trainedUntil } = evaluation.holdout;
  const learnedUntil = shipsAll(spec) ? to : trainedUntil;
  const head = await pushVersion(ports, repository, {
    branch: proposalBranch(model),
    folder: championFolder(model),
    content: version,
    over: context.sharedHead,
    message: proposalMessage({
      model,
      reasons: decision.reasons,
      comparison: evaluation,
      verdict,
      inputDigest,
      learnedUntil,
    }),
    at: ports.clock.now(),
  });
  const autoMerge = mayMergeItself({
    merge: spec.merge,
    verdict: verdict.kind,
    comparison: evaluation.kind,
    inputDigest,
    ledger: context.ledger,
    ledgerLost: context.ledgerLost,
    rolledBackAt: history.rolledBack.map((event) => event.at),
  });
  return show(ports, repository, {
    model,
    head,
    isDraft: verdict.kind === "inconclusive",
    inputDigest,
    title: proposalTitle(model, evaluation.kind, learnedUntil),
    report,
    kept,
    autoMerge,
    reviewers: spec.reviewers,
  });
}
