import { markdownHeadline, type Report } from "@refit/core/report";
import type { ProposedModel } from "../../ports/forge.ts";
import type { KeptReport } from "../../ports/kept-report.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Proposed } from "../../products/outcome.ts";
import { proposedFolder } from "../../versions/proposed-folder.ts";

/** One of the versions that a proposal brings, with the evidence for it. */
export interface ShownModel {
  readonly model: string;
  /** A person may merge it all the same. */
  readonly isUndecided: boolean;
  /** People who must approve it before it may be merged; 0: none. */
  readonly approvals: number;
  readonly inputDigest: string;
  readonly report: Report;
  readonly kept: KeptReport;
}

/** Versions that are on their branch. */
export interface Shown {
  readonly branch: string;
  readonly head: string;
  readonly models: readonly ShownModel[];
  /** What stands above the reports of several, Markdown; `null`: there is one. */
  readonly overview: string | null;
  readonly title: string;
  readonly autoMerge: boolean;
  readonly reviewers: readonly string[];
}

/** Puts the pushed versions before people. @returns where they find each of them, by model. */
export async function show(
  ports: Pick<Ports, "clock" | "forge" | "git">,
  repository: Repository,
  { branch, head, models, overview, title, autoMerge, reviewers }: Shown,
): Promise<ReadonlyMap<string, Proposed>> {
  const { url, operation } = await ports.forge.ensureProposal(repository, {
    kind: "retrain",
    models: models.map(({ model, inputDigest, report, kept, ...more }) => ({
      model,
      inputDigest,
      report,
      kept,
      check: checkOf(report, more),
    })),
    overview,
    branch,
    baseBranch: repository.baseBranch,
    head,
    title,
    autoMerge,
    draft: models.some(({ isUndecided }) => isUndecided),
    reviewers,
    at: ports.clock.now(),
  });
  const places = models.map(async ({ model }) => {
    const version = await ports.git.resolve(`${head}:${await proposedFolder(ports, repository, model, head)}`);
    return [model, { branch, url, operation, version }] as const;
  });
  return new Map(await Promise.all(places));
}

/** Nobody can have approved what was pushed just now; `refit verify` answers again once they have. */
function checkOf(
  { headline }: Report,
  { isUndecided, approvals }: Pick<ShownModel, "isUndecided" | "approvals">,
): ProposedModel["check"] {
  const summary = markdownHeadline(headline);
  if (approvals === 0) return { conclusion: isUndecided ? "neutral" : "success", summary };
  const people = `${approvals} ${approvals === 1 ? "approval" : "approvals"}`;
  return {
    conclusion: "failure",
    summary: `It waits for ${people} of exactly this commit (\`approvals\` in model.yaml).\n\n${summary}`,
  };
}
