import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import { DAY } from "../time.ts";
import { blockedInARow } from "./blocked-in-a-row.ts";

/** Something that a person has to look at; times are epoch milliseconds, UTC. */
export type Attention =
  /** What is live does not match its own lineage. */
  | { readonly kind: "broken" }
  /** The last runs ended before anything could be promoted, so that an alert is open. `findings`: codes, where the ledger has them. */
  | {
      readonly kind: "blocked";
      readonly runs: number;
      readonly since: number;
      readonly findings: readonly string[];
      /** Nothing is live, so that nothing answers meanwhile. */
      readonly isFirst: boolean;
    }
  /** Settings, manifest or ledger cannot be read, or the data cannot be listed. */
  | { readonly kind: "unreadable"; readonly message: string; readonly hint: string }
  /** A candidate needs something that is not installed here. */
  | { readonly kind: "learner-missing"; readonly learner: string; readonly message: string; readonly hint: string }
  /** Data files lie where the manifest looks, and no source of any manifest names them. */
  | { readonly kind: "unmatched-files"; readonly manifest: string; readonly files: readonly string[] }
  /** The newest candidates were worse than what is live, or a gate rejected them: that is why there is nothing new. `since`: the first of them. */
  | { readonly kind: "rejected"; readonly runs: number; readonly since: number; readonly isFirst: boolean }
  /** Candidates in a row that ended without a decision. */
  | { readonly kind: "inconclusive"; readonly runs: number }
  /** `since: null`: the ledger does not say. */
  | { readonly kind: "proposal"; readonly state: "open" | "under-review" | "unfinished"; readonly since: number | null }
  /** It is older than `maxDays`, cannot be used, or was compared with another champion. `problem`: of one that cannot be used. */
  | {
      readonly kind: "canary";
      readonly why: "old" | "champion-moved" | "broken";
      readonly since: number;
      readonly problem: string | null;
    }
  /** Nothing has come from the remote for long, so that all of this may be out of date. */
  | { readonly kind: "stale-clone"; readonly since: number };

/** A canary on the base branch, as far as a list of models tells it. */
export interface CanaryStatus {
  /** Git tree id of the version. */
  readonly version: string;
  /** Share of the requests that it answers; `null`: its `rollout.yaml` is missing or cannot be read. */
  readonly percent: number | null;
  /** When the base branch has got it, epoch milliseconds, UTC. */
  readonly since: number;
  /** Days after which it needs a person; `null`: likewise. */
  readonly maxDays: number | null;
  /** Another champion is live than the one that it was compared with. */
  readonly championMoved: boolean;
  /** What is wrong with its folder or `rollout.yaml`; `null`: nothing. */
  readonly problem: string | null;
}

/** What is known of a model without reading its data. */
export interface SeenOfModel {
  readonly now: number;
  readonly state: "none" | "live" | "broken" | "retired";
  /** Tree id of what is live; `null`: nothing is. */
  readonly champion: string | null;
  /** Of the model, oldest first. */
  readonly ledger: readonly LedgerRow[];
  /** Why nothing more is known; `null`: it is. */
  readonly unreadable: { readonly message: string; readonly hint: string } | null;
  readonly missingLearners: readonly Omit<Extract<Attention, { kind: "learner-missing" }>, "kind">[];
  /** Path of the manifest, and the files. */
  readonly unmatched: Omit<Extract<Attention, { kind: "unmatched-files" }>, "kind"> | null;
  /** `null`: none waits, or nobody could be asked. */
  readonly proposal: {
    readonly state: "open" | "under-review" | "unfinished";
    readonly inputDigest: string | null;
  } | null;
  /** `null` or absent: none runs. */
  readonly canary?: CanaryStatus | null;
  /** When something came from the remote; `null`: there is none, or nothing says it. */
  readonly fetchedAt: number | null;
}

/** Fewer in a row are luck. */
const leastInconclusive = 3;

const staleAfter = 7 * DAY;

/** A proposal that is younger is being looked at: its pull request tells people of it. After a rejection the next run may do better. */
const patience = 7 * DAY;

/** All that keeps a model from being well and up to date, worst first. `status` and `doctor` both ask here. Pure. */
export function attentionTo(seen: SeenOfModel): Attention[] {
  const { canary = null, ledger, now, proposal, fetchedAt } = seen;
  const found: Attention[] = [];
  if (seen.state === "broken") found.push({ kind: "broken" });
  const blocked = blockedInARow(ledger);
  if (blocked !== null) {
    const { findings = [] } = rowsOfKind(ledger, "blocked").at(-1)!;
    found.push({ kind: "blocked", ...blocked, findings, isFirst: seen.champion === null });
  }
  if (seen.unreadable !== null) found.push({ kind: "unreadable", ...seen.unreadable });
  for (const missing of seen.missingLearners) found.push({ kind: "learner-missing", ...missing });
  if (seen.unmatched !== null) found.push({ kind: "unmatched-files", ...seen.unmatched });
  const why = canary && canaryTrouble(canary, now);
  if (canary !== null && why !== null) {
    const problem = why === "broken" ? canary.problem : null;
    found.push({ kind: "canary", why, since: canary.since, problem });
  }
  const rejected = rejectedInARow(ledger, seen.champion);
  if (rejected !== null) found.push({ kind: "rejected", ...rejected, isFirst: seen.champion === null });
  const inconclusive = inconclusiveInARow(ledger);
  if (inconclusive >= leastInconclusive) found.push({ kind: "inconclusive", runs: inconclusive });
  if (proposal !== null) found.push({ kind: "proposal", state: proposal.state, since: proposedAt(ledger, proposal) });
  if (fetchedAt !== null && now - fetchedAt > staleAfter) found.push({ kind: "stale-clone", since: fetchedAt });
  return found;
}

/** `null`: it runs as it should. */
function canaryTrouble(
  { championMoved, maxDays, problem, since }: CanaryStatus,
  now: number,
): Extract<Attention, { kind: "canary" }>["why"] | null {
  if (problem !== null) return "broken";
  if (championMoved) return "champion-moved";
  return maxDays !== null && now - since > maxDays * DAY ? "old" : null;
}

/** Whether a job that watches the models is to fail: not for a proposal or a rejection that is a week old at most. Pure. */
export function isOverdue(attention: Attention, now: number): boolean {
  if (attention.kind !== "proposal" && attention.kind !== "rejected") return true;
  return attention.since === null || now - attention.since > patience;
}

/** Whether it keeps a retrain that is due from leading to anything. After a rejection the next run is judged anew. Pure. */
export function isInTheWay({ kind }: Attention): boolean {
  return kind !== "rejected";
}

const endsOfCandidates = ["look", "proposed", "declined", "rejected", "blocked"] as const;

/**
 * Candidates up to the newest that were rejected beside what is live now, one after the other.
 *
 * @returns `null`: the newest was not, or what ended last was blocked.
 */
function rejectedInARow(
  ledger: readonly LedgerRow[],
  champion: string | null,
): { readonly runs: number; readonly since: number } | null {
  const ends = rowsOfKind(ledger, ...endsOfCandidates).filter((row) => row.kind !== "look" || row.verdict !== "hold");
  const start = ends.findLastIndex(({ kind, parent }) => kind !== "rejected" || parent !== champion) + 1;
  const [first] = ends.slice(start);
  return first === undefined ? null : { runs: ends.length - start, since: Date.parse(first.at) };
}

/** Candidates since the last one that was promoted, refused or blocked. @param ledger of a model, oldest first. */
function inconclusiveInARow(ledger: readonly LedgerRow[]): number {
  const looks = rowsOfKind(ledger, "look");
  return looks.length - 1 - looks.findLastIndex(({ verdict }) => verdict !== "inconclusive");
}

function proposedAt(
  ledger: readonly LedgerRow[],
  { inputDigest }: NonNullable<SeenOfModel["proposal"]>,
): number | null {
  const row = rowsOfKind(ledger, "proposed").findLast((each) => each.inputDigest === inputDigest);
  return row === undefined ? null : Date.parse(row.at);
}
