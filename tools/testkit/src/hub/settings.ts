/** Rules of one branch; they bind everybody who is not in `bypass`. */
export interface Protection {
  /** Only pull requests change the branch. */
  readonly pullRequest?: boolean;
  readonly approvals?: number;
  /** Of files that somebody owns. Shown; no owner is ever looked up. */
  readonly codeOwnerReview?: boolean;
  /** A push takes back the approvals. */
  readonly dismissStale?: boolean;
  /** Names of check runs or contexts of commit statuses. */
  readonly checks?: readonly string[];
  /** Pull requests are merged by a queue. Shown; `person.queue` and `person.enqueue` are that queue. */
  readonly mergeQueue?: boolean;
  /** A pull request must contain the base branch's tip. */
  readonly upToDate?: boolean;
  /** Nobody pushes at all, as with "restrict who can push". */
  readonly restricted?: boolean;
  /** Refuses in the words of a ruleset (GH013) instead of branch protection (GH006). */
  readonly ruleset?: boolean;
  readonly allowForcePushes?: boolean;
  readonly allowDeletions?: boolean;
  /** Logins. */
  readonly bypass?: readonly string[];
}

/** The repository's settings page. */
export interface Settings {
  readonly private: boolean;
  readonly issues: boolean;
  /** "Allow GitHub Actions to create and approve pull requests". */
  readonly actionsMayOpenPulls: boolean;
  readonly mergeMethods: readonly ("merge" | "squash" | "rebase")[];
  readonly autoMerge: boolean;
  readonly deleteBranchOnMerge: boolean;
  readonly archived: boolean;
  /** By branch name, or `refs/tags/…`; a trailing `*` matches any rest. */
  readonly protection: Readonly<Record<string, Protection>>;
  /** A larger file in a push is refused, bytes. */
  readonly maxFileBytes: number;
  /** Logins of the members, by `<organisation>/<team>`. */
  readonly teams: Readonly<Record<string, readonly string[]>>;
  /** `null`: no such workflow, dispatching it is 404. By file name. */
  readonly workflows: Readonly<Record<string, "active" | "disabled_manually" | "disabled_inactivity">>;
}

export const defaultSettings: Settings = {
  private: false,
  issues: true,
  actionsMayOpenPulls: true,
  mergeMethods: ["merge", "squash", "rebase"],
  autoMerge: false,
  deleteBranchOnMerge: false,
  archived: false,
  protection: {},
  maxFileBytes: 100 * 1024 * 1024,
  teams: {},
  workflows: {},
};

/** The rules of a branch, by its short name, or of another ref, by its full one; `null`: none. */
export function protectionOf(settings: Settings, ref: string): Protection | null {
  const branch = ref.replace(/^refs\/heads\//, "");
  for (const [pattern, rules] of Object.entries(settings.protection)) {
    const matches = pattern.endsWith("*") ? branch.startsWith(pattern.slice(0, -1)) : branch === pattern;
    if (matches) return rules;
  }
  return null;
}
