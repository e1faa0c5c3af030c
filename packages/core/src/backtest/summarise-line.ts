import type { Direction } from "../metrics/metric.ts";
import type { MetricName } from "../spec/metric-names.ts";
import { blockBootstrap, type MeanInterval } from "../statistics/resampling/block-bootstrap.ts";
import type { BacktestStep, Line } from "./backtest.ts";

export interface LineSummary extends Line {
  /** Mean over the shared steps, each counting by its rows; `undefined` where it was never measured. */
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  readonly retrains: number;
  readonly promotions: number;
  /** Judged, and not fit to be merged. */
  readonly refusals: number;
  /** Nights on which data were refused. */
  readonly dataBlocks: number;
  /** Nights that ended with an error. */
  readonly failures: number;
  /** Improvement of the primary metric over other lines, by their ids, on the shared steps. */
  readonly against: Readonly<Record<string, MeanInterval | null>>;
}

export interface SummaryRequest {
  /** What happened is counted on these. */
  readonly steps: readonly BacktestStep[];
  /** What is measured is measured on these: `sharedSteps` of all lines that stand side by side. */
  readonly shared: readonly BacktestStep[];
  readonly names: readonly MetricName[];
  readonly primary: Direction;
  readonly seed: number;
}

/**
 * The steps on which every line was measured, so that their numbers are of the same rows: a line whose first model came late would
 * stand beside others that had the early rows too. A line that was never measured keeps nobody back.
 */
export function sharedSteps(
  steps: readonly BacktestStep[],
  lines: readonly Pick<Line, "id">[],
  primary: MetricName,
): readonly BacktestStep[] {
  const isMeasured = (step: BacktestStep, id: string) => step.lines[id]?.metrics?.[primary] !== undefined;
  const measured = lines.filter(({ id }) => steps.some((step) => isMeasured(step, id)));
  return steps.filter((step) => measured.length > 0 && measured.every(({ id }) => isMeasured(step, id)));
}

/** What became of a line. @param others ids of the lines that it is held against. */
export function summariseLine(line: Line, others: readonly string[], request: SummaryRequest): LineSummary {
  const { steps, shared, names } = request;
  const own = steps.flatMap(({ lines }) => lines[line.id] ?? []);
  const count = (holds: (step: (typeof own)[number]) => boolean) => own.filter(holds).length;
  const means = names.map((name) => [name, meanOf(line.id, name, shared)] as const);
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
  { shared, primary, seed }: Pick<SummaryRequest, "shared" | "primary" | "seed">,
): MeanInterval | null {
  const { name, higherIsBetter } = primary;
  const sign = higherIsBetter ? 1 : -1;
  const pairs = shared.flatMap(({ rows, lines }) => {
    const [own, theirs] = [lines[id]?.metrics?.[name], lines[other]?.metrics?.[name]];
    return own === undefined || theirs === undefined ? [] : [{ rows, difference: sign * (own - theirs) }];
  });
  return blockBootstrap({
    values: pairs.map(({ difference }) => difference),
    weights: pairs.map(({ rows }) => rows),
    seed,
  });
}
