import type { BacktestResult, Stretch } from "@refit/core/backtest";

/**
 * Each line of replays of one stream that was made from several seeds: the mean of the primary metric with its range, the mean of the
 * retrains, and by how much `model.yaml` as `init` wrote it differs from it, seed by seed.
 */
export function overSeeds(results: readonly BacktestResult[]): string[] {
  return [
    `mean and range over ${results.length} seeds, with the lead of what init writes in each`,
    ...stretchOverSeeds(results, ({ chosenOn }) => chosenOn),
    "the fifth that was kept back",
    ...stretchOverSeeds(results, ({ keptBack }) => keptBack!),
  ];
}

function stretchOverSeeds(results: readonly BacktestResult[], pick: (result: BacktestResult) => Stretch): string[] {
  const stretches = results.map(pick);
  const lineOf = (stretch: Stretch, id: string) => stretch.lines.find((line) => line.id === id)!;
  const { primary } = results[0]!;
  return stretches[0]!.lines.map(({ id, name }) => {
    const values = stretches.map((stretch) => lineOf(stretch, id).metrics[primary] ?? NaN);
    const leads = stretches.map((stretch, i) => (lineOf(stretch, "today").metrics[primary] ?? NaN) - values[i]!);
    const retrains = mean(stretches.map((stretch) => lineOf(stretch, id).retrains));
    const range = `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;
    const lead = id === "today" ? "" : `  lead of init ${leads.map((value) => value.toFixed(3)).join(", ")}`;
    return `  ${name.padEnd(20)}${mean(values).toFixed(4)}  ${range}  retrains ${retrains.toFixed(1)}${lead}`;
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
