import { describe, expect, it } from "vitest";
import { pickRows } from "../judge/pick-rows.ts";
import { metricNames, metricsOfTask, type BuiltInMetric } from "../spec/metric-names.ts";
import {
  comparePaired,
  comparePairs,
  pNonInferior,
  type PairedComparison,
  type PairedRequest,
} from "./compare-paired.ts";
import { drawReplicates } from "./resampling/paired-replicates.ts";
import { randomBits } from "./resampling/random-bits.ts";

/** A holdout on which the challenger sees more of the truth than the champion; deterministic. */
function holdout(metric: BuiltInMetric, rows = 300): PairedRequest {
  const next = randomBits(11);
  const uniform = () => next() / 4_294_967_296;
  const task = (["binary", "multiclass", "regression"] as const).find((t) => metricsOfTask[t].includes(metric))!;
  const classes = task === "binary" ? 2 : task === "multiclass" ? 3 : 0;
  const target = Float64Array.from({ length: rows }, () =>
    task === "regression" ? 1 + uniform() : Math.floor(uniform() * classes),
  );
  const predict = (signal: number) =>
    Float64Array.from({ length: rows * (task === "multiclass" ? 3 : 1) }, (_, place) => {
      if (task === "regression") return target[place]! * signal + (1 - signal) * (1 + uniform());
      if (task === "binary") return 0.2 + 0.6 * uniform() + 0.35 * signal * (target[place]! - 0.5);
      const share = target[Math.floor(place / 3)] === place % 3 ? signal : 0;
      return (share + uniform()) / 3;
    });
  return { metric, task, classes, target, champion: predict(0.2), challenger: predict(0.8), seed: 5, replicates: 200 };
}

/** Whose spread has a formula; the others are resampled. */
const methods: Partial<Record<BuiltInMetric, PairedComparison["method"]>> = { rocAuc: "delong", accuracy: "mcnemar" };

describe("comparePaired", () => {
  it.each(metricNames)("tells which way %s points", (metric) => {
    const request = holdout(metric);

    const forward = comparePaired(request);
    const backward = comparePaired({ ...request, champion: request.challenger, challenger: request.champion });

    expect(backward.improvement).toBeCloseTo(-forward.improvement!, 12);
    expect(backward.standardError).toBeCloseTo(forward.standardError!, 12);
    expect(backward.interval![0]).toBeCloseTo(-forward.interval![1], 12);
    expect(forward.interval![0]).toBeLessThan(forward.improvement!);
    expect(forward.interval![1]).toBeGreaterThan(forward.improvement!);
    expect(forward.method).toBe(methods[metric] ?? "paired-bootstrap");
  });

  // Not `ece`: rows of one probability are cut into bins in row order.
  it.each(metricNames.filter((metric) => metric !== "ece"))(
    "does not depend on the order of the rows in %s",
    (metric) => {
      const request = holdout(metric, 301);
      const outputs = request.champion.length / request.target.length;
      const shuffled = Uint32Array.from(request.target, (_, row) => (row * 17) % 301);
      const moved = (values: Float64Array, width: number) => pickRows(values, shuffled, width);

      const once = comparePaired(request);
      const again = comparePaired({
        ...request,
        target: moved(request.target, 1),
        champion: moved(request.champion, outputs),
        challenger: moved(request.challenger, outputs),
      });

      expect(again.champion).toBeCloseTo(once.champion!, 12);
      expect(again.improvement).toBeCloseTo(once.improvement!, 12);
      if (once.method !== "paired-bootstrap") expect(again.pSuperior).toBeCloseTo(once.pSuperior!, 12);
      else expect(again.standardError! / once.standardError!).toBeCloseTo(1, 0); // other counts for the same rows
    },
  );

  it.each<BuiltInMetric>(["rocAuc", "logLoss", "accuracy", "f1Macro", "rmse", "r2"])(
    "sees a real gain in %s",
    (metric) => {
      const comparison = comparePaired(holdout(metric));

      expect(comparison.improvement).toBeGreaterThan(0);
      expect(comparison.pSuperior).toBeLessThan(0.01);
      expect(pNonInferior(comparison, 0.01)).toBeLessThan(0.01);
    },
  );

  it.each(metricNames)("cannot tell a model from itself by %s", (metric) => {
    const request = holdout(metric);

    const comparison = comparePaired({ ...request, challenger: request.champion });

    expect(comparison).toMatchObject({
      improvement: 0,
      interval: null,
      standardError: null,
      pSuperior: null,
      method: "none",
      reason: "no-information",
    });
    expect(pNonInferior(comparison, 0.01)).toBe(0);
    expect(pNonInferior(comparison, 0)).toBe(1);
  });

  it.each<BuiltInMetric>(["rocAuc", "accuracy"])(
    "finds no information in %s when only what it ignores differs",
    (metric) => {
      const request = holdout(metric);
      const challenger = request.champion.map((p) => (p < 0.5 ? p * p : p));

      expect(comparePaired({ ...request, challenger })).toMatchObject({ improvement: 0, reason: "no-information" });
    },
  );

  it("has no test where the metric is undefined", () => {
    const request = holdout("rocAuc");

    const comparison = comparePaired({ ...request, target: request.target.map(() => 1) });

    expect(comparison).toMatchObject({ champion: undefined, improvement: undefined, reason: "undefined-metric" });
    expect(pNonInferior(comparison, 0.01)).toBeNull();
  });

  it("has no test with a single positive", () => {
    const request = holdout("rocAuc");

    const comparison = comparePaired({ ...request, target: request.target.map((_, row) => (row === 0 ? 1 : 0)) });

    expect(comparison).toMatchObject({ method: "none", reason: "too-few-rows", pSuperior: null });
  });

  it("falls back to the bootstrap where DeLong sees no spread", () => {
    const target = Float64Array.from({ length: 40 }, (_, row) => row % 2);

    const comparison = comparePaired({
      ...holdout("rocAuc"),
      target,
      champion: target.map(() => 0.5),
      challenger: target,
    });

    expect(comparison).toMatchObject({ improvement: 0.5, method: "paired-bootstrap", pSuperior: 1 / 201 });
  });

  it("resamples more for a small alpha, unless told how often", () => {
    const target = Float64Array.from({ length: 40 }, (_, row) => row % 2);
    const { replicates: _, ...request } = holdout("rocAuc");
    const models = { ...request, target, champion: target.map(() => 0.5), challenger: target };

    expect(comparePaired(models).pSuperior).toBe(1 / 2001);
    expect(comparePaired({ ...models, alpha: 0.001 }).pSuperior).toBe(1 / 10_001);
  });

  it("goes below the bootstrap's floor by the normal tail, where no resample comes near 0", () => {
    const request = holdout("brier");
    const comparison = comparePaired({ ...request, challenger: request.target });

    expect(comparison.interval![0]).toBeGreaterThan(0);
    expect(comparison.pSuperior).toBeLessThan(1e-6);
  });

  it("has no test where many resamples leave the metric undefined", () => {
    const request = holdout("prAuc");

    const comparison = comparePaired({ ...request, target: request.target.map((_, row) => (row === 0 ? 1 : 0)) });

    expect(comparison.champion).toBeDefined();
    expect(comparison).toMatchObject({ method: "none", reason: "too-few-rows", interval: null });
  });

  it("is the same for a seed, and other for another", () => {
    const request = holdout("brier");

    expect(comparePaired(request)).toStrictEqual(comparePaired(request));
    expect(comparePaired({ ...request, seed: 6 }).interval).not.toEqual(comparePaired(request).interval);
  });

  it("weighs rows", () => {
    const request = holdout("rocAuc");
    const ones = comparePaired({ ...request, weights: request.target.map(() => 1) });
    const first = comparePaired({ ...request, weights: request.target.map((_, row) => (row < 150 ? 1 : 0)) });
    const half = comparePaired({
      ...request,
      target: request.target.slice(0, 150),
      champion: request.champion.slice(0, 150),
      challenger: request.challenger.slice(0, 150),
    });

    expect(ones.improvement).toBeCloseTo(comparePaired(request).improvement!, 12);
    expect(first.improvement).toBeCloseTo(half.improvement!, 12);
    expect(first.standardError! / half.standardError!).toBeCloseTo(1, 0);
  });

  it.each<BuiltInMetric>(["rocAuc", "brier"])(
    "is not made surer in %s by rows that are there twice, as one group",
    (metric) => {
      const request = { ...holdout(metric), replicates: 1000 };
      const twice = (values: Float64Array) => Float64Array.of(...values, ...values);
      const doubled = {
        ...request,
        target: twice(request.target),
        champion: twice(request.champion),
        challenger: twice(request.challenger),
      };
      const rows = request.target.length;

      const once = comparePaired(request).standardError!;
      const fooled = comparePaired(doubled).standardError!;
      const grouped = comparePaired({ ...doubled, groups: Int32Array.from(doubled.target, (_, row) => row % rows) });

      expect(fooled / once).toBeCloseTo(Math.SQRT1_2, 1);
      expect(grouped.standardError! / once).toBeCloseTo(1, 1);
    },
  );

  it("agrees with DeLong about the spread of a ROC AUC", () => {
    const request = { ...holdout("rocAuc"), replicates: 2000 };

    const byFormula = comparePaired(request);
    const byResampling = comparePaired({ ...request, weights: request.target.map(() => 1) });

    expect(byResampling.method).toBe("paired-bootstrap");
    expect(byResampling.standardError! / byFormula.standardError!).toBeGreaterThan(0.93);
    expect(byResampling.standardError! / byFormula.standardError!).toBeLessThan(1.07);
  });

  describe("by accuracy", () => {
    /** Of `rows` rows the first are right by one model only, the rest by both. */
    function judged(rows: number, onlyChampion: number, onlyChallenger: number): PairedRequest {
      const target = new Float64Array(rows).fill(1);
      const champion = target.map((_, row) => (row >= onlyChampion && row < onlyChampion + onlyChallenger ? 0.2 : 0.9));
      const challenger = target.map((_, row) => (row < onlyChampion ? 0.4 : 0.6));
      return { metric: "accuracy", task: "binary", classes: 2, target, champion, challenger, seed: 5 };
    }

    it("tests by McNemar, exactly", () => {
      const comparison = comparePaired(judged(200, 3, 12));

      expect(comparison.method).toBe("mcnemar");
      expect(comparison.improvement).toBeCloseTo(9 / 200, 14);
      expect(comparison.pSuperior).toBeCloseTo(0.017578125, 14); // reference case mcn-01
      expect(comparison.pInferior).toBeCloseTo(1 - 0.017578125 + 455 / 32768, 14); // and the chance of 12 itself
      expect(comparison.standardError).toBeCloseTo(Math.sqrt(15 / 200 - (9 / 200) * (9 / 200)) / Math.sqrt(200), 14);
    });

    it("reaches 5 % with five rows to none, and not with four", () => {
      expect(comparePaired(judged(200, 0, 4)).pSuperior).toBeCloseTo(1 / 16, 14);
      expect(comparePaired(judged(200, 0, 5)).pSuperior).toBeCloseTo(1 / 32, 14);
    });

    it("takes the interval from resamples where few rows tell the models apart", () => {
      const ofSeed = (seed: number, only: number) => comparePaired({ ...judged(400, 8, only), seed }).interval;

      expect(ofSeed(5, 16)).not.toEqual(ofSeed(6, 16));
      expect(ofSeed(5, 17)).toEqual(ofSeed(6, 17));
      expect(ofSeed(5, 17)![1] - 9 / 400).toBeCloseTo(9 / 400 - ofSeed(5, 17)![0], 14);
    });

    it("resamples whole groups, and weighted rows", () => {
      const request = judged(200, 3, 12);

      expect(comparePaired({ ...request, groups: Int32Array.from(request.target.keys()) }).method).toBe(
        "paired-bootstrap",
      );
      expect(comparePaired({ ...request, weights: request.target }).method).toBe("paired-bootstrap");
    });

    it("sees more classes than two", () => {
      const comparison = comparePaired(holdout("f1Macro"));
      const request = { ...holdout("f1Macro"), metric: "accuracy" } as const;

      expect(comparison.method).toBe("paired-bootstrap");
      expect(comparePaired(request)).toMatchObject({ method: "mcnemar" });
      expect(comparePaired(request).pSuperior).toBeLessThan(1e-6);
    });
  });

  it("widens the interval for a smaller alpha", () => {
    const request = holdout("logLoss");
    const usual = comparePaired(request).interval!;
    const strict = comparePaired({ ...request, alpha: 0.01 }).interval!;

    expect(strict[0]).toBeLessThan(usual[0]);
    expect(strict[1]).toBeGreaterThan(usual[1]);
  });
});

describe("comparePairs", () => {
  it("gives what each pair alone gives, from one drawing of the resamples", () => {
    const { champion, challenger, metric: _metric, ...rows } = holdout("logLoss");
    const tenth = pickRows(
      challenger,
      Uint32Array.from(challenger, (_, row) => row - (row % 10)),
    );
    const pairs = [
      { metric: "logLoss", champion, challenger },
      { metric: "rocAuc", champion, challenger },
      { metric: "ece", champion, challenger },
      { metric: "logLoss", champion: tenth, challenger },
      { metric: "logLoss", champion, challenger: champion },
      // One row apart: McNemar's p, and an interval from resamples.
      { metric: "accuracy", champion, challenger: champion.map((value, row) => (row === 0 ? 1 - value : value)) },
    ];
    const asked: number[] = [];

    const compared = comparePairs({
      ...rows,
      pairs,
      draw(request) {
        asked.push(request.pairs.length);
        return drawReplicates(request);
      },
    });

    expect(compared).toEqual(pairs.map((pair) => comparePaired({ ...rows, ...pair })));
    expect(asked).toEqual([4]);
  });
});

describe("pNonInferior", () => {
  const comparison: PairedComparison = {
    metric: "rocAuc",
    champion: 0.8,
    challenger: 0.79,
    improvement: -0.01,
    interval: [-0.03, 0.01],
    standardError: 0.01,
    pSuperior: 0.84,
    pInferior: 0.16,
    method: "delong",
  };

  it.each([
    [0.01, 0.5],
    [0.03, 0.022750131948179195],
    [0, 0.8413447460685429],
  ])("at a margin of %f is %f", (margin, p) => {
    expect(pNonInferior(comparison, margin)).toBeCloseTo(p, 12);
  });
});
