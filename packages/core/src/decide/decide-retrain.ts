import type { RetrainPolicy } from "../spec/model-spec.ts";
import { driftReasons, driftTrigger, type DriftSeen } from "./drift-trigger.ts";
import { type Activity, type Haste, longestQuiet } from "./quiet-time.ts";
import type { Decline } from "../statistics/measure-decline.ts";
import type { HeldBack, Reason } from "./reason.ts";

const DAY = 86_400_000;

/** The point that triggers are measured from: the newest of champion, judged, declined and rolled-back candidate. */
export interface LastJudged {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Digest of everything but the data files that decided that training. */
  readonly settingsDigest: string | null;
}

/** One look at the world, reduced to plain values. Every time is epoch milliseconds, UTC. */
export interface Observation extends Activity {
  readonly now: number;
  /** Input digest of the live champion; `null`: none. */
  readonly championInput: string | null;
  readonly inputDigest: string;
  readonly settingsDigest: string;
  readonly lastJudged: LastJudged | null;
  /** Rows of the snapshot that lie in no file of the last judged candidate. */
  readonly newRows: number;
  /** `null`: nothing to measure, such as no new file or no champion. */
  readonly drift: DriftSeen | null;
  /** The champion on newer rows than its holdout; `null`: not asked for, or too few rows. */
  readonly decline: Decline | null;
  /** A person or a gate said no to exactly these inputs. */
  readonly refused: { readonly by: "declined" | "rejected" | "rolledBack"; readonly at: number } | null;
  /** A model of exactly these inputs failed a bar that a person has changed since. */
  readonly policyChanged: boolean;
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
  /** When waiting alone would lead to a retrain; `null`: never. */
  readonly nextEligibleAt: number | null;
}

/**
 * Decide whether to retrain. Pure; never throws.
 *
 * Triggers are collected, not raced, so that a reviewer sees all that fired. A person's `force` passes cool-down,
 * back-off, budgets and earlier refusals, but not the fact that the same inputs give the same bytes.
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
    const allowed = seen.refused === null || seen.force !== null;
    if (seen.openProposal.outdated && allowed)
      return judgedAgain(seen, policy, [...reasons, { kind: "champion-moved" }]);
    const complete = seen.unfinished === null;
    if (complete && seen.openProposal.inputDigest === seen.inputDigest) return held({ kind: "proposal-open" }, reasons);
  }
  if (seen.unfinished !== null && seen.refused === null) return { ...retrain, reasons: seen.unfinished };
  if (seen.force !== null) return retrain;
  if (seen.refused !== null) return held({ kind: "refused", ...seen.refused }, reasons);

  const quiet = longestQuiet(seen, policy, hasteOf(seen, policy, reasons));
  if (reasons.length === 0) {
    const due = ageDueAt(seen, policy);
    return held(nothingDue(seen, policy), [], due === null ? null : Math.max(due, quiet?.until ?? due));
  }
  return quiet !== null && quiet.until > seen.now ? held(quiet, reasons, quiet.until) : retrain;
}

/** An open proposal that nobody could merge any more: at once, as far as the budgets go. */
function judgedAgain(seen: Observation, policy: RetrainPolicy, reasons: readonly Reason[]): RetrainDecision {
  const budget = seen.force === null ? longestQuiet(seen, policy, "urgent") : null;
  if (budget === null || budget.until <= seen.now)
    return { retrain: true, reasons, heldBack: null, nextEligibleAt: null };
  return { retrain: false, reasons, heldBack: budget, nextEligibleAt: budget.until };
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
  if (seen.policyChanged) reasons.push({ kind: "policy" });
  if (policy.minNewRows !== undefined && seen.newRows >= policy.minNewRows) {
    reasons.push({ kind: "new-rows", newRows: seen.newRows, minNewRows: policy.minNewRows });
  }
  if (policy.maxAgeDays !== undefined && seen.now >= at + policy.maxAgeDays * DAY) {
    reasons.push({ kind: "age", ageDays: (seen.now - at) / DAY, maxAgeDays: policy.maxAgeDays });
  }
  const { performanceMargin } = policy;
  if (performanceMargin !== undefined && seen.decline !== null && seen.decline.upper < -performanceMargin) {
    const { metric, before, now } = seen.decline;
    reasons.push({ kind: "performance", metric, before, now, performanceMargin });
  }
  if (policy.drift && seen.drift !== null && driftTrigger(seen.drift) === "fired") {
    reasons.push(...driftReasons(seen.drift));
  }
  return reasons;
}

/** Other settings, another bar, or twice the rows that are asked for, promise another outcome than the fruitless candidates had. */
function hasteOf({ newRows }: Observation, { minNewRows }: RetrainPolicy, reasons: readonly Reason[]): Haste {
  if (reasons.some(({ kind }) => kind === "performance")) return "urgent";
  const twice = minNewRows !== undefined && newRows >= 2 * minNewRows;
  return twice || reasons.some(({ kind }) => kind === "settings" || kind === "policy") ? "eager" : null;
}

function ageDueAt({ lastJudged }: Observation, { maxAgeDays }: RetrainPolicy): number | null {
  return lastJudged === null || maxAgeDays === undefined ? null : lastJudged.at + maxAgeDays * DAY;
}

/** Drift that was seen and does not count is said, so that nobody wonders. */
function nothingDue({ drift }: Observation, policy: RetrainPolicy): HeldBack {
  const trigger = policy.drift && drift !== null ? driftTrigger(drift) : "none";
  if (trigger === "unconfirmed") return { kind: "drift-unconfirmed" };
  return { kind: trigger === "known" ? "drift-known" : "nothing-due" };
}
