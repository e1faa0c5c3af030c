import path from "node:path";
import { groupOfBranch } from "@refit/core/history";
import { cutMarkdown, essentials, fitReport, type ChartPlace } from "@refit/core/report";
import type { ForgeSettings, ProposalRequest, ProposedModel } from "../../../ports/forge.ts";
import type { Git } from "../../../ports/git.ts";
import type { KeptReport } from "../../../ports/kept-report.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { alerts } from "./alerts.ts";
import { ensureAutoMerge } from "./auto-merge.ts";
import { type Check, conclusionTitles, githubChecks } from "./check.ts";
import { checkTogether } from "../check-together.ts";
import type { Patience } from "../forge-adapter.ts";
import type { LoadedForge } from "../lazy-forge.ts";
import { githubClient, type Client } from "./client.ts";
import { issueDashboard } from "./issue-dashboard.ts";
import type { IssueEdit } from "./issue-edit.ts";
import { ensureComment, ensureRemark, ensureSection, removeOthers, type ReportComment } from "./comment.ts";
import { type IsOurs, ownAuthor } from "./own-author.ts";
import { readProposal } from "./proposals.ts";
import { publisher } from "./publish.ts";
import { addLabel, closePull, ensureDraft, ensurePull, fileUrl, pullsOf, updateText, type Pull } from "./pulls.ts";
import { leastCharacters, mostCharacters } from "./limits.ts";
import { answerForOthers, requiredModels } from "./required-checks.ts";
import { githubReviews } from "./reviews.ts";
import { ensureReviewers } from "./reviewers.ts";
import { settledBranches } from "./settled-branches.ts";
import type { GithubSettings } from "./settings.ts";

export interface GithubParts {
  readonly settings: GithubSettings;
  readonly process: GitProcess;
  readonly git: Git;
  readonly notice: (sentence: string) => void;
  /** What started the run; left out: no edit of an issue. */
  readonly edit?: IssueEdit | null;
  readonly patience?: Patience;
}

/**
 * Proposals as pull requests. The pull request is made first, the check last: it says that a reviewer has everything,
 * and a required one keeps the merge waiting until then.
 */
export function githubForge({ settings: github, process, git, notice, ...more }: GithubParts): LoadedForge {
  const client = githubClient(github, notice, more.patience);
  const isOurs = ownAuthor(client);
  const ofModels = alerts(client, isOurs);
  const required = requiredModels(client);
  const checks = githubChecks(client);
  const settled = settledBranches(client);
  /** Open pull requests by branch, as last seen. */
  const seen = new Map<string, Pull>();
  const parts = { git, process, required, checks, settled };

  const forge: LoadedForge["forge"] = {
    expect: (branches) => settled.expect(branches),

    async proposal(repository, branch) {
      const { state, pull } = await readProposal(client, parts, repository, branch);
      if (pull !== null) seen.set(branch, pull);
      return state;
    },

    async ensureProposal(_repository, request) {
      const { branch, models, head, draft } = request;
      const text = pullText(client, request);
      const { pull, created } = await ensurePull(client, request, text, seen.has(branch));
      if (created) await addLabel(client, pull.number);
      const changes = created
        ? []
        : [await updateText(client, pull, request.title, text), await ensureDraft(client, pull, draft)];
      for (const one of models)
        changes.push(await ensureComment(client, isOurs, pull.number, commentOf(client, github.run, head, one)));
      const names = models.map(({ model }) => model);
      if (groupOfBranch(branch) !== null && !created) await removeOthers(client, isOurs, pull.number, names);
      await ensureReviewers(client, pull, request.reviewers, created);
      // GitHub arms nothing that could be merged at once, and merges what is armed as soon as the check is there.
      await ensureAutoMerge(client, isOurs, pull, request);
      changes.push(await answerForOthers(checks, { models: names, head }, await required(request.baseBranch)));
      for (const { model, inputDigest, check } of models)
        changes.push(await checks.ensure({ model, head, inputDigest, ...check }));
      changes.push(await checks.ensure({ head, ...checkOfAll(request) }));
      const moved = (seen.get(branch) ?? pull).head.sha !== pull.head.sha;
      const kept = changes.includes(true) || moved ? "updated" : "unchanged";
      return { url: pull.html_url, operation: created ? "created" : kept };
    },

    async ensureRemark({ baseBranch }, { model, branch, ...remark }) {
      for (const pull of await pullsOf(client, branch, baseBranch, "open")) {
        if (remark.closes) await closePull(client, pull, remark.sentence);
        else await ensureRemark(client, isOurs, pull, { model, sentence: remark.sentence });
      }
      if (remark.closes) seen.delete(branch);
    },

    ensureSection: ({ baseBranch }, later) => ensureSection(client, isOurs, baseBranch, later),
    alert: (_repository, model) => ofModels.alert(model),
    ensureAlert: (_repository, model, change) => ofModels.ensureAlert(model, change),

    async ensureCheck({ ifRequiredOn, ...check }) {
      const head = check.head ?? github.pullRequest?.head;
      if (head === undefined) return;
      const isWanted =
        ifRequiredOn === undefined || (await required(ifRequiredOn)).some((each) => each === check.model);
      if (isWanted) await checks.ensure({ ...check, head });
    },
  };
  return { ...viewsOf(client, isOurs, more.edit ?? null), forge, settings: lazyDoctor(client, isOurs, git) };
}

/** What shows the base branch, and decides nothing. */
function viewsOf(
  client: Client,
  isOurs: IsOurs,
  edit: IssueEdit | null,
): Pick<LoadedForge, "dashboard" | "publisher" | "reviews"> {
  return {
    dashboard: issueDashboard(client, isOurs, edit),
    publisher: publisher(client),
    reviews: githubReviews(client),
  };
}

/** Only `doctor` asks, and it reads workflows. */
function lazyDoctor(client: Client, isOurs: IsOurs, git: Git): ForgeSettings {
  return {
    async diagnose(...request) {
      const { settingsDoctor } = await import("./doctor/index.ts");
      return settingsDoctor(client, isOurs, git).diagnose(...request);
    },
  };
}

/** A proposal changes its own models only, so their answers are the one for all. */
function checkOfAll(request: ProposalRequest): Omit<Check, "head"> {
  const { models } = request;
  const check = checkTogether(request);
  return {
    model: null,
    ...check,
    inputDigest: models.length === 1 ? models[0]!.inputDigest : null,
    title: `${models.map(({ model }) => model).join(", ")}: ${conclusionTitles[check.conclusion]}`,
  };
}

/** What the pull request itself says: short, so that it can be read in a mail; the comments hold the evidence. */
function pullText(client: Client, { models, overview }: ProposalRequest): string {
  const room = Math.floor((mostCharacters - (overview ?? "").length) / models.length);
  const texts = models.map((one) => {
    const heading = overview === null ? "" : `## ${one.model}\n\n`;
    return heading + shortText(client, one, Math.max(leastCharacters, room - heading.length - 2));
  });
  return cutMarkdown([...(overview === null ? [] : [overview.trimEnd()]), ...texts].join("\n\n"), mostCharacters, null);
}

function shortText(client: Client, { report, kept }: ProposedModel, limit: number): string {
  const url = reportUrl(client, kept);
  const more =
    url === null
      ? ""
      : `\nThe evidence is in the comment below; [the full report](${url}) is kept on the ledger branch.\n`;
  return fitReport(essentials(report), { limit: limit - more.length, url }) + more;
}

function commentOf(client: Client, run: GithubSettings["run"], head: string, one: ProposedModel): ReportComment {
  const stamp = { run, head, inputs: one.inputDigest.slice(0, 12) };
  return { model: one.model, stamp, report: commentText(client, one) };
}

/** The evidence, with room for the markers of the comment. */
function commentText(client: Client, { report, kept }: ProposedModel): string {
  const room = { limit: mostCharacters - 500, url: reportUrl(client, kept), chartAt: chartPlace(client, kept) };
  return fitReport(report, room);
}

/** The charts as the ledger has them, by commit: they do not change, and no third party serves them. */
function chartPlace(client: Client, kept: KeptReport | null): ChartPlace {
  if (kept === null) return () => null;
  const folder = path.posix.dirname(kept.path);
  return (file) => `${fileUrl(client, kept.commit, `${folder}/${file}`)}?raw=true`;
}

function reportUrl(client: Client, kept: KeptReport | null): string | null {
  return kept === null ? null : fileUrl(client, kept.commit, kept.path);
}
