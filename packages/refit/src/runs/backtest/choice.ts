import {
  choosePolicy,
  sharedNights,
  summariseLine,
  type BacktestNight,
  type LineSummary,
  type SummaryRequest,
} from "@refit/core/backtest";
import { metricOf } from "@refit/core/judge";
import { measuredMetrics } from "@refit/core/spec";
import type { Plan } from "./plan.ts";

export function primaryOf({ spec: { metrics } }: Pick<Plan, "spec">): ReturnType<typeof metricOf> {
  return metricOf(metrics.primary, metrics);
}

/** How the lines did that were there on these nights, and on which of the nights they were measured. */
export function summaries(
  plan: Plan,
  nights: readonly BacktestNight[],
): { readonly request: SummaryRequest; readonly lines: readonly LineSummary[] } {
  const { spec, lines } = plan;
  const primary = primaryOf(plan);
  const here = lines.filter(({ id }) => nights.some((night) => night.lines[id] !== undefined));
  const shared = sharedNights(nights, here, primary.name);
  const request = { nights, shared, names: measuredMetrics(spec.metrics), primary, seed: spec.seed };
  return { request, lines: here.map((line) => summariseLine(line, request)) };
}

/** Id of the policy that does best on these nights; `null`: none was measured. */
export function chosenPolicy(plan: Plan, nights: readonly BacktestNight[]): string | null {
  return choosePolicy(summaries(plan, nights).lines, primaryOf(plan))?.id ?? null;
}
