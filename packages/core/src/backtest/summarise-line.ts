import { metrics } from "../metrics/metrics.ts";
import type { MetricName } from "../spec/metric-names.ts";
import { blockBootstrap, type MeanInterval } from "../statistics/resampling/block-bootstrap.ts";
import type { BacktestStep, Line } from "./backtest.ts";

export interface LineSummary extends Line {
  /** Mean over the steps, each counting by its rows; `undefined` where it was never measured. */
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  readonly retrains: number;
  readonly promotions: number;
  /** Judged, and not fit to be merged. */
  readonly refusals: number;
  /** Nights on which data were refused. */
  readonly dataBlocks: number;
  /** Nights that ended with an error. */
  readonly failures: number;
  /** Improvement of the primary metric over other lines, by their ids, on the steps that both were measured on. */
  readonly against: Readonly<Record<string, MeanInterval | null>>;
}

export interface SummaryRequest {
  readonly steps: readonly BacktestStep[];
  readonly names: readonly MetricName[];
  readonly primary: MetricName;
  readonly seed: number;
}

/** What became of a line. @param others ids of the lines that it is held against. */
export function summariseLine(line: Line, others: readonly string[], request: SummaryRequest): LineSummary {
  const { steps, names } = request;
  const own = steps.flatMap(({ lines }) => lines[line.id] ?? []);
  const count = (holds: (step: (typeof own)[number]) => boolean) => own.filter(holds).length;
  const means = names.map((name) => [name, meanOf(line.id, name, steps)] as const);
  return {
    ...line,
    metrics: Object.fromEntries(means.filter(([, mean]) => mean !== undefined)),
    retrains: count(({ retrained }) => retrained),
    promotions: count(({ promoted }) => promoted),
    refusals: count(({ retrained, promoted, decision }) => retrained && !promoted && decision !== null),
    dataBlocks: count(({ decision, retrained }) => decision === "blocked" && !retrained),
    failures: count(({ decision }) => decision === "failed"),
    against: Object.fromEntries(
      others.filter((id) => id !== line.id).map((id) => [id, differenceBetween(line.id, id, request)]),
    ),
  };
}

function meanOf(id: string, name: MetricName, steps: readonly BacktestStep[]): number | undefined {
  let [sum, rows] = [0, 0];
  for (const step of steps) {
    const value = step.lines[id]?.metrics?.[name];
    if (value === undefined) continue;
    sum += step.rows * value;
    rows += step.rows;
  }
  return rows === 0 ? undefined : sum / rows;
}

/** How much better one line is than another by the primary metric; `null`: too few steps to tell. */
export function differenceBetween(
  id: string,
  other: string,
  { steps, primary, seed }: Pick<SummaryRequest, "steps" | "primary" | "seed">,
): MeanInterval | null {
  const sign = metrics[primary].higherIsBetter ? 1 : -1;
  const pairs = steps.flatMap(({ rows, lines }) => {
    const [own, theirs] = [lines[id]?.metrics?.[primary], lines[other]?.metrics?.[primary]];
    return own === undefined || theirs === undefined ? [] : [{ rows, difference: sign * (own - theirs) }];
  });
  return blockBootstrap({
    values: pairs.map(({ difference }) => difference),
    weights: pairs.map(({ rows }) => rows),
    seed,
  });
}
