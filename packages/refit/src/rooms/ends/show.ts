import { championFolder, proposalBranch } from "@refit/core/history";
import { markdownHeadline, type Report } from "@refit/core/report";
import type { KeptReport } from "../../ports/kept-report.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Proposed } from "../../products/outcome.ts";

/** A version that is on its branch, with the evidence for it. */
export interface Shown {
  readonly model: string;
  readonly head: string;
  /** Undecided: a person may merge it all the same. */
  readonly isDraft: boolean;
  readonly inputDigest: string;
  readonly title: string;
  readonly report: Report;
  readonly kept: KeptReport;
  readonly autoMerge: boolean;
  readonly reviewers: readonly string[];
}

/** Puts the pushed version before people. @returns where they find it. */
export async function show(
  ports: Pick<Ports, "clock" | "forge" | "git">,
  repository: Repository,
  { model, head, isDraft, inputDigest, title, report, kept, autoMerge, reviewers }: Shown,
): Promise<Proposed> {
  const branch = proposalBranch(model);
  const { url, operation } = await ports.forge.ensureProposal(repository, {
    kind: "retrain",
    model,
    branch,
    baseBranch: repository.baseBranch,
    head,
    inputDigest,
    title,
    autoMerge,
    report,
    kept,
    draft: isDraft,
    reviewers,
    check: { conclusion: isDraft ? "neutral" : "success", summary: markdownHeadline(report.headline) },
    at: ports.clock.now(),
  });
  const version = await ports.git.resolve(`${head}:${championFolder(model, repository)}`);
  return { branch, url, operation, version };
}
