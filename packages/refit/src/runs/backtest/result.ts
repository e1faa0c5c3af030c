import { bestSchedule, compareLine, type BacktestNight, type ComparedLine } from "@refit/core/backtest";
import type { MetricName } from "@refit/core/spec";
import type { PolicyChange } from "../../specs/policy.ts";
import { primaryOf, summaries } from "./choice.ts";
import type { BacktestRequest, Plan } from "./plan.ts";
import type { Replayed } from "./replay.ts";
import type { CoarseResult } from "./search.ts";

/** How the lines did on some of the nights. */
export interface Stretch {
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
  readonly nights: number;
  /** Nights on which every line had a model that could answer: numbers are of these. */
  readonly measured: number;
  readonly lines: readonly ComparedLine[];
  /** Id of the schedule that did best; `null`: none was measured. */
  readonly bestSchedule: string | null;
}

export interface BacktestResult {
  readonly format: 1;
  readonly model: string;
  readonly primary: MetricName;
  readonly from: string;
  readonly to: string;
  readonly everyDays: number;
  readonly labelDelayDays: number;
  /** Nights that were planned; fewer are done where the budget ended first. */
  readonly planned: number;
  /** What the coarse pass of a search came to; `null`: there was no search. */
  readonly search: CoarseResult | null;
  /** The nights that the choice looked at. */
  readonly chosenOn: Stretch;
  /** The newest fifth, kept back for what was chosen; `null`: not yet replayed. */
  readonly keptBack: Stretch | null;
  /** Id of the policy that was chosen; `null`: not yet, or none was measured. */
  readonly chosen: string | null;
  /** What it changes in `model.yaml`; empty: nothing, keep what is there. */
  readonly changes: readonly PolicyChange[];
  readonly nights: readonly BacktestNight[];
}

/** @param replayed with the nights that are done, and what the coarse pass of a search came to. */
export function resultOf(
  plan: Plan,
  { labelDelayDays }: BacktestRequest,
  { nights, chosen, search }: Replayed & Pick<BacktestResult, "search">,
): BacktestResult {
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
    changes: plan.policies.find(({ line }) => line.id === chosen)?.changes ?? [],
    nights,
  };
}

function stretchOf(plan: Plan, nights: readonly BacktestNight[]): Stretch {
  const { request, lines } = summaries(plan, nights);
  const best = bestSchedule(lines, request.primary)?.id ?? null;
  const others = ["never", "no-change", ...(best === null ? [] : [best])];
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
