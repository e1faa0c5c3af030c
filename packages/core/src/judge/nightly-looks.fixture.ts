import { rowOf } from "../ledger/ledger-row.fixture.ts";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { lookNumber } from "../ledger/look-number.ts";
import type { MetricName } from "../spec/model-spec.ts";
import { comparePaired } from "../statistics/compare-paired.ts";
import { harmonicAlpha } from "../statistics/multiplicity/harmonic-alpha.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { normalQuantile } from "../statistics/special/normal.ts";
import { refresh } from "./comparison.fixture.ts";
import { judge } from "./judge.ts";
import { metricRow } from "./metric-row.ts";
import { testSuperiority } from "./run-tests.ts";

export interface NightsRequest {
  readonly seed: number;
  readonly nights: number;
  /** Rows of the one holdout that every night looks at. */
  readonly rows: number;
  /** Looks that were spent on the holdout before; default 0. */
  readonly before?: number;
  /** Added to every challenger's signal, in standard deviations of its noise; 0: no real gain. */
  readonly gain: number;
  /** The primary metric. Default `rocAuc`. */
  readonly metric?: MetricName;
  /** Of the bootstrap. Default: what a run takes. */
  readonly replicates?: number;
}

const window = { from: "2026-01-01T00:00:00.000Z", to: "2026-02-01T00:00:00.000Z" };

/**
 * A changed model every night against the champion, on one holdout; a promoted one becomes the champion.
 *
 * All models see the same signal through noise of their own, and give its true probability, so that without a gain none is better than another.
 *
 * @returns the nights on which the gate promoted.
 */
export function promotedNights(request: NightsRequest): number[] {
  const { seed, nights, rows, before = 0, gain, metric = "rocAuc", replicates } = request;
  const next = randomBits(seed, 0);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  const target = Float64Array.from({ length: rows }, () => Number(uniform() < 0.3));
  const model = (more: number) => {
    const signal = 1.2 + more;
    const logit = (score: number) => signal * (score - signal / 2) + Math.log(0.3 / 0.7);
    return target.map((label) => 1 / (1 + Math.exp(-logit(signal * label + normalQuantile(uniform())))));
  };
  const lookRow = (inputDigest: string, look: number) =>
    rowOf("look", { at: window.to, inputDigest, look, window: { ...window, rows } });
  const instants = { from: Date.parse(window.from), to: Date.parse(window.to), rows };

  let champion = model(0);
  const looks: LedgerRow[] = Array.from({ length: before }, (_, i) => lookRow(`before ${i}`, i + 1));
  const promoted: number[] = [];
  for (let night = 1; night <= nights; night++) {
    const challenger = model(gain);
    const inputDigest = `night ${night}`;
    const look = lookNumber(looks, { inputDigest, parent: null, window: instants });
    looks.push(lookRow(inputDigest, look));
    const paired = comparePaired({
      metric,
      task: "binary",
      classes: 2,
      target,
      champion,
      challenger,
      seed,
      ...(replicates !== undefined && { replicates }),
    });
    const { kind } = judge(
      {
        ...refresh,
        kind: "change",
        primary: metric,
        metrics: [metricRow(paired)],
        tests: [testSuperiority(paired, harmonicAlpha(0.05, look))],
      },
      [{ metric, maxRegression: 1 }],
    );
    if (kind !== "promote") continue;
    promoted.push(night);
    champion = challenger;
  }
  return promoted;
}
