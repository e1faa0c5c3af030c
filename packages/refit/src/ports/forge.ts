import type { ReviewedCommit } from "@refit/core/decide";
import type { Report, Section } from "@refit/core/report";
import type { Diagnosis } from "./diagnosis.ts";
import type { KeptReport } from "./kept-report.ts";
import type { Repository } from "./repository.ts";

/** What a proposal brings of one model, with the evidence for it. */
export interface ProposedModel {
  readonly model: string;
  readonly inputDigest: string;
  readonly report: Report;
  /** Where the report is kept with its pictures; `null`: nowhere. */
  readonly kept: KeptReport | null;
  readonly check: { readonly conclusion: "success" | "neutral" | "failure"; readonly summary: string };
}

export interface ProposalRequest {
  readonly kind: "retrain" | "rollback" | "import" | "canary" | "policy";
  /** At least one; several are merged together or not at all. */
  readonly models: readonly ProposedModel[];
  /** What stands above the reports of several models, Markdown; `null`: each report speaks for itself. */
  readonly overview: string | null;
  readonly branch: string;
  readonly head: string;
  readonly baseBranch: string;
  readonly title: string;
  readonly draft: boolean;
  /** Whether the forge may merge it by itself once the required checks have passed. */
  readonly autoMerge: boolean;
  /** Logins, and teams as `<organisation>/<team>`; each is asked once. */
  readonly reviewers: readonly string[];
  readonly at: number;
}

export interface ProposalState {
  readonly branch: string;
  readonly head: string;
  /** Approved by a person, or holds a person's commit: refit leaves it alone. */
  readonly heldByPerson: boolean;
  /** `false`: the run that made it was cut short, or the shared branch was lost; proposing it again mends that. */
  readonly complete: boolean;
  readonly url: string;
  /** When a person closed it without merging, epoch milliseconds; `null`: it is open. */
  readonly declinedAt: number | null;
}

/**
 * What people should know of an open proposal besides its report. That the head is another one than the report is about is
 * said with every remark.
 */
export type Remark = {
  readonly model: string;
  readonly branch: string;
  readonly at: number;
} & (
  | { readonly closes: true; readonly sentence: string }
  /** It stands above the report until there is a new one. `null`: nothing new; an earlier sentence stays. */
  | { readonly closes: false; readonly sentence: string | null }
);

/** A part of the report of a proposal that is made apart from it, and later. */
export interface LaterSection {
  readonly model: string;
  readonly branch: string;
  /** The commit that it is about: below a report of another one it is not shown. */
  readonly head: string;
  readonly section: Section;
  /** Of what was found, in hexadecimal digits: one of the same digest is left as it is. */
  readonly digest: string;
}

export interface Alert {
  readonly model: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** The same for a page on this machine, which reads as text; absent: `body` does. */
  readonly plainBody?: string;
  readonly at: number;
}

/** A paragraph of Markdown below what an open alert says; `null`: none any more. */
export interface AlertNote {
  readonly note: string | null;
}

/** A note on an open alert that it was announced elsewhere; its text stays. */
export interface AlertMark {
  /** Id of the event, in hexadecimal digits. */
  readonly announced: string;
}

export interface OpenAlert {
  /** Where it is. */
  readonly url: string;
  /** Of its mark; `null`: it has none. */
  readonly announced: string | null;
}

/** What a required check waits for. */
export interface CheckRequest {
  /** `null`: of all models together. */
  readonly model: string | null;
  /** The commit that it is about; `null`: the head of the pull request that started the run. */
  readonly head: string | null;
  /** Of the version there; `null`: the model is not changed. */
  readonly inputDigest: string | null;
  readonly conclusion: "success" | "neutral" | "failure";
  /** One line that says what was done; left out: what the conclusion means. */
  readonly title?: string;
  /** Markdown. */
  readonly summary: string;
  /** Shown only where the rules of this branch require it; left out: always. */
  readonly ifRequiredOn?: string;
}

/** The pull request that a run is about, or several of them in a merge queue. */
export interface PullRequestHead {
  readonly head: string;
  /** From somebody who may not write here: nothing of it is executed or loaded. */
  readonly fromFork: boolean;
}

/** What the place where a repository is kept takes. */
export interface ForgeLimits {
  /** Files larger than this are warned about, in MiB. */
  readonly warnFileMiB: number;
  /** Files larger than this are refused, in MiB. */
  readonly mostFileMiB: number;
  /** Both as a clause. */
  readonly rule: string;
  /** Characters of a dashboard; `null`: there is none here. */
  readonly dashboardCharacters: number | null;
}

/** Where proposals are shown and reviewed. Each method brings about a state and may be repeated. */
export interface Forge {
  /** As in the registry of forges, such as `local`. */
  readonly name: string;
  readonly limits: ForgeLimits;
  /** What started the run; `null`: no pull request. */
  readonly pullRequest: PullRequestHead | null;
  /**
   * The newest proposal of a branch, open or declined by a person who closed it; `null`: none, merged, or closed by
   * refit itself.
   */
  proposal(repository: Repository, branch: string): Promise<ProposalState | null>;
  /** Names the branches that will be asked about, in their order, so that one question may serve many. Asks nothing itself. */
  expect(branches: readonly string[]): void;
  ensureProposal(
    repository: Repository,
    request: ProposalRequest,
  ): Promise<{ readonly url: string; readonly operation: "created" | "updated" | "unchanged" }>;
  /** Says something on an open proposal, which may end it; nothing when there is none. */
  ensureRemark(repository: Repository, remark: Remark): Promise<void>;
  /**
   * Shows the section below the report of an open proposal, in place of an earlier one of the same id, until there is a report of another head.
   *
   * @returns `none`: there is no report about this head.
   */
  ensureSection(repository: Repository, section: LaterSection): Promise<"created" | "updated" | "unchanged" | "none">;
  /** The model's alert; `null`: none is open. */
  alert(repository: Repository, model: string): Promise<OpenAlert | null>;
  /** Raises or updates the model's alert; notes and marks are for an open one; `null` closes it. @returns where it is, `null` when there is none. */
  ensureAlert(
    repository: Repository,
    model: string,
    alert: Alert | AlertNote | AlertMark | null,
  ): Promise<string | null>;
  /** Shows a check on a commit, as far as the forge has such a thing and the token may write it. */
  ensureCheck(check: CheckRequest): Promise<void>;
}

/** What people said in a pull request. */
export interface PullReviews extends ReviewedCommit {
  readonly number: number;
  readonly url: string;
}

/** Who has approved what. Reads only. */
export interface Reviews {
  /**
   * Of the pull request that would bring a commit, or has brought it; `commit` is its head then.
   *
   * @param teams whose members matter, as `<organisation>/<team>`.
   * @returns `null`: there is none, or people review elsewhere.
   */
  of(commit: string, teams: readonly string[]): Promise<PullReviews | null>;
}

/** A version that is live. */
export interface LiveVersion {
  readonly model: string;
  /** `v3`. */
  readonly label: string;
  /** `churn@v3`; it exists. */
  readonly tag: string;
  /** The commit that brought it to the base branch, and when, epoch milliseconds. */
  readonly commit: string;
  readonly at: number;
  /** The model card, Markdown. */
  readonly card: string;
  /** Files of the version, by path in its folder. */
  readonly files: () => Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Further views of what is live, outside of git. Nothing is read back from them. */
export interface Publisher {
  /** @returns where it is; `null`: it could not be made, or there is no such thing here. */
  ensureRelease(version: LiveVersion): Promise<string | null>;
  /** Records that the version is live. */
  ensureDeployment(version: LiveVersion): Promise<void>;
}

/** A model, as far as settings of a forge matter to it. */
export interface GuardedModel {
  readonly model: string;
  /** `null`: its spec cannot be read. */
  readonly merge: "review" | "auto" | null;
  /** Of its proposals. */
  readonly branch: string;
}

/** How the forge is set up. Only `doctor` asks. */
export interface ForgeSettings {
  /** What in the settings will cause trouble for these models. Reads only. */
  diagnose(repository: Repository, models: readonly GuardedModel[]): Promise<readonly Diagnosis[]>;
}
