import type { Budget, FairnessRule, ModelSpec } from "../spec/model-spec.ts";
import { ALPHA } from "./alpha.ts";
import type { Comparison } from "./comparison.ts";
import type { GroupContrast } from "./measure-fairness.ts";

/** What `fairness` and `budget` ask, each as one row. */
export interface GuardRow {
  readonly guard:
    | "minSelectionRatio"
    | "maxOpportunityGapGrowth"
    | "maxLatencyRatio"
    | "maxP95MsPer1000Rows"
    | "maxSizeRatio";
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

/** Compares fairness and cost with their limits. A limit that is crossed only by chance does not fail. */
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

function costRows({ latency, size }: Comparison["cost"], budget: Budget): GuardRow[] {
  const { maxLatencyRatio, maxP95MsPer1000Rows, maxSizeRatio } = budget;
  const rows: GuardRow[] = [];
  const none = { column: null, interval: null, p: null };
  if (maxLatencyRatio !== undefined) {
    const beside = latency?.champion ?? null;
    const row = { ...none, guard: "maxLatencyRatio", value: beside?.ratio, limit: maxLatencyRatio } as const;
    const failed = beside !== null && !(beside.interval[0] <= maxLatencyRatio); // no number fails too
    rows.push({
      ...row,
      interval: beside?.interval ?? null,
      result: beside === null ? "skipped" : failed ? "failed" : "passed",
    });
  }
  if (maxP95MsPer1000Rows !== undefined) {
    const value = latency === null ? undefined : (1000 * latency.challengerP95Ms) / latency.batchRows;
    const result = value !== undefined && value <= maxP95MsPer1000Rows ? "passed" : "failed";
    rows.push({ ...none, guard: "maxP95MsPer1000Rows", value, limit: maxP95MsPer1000Rows, result });
  }
  if (maxSizeRatio !== undefined) {
    const value = size === null ? undefined : size.challenger / size.champion;
    const result = value === undefined ? "skipped" : value <= maxSizeRatio ? "passed" : "failed";
    rows.push({ ...none, guard: "maxSizeRatio", value, limit: maxSizeRatio, result });
  }
  return rows;
}
