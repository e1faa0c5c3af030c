import type { RetrainPolicy } from "../spec/model-spec.ts";
import type { DecisionFacts } from "./decision-facts.ts";
import { driftReasons, driftTrigger } from "./drift-trigger.ts";
import { type Haste, longestQuiet } from "./quiet-time.ts";
import { isRefresh } from "./is-refresh.ts";
import type { HeldBack, Reason } from "./reason.ts";
import { DAY } from "../time.ts";

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
export function decideRetrain(seen: DecisionFacts, policy: RetrainPolicy): RetrainDecision {
  const decision = onFreeBranch(seen, policy);
  if (!decision.retrain || seen.heldBranch === null) return decision;
  return { ...decision, retrain: false, heldBack: { kind: "branch-held", branch: seen.heldBranch } };
}

/** The decision, were nobody else's work on the branch of the proposal. */
function onFreeBranch(seen: DecisionFacts, policy: RetrainPolicy): RetrainDecision {
  const { unfinished, tooFewUnseen, withGroup } = seen;
  const refused = standingRefusal(seen);
  if (seen.championInput === seen.inputDigest) return held({ kind: "unchanged" });

  const reasons = firedTriggers(seen, policy);
  // Callers are compared on two versions: a third has nobody to be compared with.
  if (seen.canary && seen.force === null) return held({ kind: "canary-runs", ...seen.canary }, reasons);
  const beside = besideProposal(seen, policy, reasons);
  if (beside !== null) return beside;
  if (unfinished !== null && refused === null) return due(unfinished);
  if (seen.force !== null) return due(reasons);
  if (refused !== null) return held({ kind: "refused", ...refused }, reasons);
  // Other settings are compared as procedures, on rows that the champion has seen.
  if (isRefresh(reasons) && tooFewUnseen !== null) return held({ kind: "few-rows", ...tooFewUnseen }, reasons);
  // When the group moves, the quiet times of each member have been those of whoever is due.
  if (withGroup !== undefined) return due(reasons);
  return inDueTime(seen, policy, reasons);
}

/** A person who declined a group said no to all of it together: with another model that is due it is another proposal. */
function standingRefusal({ refused, withGroup }: DecisionFacts): DecisionFacts["refused"] {
  return withGroup !== undefined && refused?.by === "declined" ? null : refused;
}

/** @returns `null`: no proposal is open, or it keeps nobody back. */
function besideProposal(
  seen: DecisionFacts,
  policy: RetrainPolicy,
  reasons: readonly Reason[],
): RetrainDecision | null {
  const { openProposal, force, unfinished, withGroup } = seen;
  const refused = standingRefusal(seen);
  if (openProposal === null) return null;
  if (openProposal.heldByPerson) return held({ kind: "held-by-person" }, reasons);
  const allowed = refused === null || force !== null;
  if (openProposal.outdated && allowed) return judgedAgain(seen, policy, [...reasons, { kind: "champion-moved" }]);
  if (withGroup !== undefined) return null;
  const isOfTheseInputs = unfinished === null && openProposal.inputDigest === seen.inputDigest;
  return isOfTheseInputs ? held({ kind: "proposal-open" }, reasons) : null;
}

/** An open proposal that nobody could merge any more: at once, as far as the budgets go. */
function judgedAgain(seen: DecisionFacts, policy: RetrainPolicy, reasons: readonly Reason[]): RetrainDecision {
  const isBudgeted = seen.force === null && seen.withGroup === undefined;
  const budget = isBudgeted ? longestQuiet(seen, policy, "urgent") : null;
  return budget === null || budget.until <= seen.now ? due(reasons) : held(budget, reasons, budget.until);
}

/** As the triggers have it, once cool-down, back-off and budgets allow it. */
function inDueTime(seen: DecisionFacts, policy: RetrainPolicy, reasons: readonly Reason[]): RetrainDecision {
  const quiet = longestQuiet(seen, policy, hasteOf(seen, policy, reasons));
  if (reasons.length === 0) {
    const dueAt = ageDueAt(seen, policy);
    return held(nothingDue(seen, policy), [], dueAt === null ? null : Math.max(dueAt, quiet?.until ?? dueAt));
  }
  return quiet !== null && quiet.until > seen.now ? held(quiet, reasons, quiet.until) : due(reasons);
}

function due(reasons: readonly Reason[]): RetrainDecision {
  return { retrain: true, reasons, heldBack: null, nextEligibleAt: null };
}

function held(
  heldBack: HeldBack,
  reasons: readonly Reason[] = [],
  nextEligibleAt: number | null = null,
): RetrainDecision {
  return { retrain: false, reasons, heldBack, nextEligibleAt };
}

function firedTriggers(seen: DecisionFacts, policy: RetrainPolicy): Reason[] {
  const reasons: Reason[] = [];
  const { force, refused, withGroup } = seen;
  if (withGroup !== undefined) reasons.push({ kind: "group", ...withGroup });
  if (force !== null) {
    reasons.push({ kind: "forced", words: force, ...(refused !== null && { despite: refused }) });
  }
  if (seen.lastJudged === null) {
    reasons.push({ kind: "no-champion" });
    return reasons;
  }
  const { at, settingsDigest } = seen.lastJudged;
  if (settingsDigest !== seen.settingsDigest) {
    reasons.push(settingsReason(seen));
  }
  if (seen.policyChanged) reasons.push({ kind: "policy" });
  if (policy.minNewRows !== undefined && seen.newRows >= policy.minNewRows) {
    const counted = { newRows: seen.newRows, minNewRows: policy.minNewRows };
    reasons.push({ kind: "new-rows", ...counted, ...(seen.newRowsAssumed === true && { assumed: true }) });
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

function settingsReason({ imported, settingsChanged }: DecisionFacts): Reason {
  if (imported === true) return { kind: "imported" };
  return settingsChanged === null ? { kind: "settings" } : { kind: "settings", changed: [...settingsChanged] };
}

/** What promises another outcome than the fruitless candidates had. */
const eager: ReadonlySet<Reason["kind"]> = new Set<Reason["kind"]>(["settings", "imported", "policy"]);

/** Other settings, other gates, or twice the rows that are asked for promise another outcome than the fruitless candidates had. */
function hasteOf({ newRows }: DecisionFacts, { minNewRows }: RetrainPolicy, reasons: readonly Reason[]): Haste {
  if (reasons.some(({ kind }) => kind === "performance")) return "urgent";
  const twice = minNewRows !== undefined && newRows >= 2 * minNewRows;
  return twice || reasons.some(({ kind }) => eager.has(kind)) ? "eager" : null;
}

function ageDueAt({ lastJudged }: DecisionFacts, { maxAgeDays }: RetrainPolicy): number | null {
  return lastJudged === null || maxAgeDays === undefined ? null : lastJudged.at + maxAgeDays * DAY;
}

/** Report drift even when it triggers nothing. */
function nothingDue({ drift }: DecisionFacts, policy: RetrainPolicy): HeldBack {
  const trigger = policy.drift && drift !== null ? driftTrigger(drift) : "none";
  if (trigger === "unconfirmed") return { kind: "drift-unconfirmed" };
  return { kind: trigger === "known" ? "drift-known" : "nothing-due" };
}
