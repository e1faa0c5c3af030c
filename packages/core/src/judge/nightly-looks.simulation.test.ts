import { describe, expect, it } from "vitest";
import type { MetricName } from "../spec/metric-names.ts";
import { promotedNights } from "./nightly-looks.fixture.ts";

const rows = 200;

function shareOfRuns(holds: (seed: number) => boolean, runs: number): number {
  let count = 0;
  for (let seed = 0; seed < runs; seed++) count += Number(holds(seed));
  return count / runs;
}

/** The whole way: look number, spent alpha, paired test, verdict. */
describe("thirty nightly looks at one holdout", () => {
  // Log loss is resampled, 30 times per run: fewer runs. `npm run bench:statistics` has 1,000 of each.
  it.each<[metric: MetricName, runs: number]>([
    ["rocAuc", 250],
    ["accuracy", 250],
    ["logLoss", 120],
  ])("without a real gain in %s promote in at most 7 % of the runs", (metric, runs) => {
    const nights = { nights: 30, rows, gain: 0, metric, replicates: 400 };
    const share = shareOfRuns((seed) => promotedNights({ seed, ...nights }).length > 0, runs);

    expect(share).toBeLessThanOrEqual(0.07);
    expect(share).toBeGreaterThan(0.01); // a gate that never opens would pass too
  });

  it.each<[metric: MetricName, when: string, before: number, power: number]>([
    ["rocAuc", "at the first look", 0, 0.8],
    ["rocAuc", "at the thirtieth, with the alpha that is left", 29, 0.3],
    ["accuracy", "at the first look", 0, 0.7],
    ["logLoss", "at the first look", 0, 0.8],
  ])("see a real gain in %s %s", (metric, _when, before, power) => {
    const night = { nights: 1, before, rows, gain: 1.2, metric };
    const share = shareOfRuns((seed) => promotedNights({ seed, ...night }).length > 0, 100);

    expect(share).toBeGreaterThan(power);
  });
});
