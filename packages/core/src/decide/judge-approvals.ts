/** What model.yaml asks for before a change is merged. */
export interface ApprovalRule {
  /** How many people. */
  readonly needed: number;
  /** Logins, and teams as `<organisation>/<team>`; empty: whoever may write. */
  readonly from: readonly string[];
}

/** The last word of one person about a pull request. */
export interface Review {
  readonly login: string;
  readonly word: "approved" | "changes-requested" | "dismissed";
  /** The commit that they saw; `null`: it is gone. */
  readonly commit: string | null;
  readonly mayWrite: boolean;
}

/** What people have said of a commit. */
export interface ReviewedCommit {
  readonly commit: string;
  /** Logins of those who made it, or a commit that comes with it; `null`: of one the forge does not know whose it is. */
  readonly authors: readonly (string | null)[];
  /** One for each person. */
  readonly reviews: readonly Review[];
  /** Members of the teams that a rule names, by team; `null`: they cannot be read. */
  readonly teams: ReadonlyMap<string, readonly string[] | null>;
}

export interface Approvals {
  readonly needed: number;
  /** Logins of those whose approval counts. */
  readonly by: readonly string[];
  /** Why others do not count, or nobody can tell, each a sentence. */
  readonly notes: readonly string[];
  readonly enough: boolean;
}

/**
 * Whether enough people have approved exactly this commit. Four eyes: who made a commit of it does not count, and where nobody knows who did,
 * nothing counts. Pure; of logins upper and lower case are the same.
 */
export function judgeApprovals(
  { needed, from }: ApprovalRule,
  { commit, authors, reviews, teams }: ReviewedCommit,
): Approvals {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const isNamed = (login: string) =>
    from.length === 0 ||
    from.some((name) => (name.includes("/") ? teams.get(name)?.some((one) => same(one, login)) : same(name, login)));
  const whyNot = ({ login, word, commit: seen, mayWrite }: Review): string | null => {
    if (word === "changes-requested") return mayWrite ? `${login} asks for changes.` : "";
    if (word === "dismissed") return `The approval of ${login} was dismissed.`;
    if (seen !== commit)
      return `${login} has approved ${seen?.slice(0, 10) ?? "another commit"}, and not what is there now.`;
    if (authors.some((author) => author !== null && same(author, login)))
      return `${login} has made a commit of it, so that approval does not count.`;
    if (!mayWrite) return `${login} may not write to this repository.`;
    return isNamed(login) ? null : `${login} is not among those whose approval is asked for.`;
  };
  const by = reviews.filter((review) => whyNot(review) === null).map(({ login }) => login);
  const isOpposed = reviews.some(({ word, mayWrite }) => word === "changes-requested" && mayWrite);
  const isUnknown = authors.includes(null);
  return {
    needed,
    by,
    notes: [
      ...reviews.flatMap((review) => whyNot(review) || []),
      ...from.flatMap((name) => (teams.get(name) === null ? [unreadable(name)] : [])),
      ...(isUnknown
        ? ["It has a commit whose author the forge does not know, so nobody can tell who has not made it."]
        : []),
    ],
    enough: by.length >= needed && !isOpposed && !isUnknown,
  };
}

const unreadable = (team: string) =>
  `This token may not see who is in ${team}: name logins in \`approvals.from\`, or use the token of a GitHub App that may read the organisation's members.`;
