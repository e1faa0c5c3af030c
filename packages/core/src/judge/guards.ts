import type { Budget, FairnessRule, ModelSpec } from "../spec/model-spec.ts";
import type { Comparison } from "./comparison.ts";
import type { GroupContrast } from "./measure-fairness.ts";

/** What `fairness` and `budget` ask, each as one row. */
export interface GuardRow {
  readonly guard: "minSelectionRatio" | "maxOpportunityGapGrowth" | "maxLatencyRatio" | "maxSizeRatio";
  /** The column of `fairness`. */
  readonly column: string | null;
  readonly value: number | undefined;
  /** 90 %, of the value where that is a ratio, of the challenger's own gap for the growth of a gap. */
  readonly interval: readonly [number, number] | null;
  /** One-sided p of "no worse than the champion". */
  readonly p: number | null;
  readonly limit: number;
  /** `skipped`: it compares with a champion and there is none. `insufficient`: fewer than two groups can be judged. */
  readonly result: "passed" | "failed" | "skipped" | "insufficient";
}

export type Guards = Pick<ModelSpec, "fairness" | "budget">;

const ALPHA = 0.05;

/** Holds fairness and cost against their limits. A limit that is crossed only by chance does not fail. */
export function guardRows({ fairness, cost }: Pick<Comparison, "fairness" | "cost">, guards: Guards): GuardRow[] {
  const fair = guards.fairness.flatMap((rule) => {
    const facts = fairness.find(({ column }) => column === rule.group);
    return facts === undefined ? [] : [selection(rule, facts.selectionRatio), opportunity(rule, facts.opportunityGap)];
  });
  return [...fair, ...costRows(cost, guards.budget)];
}

function selection({ group, minSelectionRatio: limit }: FairnessRule, contrast: GroupContrast): GuardRow {
  const { champion, challenger, interval, pWorse } = contrast;
  const row = { guard: "minSelectionRatio", column: group, value: challenger, interval, p: pWorse, limit } as const;
  if (challenger === undefined) return { ...row, result: "insufficient" };
  const below = champion === undefined ? interval === null || interval[1] < limit : pWorse === null || pWorse < ALPHA;
  return { ...row, result: challenger < limit && below ? "failed" : "passed" };
}

function opportunity({ group, maxOpportunityGapGrowth: limit }: FairnessRule, contrast: GroupContrast): GuardRow {
  const { champion, challenger, interval, pWorse } = contrast;
  const value = champion === undefined || challenger === undefined ? undefined : challenger - champion;
  const row = { guard: "maxOpportunityGapGrowth", column: group, value, interval, p: pWorse, limit } as const;
  if (challenger === undefined) return { ...row, result: "insufficient" };
  if (value === undefined) return { ...row, result: "skipped" };
  return { ...row, result: value > limit && (pWorse === null || pWorse < ALPHA) ? "failed" : "passed" };
}

function costRows({ latency, size }: Comparison["cost"], { maxLatencyRatio, maxSizeRatio }: Budget): GuardRow[] {
  const rows: GuardRow[] = [];
  const none = { column: null, interval: null, p: null };
  if (maxLatencyRatio !== undefined) {
    const row = { ...none, guard: "maxLatencyRatio", value: latency?.ratio, limit: maxLatencyRatio } as const;
    const failed = latency !== null && !(latency.interval[0] <= maxLatencyRatio); // no number fails too
    rows.push({
      ...{ ...row, interval: latency?.interval ?? null },
      result: latency === null ? "skipped" : failed ? "failed" : "passed",
    });
  }
  if (maxSizeRatio !== undefined) {
    const value = size === null ? undefined : size.challenger / size.champion;
    const result = value === undefined ? "skipped" : value <= maxSizeRatio ? "passed" : "failed";
    rows.push({ ...none, guard: "maxSizeRatio", value, limit: maxSizeRatio, result });
  }
  return rows;
}
