import type { Direction } from "../metrics/metric.ts";
import type { MetricName } from "../spec/metric-names.ts";
import { blockBootstrap, type MeanInterval } from "../statistics/resampling/block-bootstrap.ts";
import type { BacktestNight, Line } from "./backtest.ts";

export interface LineSummary extends Line {
  /** Mean over the shared nights, each counting by its rows; `undefined` where it was never measured. */
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  readonly retrains: number;
  readonly promotions: number;
  /** Judged, and not fit to be merged. */
  readonly refusals: number;
  /** What spoke against these, as codes, the most frequent first. */
  readonly refusedFor: readonly string[];
  /** Nights on which data were refused. */
  readonly dataBlocks: number;
  /** Nights that ended with an error. */
  readonly failures: number;
}

export interface ComparedLine extends LineSummary {
  /** Improvement of the primary metric over other lines, by their ids, on the shared nights. */
  readonly against: Readonly<Record<string, MeanInterval | null>>;
}

export interface SummaryRequest {
  /** What happened is counted on these. */
  readonly nights: readonly BacktestNight[];
  /** What is measured is measured on these: `sharedNights` of all lines that stand side by side. */
  readonly shared: readonly BacktestNight[];
  readonly names: readonly MetricName[];
  readonly primary: Direction;
  readonly seed: number;
}

/**
 * The nights on which every line was measured, so that their numbers are of the same rows: a line whose first model came late would
 * stand beside others that had the early rows too. A line that was never measured keeps nobody back.
 */
export function sharedNights(
  nights: readonly BacktestNight[],
  lines: readonly Pick<Line, "id">[],
  primary: MetricName,
): readonly BacktestNight[] {
  const isMeasured = (night: BacktestNight, id: string) => night.lines[id]?.metrics?.[primary] !== undefined;
  const measured = lines.filter(({ id }) => nights.some((night) => isMeasured(night, id)));
  return nights.filter((night) => measured.length > 0 && measured.every(({ id }) => isMeasured(night, id)));
}

/** What became of a line. */
export function summariseLine(line: Line, { nights, shared, names }: SummaryRequest): LineSummary {
  const own = nights.flatMap(({ lines }) => lines[line.id] ?? []);
  const count = (holds: (night: (typeof own)[number]) => boolean) => own.filter(holds).length;
  const refused = own.filter(({ retrained, promoted, decision }) => retrained && !promoted && decision !== null);
  const means = names.map((name) => [name, meanOf(line.id, name, shared)] as const);
  return {
    ...line,
    metrics: Object.fromEntries(means.filter(([, mean]) => mean !== undefined)),
    retrains: count(({ retrained }) => retrained),
    promotions: count(({ promoted }) => promoted),
    refusals: refused.length,
    refusedFor: byFrequency(refused.flatMap(({ against }) => against)),
    dataBlocks: count(({ decision, retrained }) => decision === "blocked" && !retrained),
    failures: count(({ decision }) => decision === "failed"),
  };
}

/** The same beside other lines, by their ids. */
export function compareLine(line: LineSummary, others: readonly string[], request: SummaryRequest): ComparedLine {
  const rivals = others.filter((id) => id !== line.id);
  return { ...line, against: Object.fromEntries(rivals.map((id) => [id, differenceBetween(line.id, id, request)])) };
}

function byFrequency(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
}

function meanOf(id: string, name: MetricName, nights: readonly BacktestNight[]): number | undefined {
  let [sum, rows] = [0, 0];
  for (const night of nights) {
    const value = night.lines[id]?.metrics?.[name];
    if (value === undefined) continue;
    sum += night.rows * value;
    rows += night.rows;
  }
  return rows === 0 ? undefined : sum / rows;
}

/** How much better one line is than another by the primary metric; `null`: too few nights to tell. */
function differenceBetween(
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
