import type { Actor } from "./actors.ts";

/** What GitHub keeps beside git. Times are ISO 8601, UTC. */
export interface Rows {
  readonly issues: IssueRow[];
  readonly comments: CommentRow[];
  readonly reviews: ReviewRow[];
  readonly labels: LabelRow[];
  readonly checkRuns: CheckRunRow[];
  readonly statuses: StatusRow[];
  readonly deployments: DeploymentRow[];
  readonly releases: ReleaseRow[];
}

/** An issue, or with `pull` a pull request: both count in one sequence. */
export interface IssueRow {
  readonly number: number;
  readonly author: Actor;
  readonly createdAt: string;
  readonly pull: PullFacts | null;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: string | null;
  labels: string[];
  assignees: string[];
  locked: boolean;
  updatedAt: string;
  closedAt: string | null;
}

export type PullRow = IssueRow & { readonly pull: PullFacts };
export type MergeMethod = "merge" | "squash" | "rebase";

export interface PullFacts {
  /** Login before the colon of `head`: the owner, or that of a fork. */
  readonly headOwner: string;
  readonly headRef: string;
  /** Follows pushes while the pull request is open. */
  headSha: string;
  baseRef: string;
  baseSha: string;
  /** Head and base merged for a test, as `refs/pull/<n>/merge`; `null`: they conflict. */
  testMergeSha: string | null;
  draft: boolean;
  /** Logins, and teams as `<organisation>/<team>`, that are asked now. */
  reviewers: string[];
  /** Whoever was ever asked, in order. */
  readonly reviewRequests: { readonly name: string; readonly by: Actor; readonly at: string }[];
  mergedAt: string | null;
  mergedBy: Actor | null;
  mergeSha: string | null;
  /** Tip of the base branch before the merge. */
  mergedOnto: string | null;
  autoMerge: { readonly method: MergeMethod; readonly by: Actor } | null;
}

export interface CommentRow {
  readonly id: number;
  readonly issue: number;
  readonly author: Actor;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
  minimized: string | null;
}

export interface ReviewRow {
  readonly id: number;
  readonly pull: number;
  readonly author: Actor;
  readonly commit: string;
  readonly submittedAt: string;
  readonly body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
}

export interface LabelRow {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface CheckRunRow {
  readonly id: number;
  readonly author: Actor;
  readonly headSha: string;
  readonly startedAt: string;
  name: string;
  status: string;
  conclusion: string | null;
  completedAt: string | null;
  externalId: string;
  detailsUrl: string | null;
  output: { title: string | null; summary: string | null; text: string | null; annotations: unknown[] };
}

export interface StatusRow {
  readonly id: number;
  readonly author: Actor;
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly createdAt: string;
}

export interface DeploymentRow {
  readonly id: number;
  readonly author: Actor;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly task: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly createdAt: string;
  readonly statuses: DeploymentStatusRow[];
}

export interface DeploymentStatusRow {
  readonly id: number;
  readonly author: Actor;
  readonly state: string;
  readonly description: string | null;
  readonly environmentUrl: string | null;
  readonly createdAt: string;
}

export interface ReleaseRow {
  readonly id: number;
  readonly author: Actor;
  readonly createdAt: string;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  publishedAt: string | null;
  readonly assets: AssetRow[];
}

export interface AssetRow {
  readonly id: number;
  readonly name: string;
  readonly label: string | null;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly createdAt: string;
}

export function emptyRows(): Rows {
  return {
    issues: [],
    comments: [],
    reviews: [],
    labels: [],
    checkRuns: [],
    statuses: [],
    deployments: [],
    releases: [],
  };
}

export function isPull(row: IssueRow): row is PullRow {
  return row.pull !== null;
}
