import type { Trial } from "./portfolio-trials.ts";

interface Pick {
  readonly configuration: number;
  /** Of the portfolio up to this one, see `regretOf`. */
  readonly regret: number;
  /** Mean rank of what it picks among all configurations, 1 the best. */
  readonly rank: number;
}

/**
 * Greedily: again and again the configuration that helps the portfolio most, which picks by validation rows and is judged by
 * test rows.
 */
export function choosePortfolio(trials: readonly Trial[], count: number): Pick[] {
  const all = [...new Set(trials.map(({ configuration }) => configuration))];
  const chosen: Pick[] = [];
  while (chosen.length < Math.min(count, all.length)) {
    const members = chosen.map(({ configuration }) => configuration);
    const open = all.filter((one) => !members.includes(one));
    const scored = open.map((configuration) => ({
      configuration,
      ...worthOf(trials, [...members, configuration]),
    }));
    chosen.push(scored.reduce((best, each) => (each.regret < best.regret ? each : best)));
  }
  return chosen;
}

/**
 * How far a portfolio stays behind the best configuration: 0 it is the best one, 1 as far as the median of all. Mean over the sets, each
 * the mean over its splits.
 */
export function worthOf(trials: readonly Trial[], portfolio: readonly number[]): { regret: number; rank: number } {
  const bySet = groups(trials, ({ set }) => set);
  const ofSets = bySet.map((ofSet) => {
    return groups(ofSet, ({ seed }) => seed).map((ofSplit) => worthOn(ofSplit, portfolio));
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    regret: mean(ofSets.map((splits) => mean(splits.map(({ regret }) => regret)))),
    rank: mean(ofSets.map((splits) => mean(splits.map(({ rank }) => rank)))),
  };
}

/** A portfolio that goes wrong on one set counts at most so much there. */
const MOST_REGRET = 3;

function worthOn(ofSplit: readonly Trial[], portfolio: readonly number[]): { regret: number; rank: number } {
  const inside = ofSplit.filter(({ configuration }) => portfolio.includes(configuration));
  const { test } = inside.reduce((best, each) => (each.validation < best.validation ? each : best));
  const losses = ofSplit.map((trial) => trial.test).sort((a, b) => a - b);
  const [least, middle] = [losses[0]!, losses[Math.floor(losses.length / 2)]!];
  const regret = middle === least ? 0 : (test - least) / (middle - least);
  return { regret: Math.min(MOST_REGRET, regret), rank: 1 + losses.filter((loss) => loss < test).length };
}

function groups(trials: readonly Trial[], by: (trial: Trial) => string | number): Trial[][] {
  const found = new Map<string | number, Trial[]>();
  for (const trial of trials) found.set(by(trial), [...(found.get(by(trial)) ?? []), trial]);
  return [...found.values()];
}
