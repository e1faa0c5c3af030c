import {
  bestTrial,
  coarseNights,
  coarseTrials,
  fineTrials,
  nightsOf,
  nightsToChooseOn,
  trialName,
  type BacktestNight,
  type CoarseResult,
  type PolicyTrial,
  type SearchSpace,
  type Span,
} from "@refit/core/backtest";
import type { Ports } from "../../ports/index.ts";
import { primaryOf, summaries } from "./choice.ts";
import { planReplay, triedPolicies, type Past, type Plan, type ReplayedPolicy } from "./plan.ts";

const DAY = 86_400_000;

/** The coarse pass of a search: windows and holdouts, on a few of the nights that the choice looks at. */
export interface CoarsePass {
  readonly plan: Plan;
  readonly space: SearchSpace;
  readonly trials: readonly PolicyTrial[];
}

export function planCoarse(ports: Pick<Ports, "learners">, past: Past, span: Span): CoarsePass {
  const space = spaceOf(past, span);
  const trials = coarseTrials(space);
  const coarse = { from: span.from, to: endOfChoice(span), everyDays: coarseNights(space) * span.everyDays };
  const policies = triedPolicies(ports, past, trials);
  return { plan: planReplay(past, coarse, { policies, references: [], keepsBack: false }), space, trials };
}

/** The newest instant that the choice may know of. */
function endOfChoice(span: Span): number {
  const nights = nightsOf(span);
  return nights[nightsToChooseOn(nights.length)] ?? span.to;
}

function spaceOf({ spec, history: { times } }: Past, span: Span): SearchSpace {
  const end = endOfChoice(span);
  return {
    historyDays: (end - times[0]!) / DAY,
    rows: times.filter((at) => at <= end).length,
    everyDays: span.everyDays,
    nights: nightsToChooseOn(nightsOf(span).length),
    holdoutDays: spec.holdout.days ?? null,
  };
}

/** @param nights of the coarse pass, as far as they are done. */
export function coarseResult({ plan, trials }: CoarsePass, nights: readonly BacktestNight[]): CoarseResult {
  const { lines } = summaries(plan, nights);
  const isDone = nights.length === plan.nights.length;
  const best = isDone ? bestTrial(trials, lines, primaryOf(plan)) : null;
  return {
    everyDays: plan.span.everyDays,
    planned: plan.nights.length,
    nights: nights.length,
    lines,
    best: best && trialName(best),
  };
}

/** What is replayed on all nights, beside what was asked for. */
export function finePolicies(
  ports: Pick<Ports, "learners">,
  { plan, space, trials }: CoarsePass,
  { lines }: CoarseResult,
  asked: readonly ReplayedPolicy[],
): ReplayedPolicy[] {
  const best = bestTrial(trials, lines, primaryOf(plan)) ?? {};
  const known = new Set(asked.map(({ text }) => text));
  return triedPolicies(ports, plan, fineTrials(space, best)).filter(({ text }) => !known.has(text));
}
