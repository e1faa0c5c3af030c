import {
  bestCadence,
  choosePolicy,
  sharedSteps,
  summariseLine,
  type BacktestStep,
  type LineSummary,
} from "@refit/core/backtest";
import { metricOf } from "@refit/core/judge";
import { measuredMetrics, type MetricName } from "@refit/core/spec";
import type { PolicyChange } from "../../specs/policy.ts";
import type { BacktestRequest, Plan } from "./plan.ts";

/** How the lines did on some of the steps. */
export interface Stretch {
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
  readonly steps: number;
  /** Steps on which every line had a model that could answer: numbers are of these. */
  readonly measured: number;
  readonly lines: readonly LineSummary[];
  /** Id of the schedule that did best; `null`: none was measured. */
  readonly bestCadence: string | null;
}

export interface BacktestResult {
  readonly format: 1;
  readonly model: string;
  readonly primary: MetricName;
  readonly from: string;
  readonly to: string;
  readonly everyDays: number;
  readonly labelDelayDays: number;
  /** Steps that were planned; fewer are done where the budget ended first. */
  readonly planned: number;
  /** The steps that the choice looked at. */
  readonly chosenOn: Stretch;
  /** The newest fifth, kept back for what was chosen; `null`: not yet replayed. */
  readonly keptBack: Stretch | null;
  /** Id of the policy that was chosen; `null`: none was measured. */
  readonly chosen: string | null;
  /** What it changes in `model.yaml`; empty: nothing, keep what is there. */
  readonly changes: readonly PolicyChange[];
  readonly steps: readonly BacktestStep[];
}

export function resultOf(
  plan: Plan,
  { labelDelayDays }: BacktestRequest,
  steps: readonly BacktestStep[],
): BacktestResult {
  const { primary } = plan.spec.metrics;
  const [looked, rest] = [steps.slice(0, plan.chosenOn), steps.slice(plan.chosenOn)];
  const chosenOn = stretchOf(plan, looked);
  const chosen = choosePolicy(chosenOn.lines, metricOf(primary, plan.spec.metrics))?.id ?? null;
  return {
    format: 1,
    model: plan.model,
    primary,
    from: iso(plan.span.from),
    to: iso(plan.span.to),
    everyDays: plan.span.everyDays,
    labelDelayDays,
    planned: plan.steps.length,
    chosenOn,
    keptBack: rest.length === 0 ? null : stretchOf(plan, rest),
    chosen,
    changes: plan.policies.find(({ line }) => line.id === chosen)?.changes ?? [],
    steps,
  };
}

function stretchOf({ spec, lines }: Plan, steps: readonly BacktestStep[]): Stretch {
  const primary = metricOf(spec.metrics.primary, spec.metrics);
  const here = lines.filter(({ id }) => steps.some((step) => step.lines[id] !== undefined));
  const shared = sharedSteps(steps, here, primary.name);
  const request = { steps, shared, names: measuredMetrics(spec.metrics), primary, seed: spec.seed };
  const best =
    bestCadence(
      here.map((line) => summariseLine(line, [], request)),
      primary,
    )?.id ?? null;
  const others = ["never", "no-change", ...(best === null ? [] : [best])];
  return {
    from: steps[0]?.at ?? iso(0),
    until: steps.at(-1)?.until ?? iso(0),
    steps: steps.length,
    measured: shared.length,
    lines: here.map((line) => summariseLine(line, others, request)),
    bestCadence: best,
  };
}

const iso = (at: number) => new Date(at).toISOString();
