/** What a forge's settings say. `null`: it cannot be told with this token. */
export interface ForgeFacts {
  /** Where a person changes them. */
  readonly settingsUrl: string;
  /** Whether the account that speaks may open pull requests. */
  readonly mayOpenPulls: boolean | null;
  /** Whether pull requests can merge themselves when their checks have passed. */
  readonly autoMerge: boolean | null;
  readonly base: BranchFacts;
  /** Branches of refit's own that rules cover in a way that may refuse its pushes, with the words for those rules. */
  readonly obstructed: ReadonlyMap<string, readonly string[]>;
  /** Workflow files that are turned off, and how GitHub calls that. */
  readonly disabled: ReadonlyMap<string, string>;
  /** What this token may not look at, with the permission that it lacks. */
  readonly unseen: readonly string[];
}

/** The rules of one branch; in each field, `null`: it cannot be told. */
export interface BranchFacts {
  /** Only pull requests change it. */
  readonly pullRequest: boolean | null;
  readonly codeOwnerReview: boolean | null;
  /** A push takes back the approvals. */
  readonly dismissesStale: boolean | null;
  readonly refusesForce: boolean | null;
  /** Names of the checks that must have passed. */
  readonly checks: readonly string[] | null;
  /** Pull requests are merged by a queue, which has the checks asked on commits of its own. */
  readonly mergeQueue: boolean | null;
}
