/** What would be trained today, and what it would be judged against. */
export interface Attempt {
  /** Digest of everything that decides what training makes. */
  readonly inputDigest: string;
  /** Tree id of the champion; `null`: none. */
  readonly parent: string | null;
  /** Digest of the gates, guardrails and accepted findings on the base branch. */
  readonly policyDigest: string;
}
