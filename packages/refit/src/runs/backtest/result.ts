import { bestSchedule, compareLine, type BacktestNight, type BacktestResult, type Stretch } from "@refit/core/backtest";
import { weakenedPolicy } from "@refit/core/judge";
import { primaryOf, summaries } from "./choice.ts";
import type { BacktestRequest, Plan } from "./plan.ts";
import type { Replayed } from "./replay.ts";

/** @param replayed with the nights that are done, and what the coarse pass of a search came to. */
export function resultOf(
  plan: Plan,
  { labelDelayDays }: BacktestRequest,
  { nights, chosen, search }: Replayed & Pick<BacktestResult, "search">,
): BacktestResult {
  const policy = plan.policies.find(({ line }) => line.id === chosen);
  const [looked, rest] = [nights.slice(0, plan.chosenOn), nights.slice(plan.chosenOn)];
  return {
    format: 1,
    model: plan.model,
    primary: primaryOf(plan).name,
    from: iso(plan.span.from),
    to: iso(plan.span.to),
    everyDays: plan.span.everyDays,
    labelDelayDays,
    planned: plan.nights.length,
    search,
    chosenOn: stretchOf(plan, looked),
    keptBack: rest.length === 0 ? null : stretchOf(plan, rest),
    chosen,
    changes: policy?.changes ?? [],
    lowers: policy === undefined ? [] : weakenedPolicy(plan.spec, policy.spec),
    nights,
  };
}

function stretchOf(plan: Plan, nights: readonly BacktestNight[]): Stretch {
  const { request, lines } = summaries(plan, nights);
  const best = bestSchedule(lines, request.primary)?.id ?? null;
  const others = ["today", "never", "no-change", ...(best === null ? [] : [best])];
  return {
    from: nights[0]?.at ?? iso(plan.span.from),
    until: nights.at(-1)?.until ?? iso(plan.span.from),
    nights: nights.length,
    measured: request.shared.length,
    lines: lines.map((line) => compareLine(line, others, request)),
    bestSchedule: best,
  };
}

const iso = (at: number) => new Date(at).toISOString();
