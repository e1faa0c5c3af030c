import { markdownHeadline, type Report } from "@refit/core/report";
import { championFolder, proposalBranch } from "@refit/core/history";
import type { Proposed } from "../../products/outcome.ts";
import type { KeptReport } from "../../ports/kept-report.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";

/** A version that is on its branch, with the evidence for it. */
export interface Shown {
  readonly head: string;
  readonly verdict: "promote" | "inconclusive";
  readonly inputDigest: string;
  readonly title: string;
  readonly report: Report;
  readonly kept: KeptReport;
  readonly autoMerge: boolean;
}

/** Puts the pushed version before people. @returns where they find it. */
export async function show(
  ports: Pick<Ports, "clock" | "git" | "forge">,
  context: Context,
  shown: Shown,
): Promise<Proposed> {
  const { repository, request } = context;
  const { head, verdict, inputDigest, title, report, kept, autoMerge } = shown;
  const branch = proposalBranch(request.model);
  const { url, operation } = await ports.forge.ensureProposal(repository, {
    kind: "retrain",
    model: request.model,
    branch,
    baseBranch: repository.baseBranch,
    head,
    inputDigest,
    title,
    autoMerge,
    report,
    kept,
    draft: verdict === "inconclusive",
    reviewers: context.spec.reviewers,
    check: {
      conclusion: verdict === "promote" ? "success" : "neutral",
      summary: markdownHeadline(report.headline),
    },
    at: ports.clock.now(),
  });
  const version = await ports.git.resolve(`${head}:${championFolder(request.model)}`);
  return { branch, url, operation, version };
}
