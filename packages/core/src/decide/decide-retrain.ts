import type { RetrainPolicy } from "../spec/model-spec.ts";
import type { HeldBack, Reason } from "./reason.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The point that triggers are measured from: the newest of champion, judged, declined and rolled-back candidate. */
export interface LastJudged {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Digest of everything but the data files that decided that training. */
  readonly settingsDigest: string | null;
}

/** One look at the world, reduced to plain values. Every time is epoch milliseconds, UTC. */
export interface Observation {
  readonly now: number;
  /** Input digest of the live champion; `null`: none. */
  readonly championInput: string | null;
  readonly inputDigest: string;
  readonly settingsDigest: string;
  readonly lastJudged: LastJudged | null;
  /** Rows of the snapshot that lie in no file of the last judged candidate. */
  readonly newRows: number;
  /** Features whose distribution has moved, with their population stability index. */
  readonly drifted: readonly { readonly feature: string; readonly psi: number }[];
  /** Last proposal, decline or rollback. */
  readonly lastActedAt: number | null;
  /** Times of the candidates judged so far, any order. */
  readonly judgedAt: readonly number[];
  /** A person or a gate said no to exactly these inputs. */
  readonly refused: { readonly by: "declined" | "rejected" | "rolledBack"; readonly at: number } | null;
  readonly openProposal: {
    readonly inputDigest: string | null;
    /** It was judged against a champion that is no longer live, or its folder is not valid. */
    readonly outdated: boolean;
    /** Approved, or with a person's commit. */
    readonly heldByPerson: boolean;
  } | null;
  /**
   * The reasons of a proposal of these inputs that the ledger knows and the forge does not show as a whole: an earlier
   * run was cut short, or its branch was lost. `null`: there is none.
   */
  readonly unfinished: readonly Reason[] | null;
  /** A person's reason to run now. */
  readonly force: string | null;
}

export interface RetrainDecision {
  readonly retrain: boolean;
  /** Every trigger that fired. */
  readonly reasons: readonly Reason[];
  /** What keeps fired triggers from a retrain, or why there is nothing to do; `null` exactly when `retrain`. */
  readonly heldBack: HeldBack | null;
  /** When a held-back trigger may run; `null`: not by waiting. */
  readonly nextEligibleAt: number | null;
}

/**
 * Decide whether to retrain. Pure; never throws.
 *
 * Triggers are collected, not raced, so that a reviewer sees all that fired. A person's `force` passes cool-down,
 * budget and earlier refusals, but not the fact that the same inputs give the same bytes.
 */
export function decideRetrain(seen: Observation, policy: RetrainPolicy): RetrainDecision {
  const held = (heldBack: HeldBack, reasons: readonly Reason[] = [], nextEligibleAt: number | null = null) => ({
    retrain: false,
    reasons,
    heldBack,
    nextEligibleAt,
  });

  if (seen.championInput === seen.inputDigest) return held({ kind: "unchanged" });

  const reasons = firedTriggers(seen, policy);
  const retrain = { retrain: true, reasons, heldBack: null, nextEligibleAt: null };

  if (seen.openProposal !== null) {
    if (seen.openProposal.heldByPerson) return held({ kind: "held-by-person" }, reasons);
    if (seen.openProposal.outdated) return { ...retrain, reasons: [...reasons, { kind: "champion-moved" }] };
    const complete = seen.unfinished === null;
    if (complete && seen.openProposal.inputDigest === seen.inputDigest) return held({ kind: "proposal-open" }, reasons);
  }
  if (seen.unfinished !== null && seen.refused === null) return { ...retrain, reasons: seen.unfinished };
  if (seen.force !== null) return retrain;
  if (seen.refused !== null) return held({ kind: "refused", ...seen.refused }, reasons);
  if (reasons.length === 0) return held({ kind: "nothing-due" });

  const until = Math.max(quietUntil(seen, policy), budgetUntil(seen, policy));
  if (until > seen.now) {
    const kind = quietUntil(seen, policy) > seen.now ? "cooldown" : "budget";
    return held({ kind, until }, reasons, until);
  }
  return retrain;
}

function firedTriggers(seen: Observation, policy: RetrainPolicy): Reason[] {
  const reasons: Reason[] = [];
  if (seen.force !== null) reasons.push({ kind: "forced", words: seen.force });
  if (seen.lastJudged === null) {
    reasons.push({ kind: "no-champion" });
    return reasons;
  }
  const { at, settingsDigest } = seen.lastJudged;
  if (settingsDigest !== null && settingsDigest !== seen.settingsDigest) reasons.push({ kind: "settings" });
  if (policy.minNewRows !== undefined && seen.newRows >= policy.minNewRows) {
    reasons.push({ kind: "new-rows", newRows: seen.newRows, minNewRows: policy.minNewRows });
  }
  const ageDays = (seen.now - at) / DAY;
  if (policy.maxAgeDays !== undefined && ageDays >= policy.maxAgeDays) {
    reasons.push({ kind: "age", ageDays, maxAgeDays: policy.maxAgeDays });
  }
  if (policy.drift) {
    for (const { feature, psi } of seen.drifted) reasons.push({ kind: "drift", feature, psi });
  }
  return reasons;
}

function quietUntil(seen: Observation, policy: RetrainPolicy): number {
  return seen.lastActedAt === null ? -Infinity : seen.lastActedAt + policy.cooldownHours * HOUR;
}

/** The budget frees when the oldest of the last `maxPerWeek` candidates is a week old. */
function budgetUntil(seen: Observation, policy: RetrainPolicy): number {
  const newestFirst = [...seen.judgedAt].sort((a, b) => b - a);
  const oldestInBudget = newestFirst[policy.maxPerWeek - 1];
  return oldestInBudget === undefined ? -Infinity : oldestInBudget + 7 * DAY;
}
