import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CanaryEvidence, type CanarySettings, LOG_UNIT, stakes } from "./canary-bets.ts";
import { type CanaryBounds, canaryDifference, type CanaryLook, decideCanary } from "./canary-decision.ts";
import { addSums } from "./production-sums.ts";
import { checkSampleRatio } from "./sample-ratio.ts";
import type { CanaryRows } from "./canary-differences.ts";
import { sumRows, type SumSettings } from "./sum-rows.ts";

const margin = 0.01;
const paired: CanarySettings = { loss: "zeroOne", margin, outcome: "independent" };
const settingsWith = (canary: CanarySettings): SumSettings => ({
  task: "binary",
  classes: 2,
  metrics: ["brier"],
  canary,
});

/** Rows that the champion got right or wrong, and the canary right or wrong. */
function rowsOf(
  counts: { both?: number; onlyCanary?: number; onlyChampion?: number },
  arm: "champion" | "canary",
): CanaryRows {
  const { both = 0, onlyCanary = 0, onlyChampion = 0 } = counts; // who is right
  const row = (times: number, champion: number, canary: number) =>
    Array.from({ length: times }, () => [champion, canary]);
  const answers = [...row(both, 1, 1), ...row(onlyCanary, 0, 1), ...row(onlyChampion, 1, 0)];
  const column = (place: number) => ({ predictions: Float64Array.from(answers, (answer) => answer[place]!) });
  const [own, other] = arm === "champion" ? [column(0), column(1)] : [column(1), column(0)];
  return { answers: own, other, arm, labels: new Float64Array(answers.length).fill(1) };
}

const evidenceOf = (rows: CanaryRows, canary = paired) => sumRows(rows, settingsWith(canary)).evidence!;

describe("evidence of a canary", () => {
  it("is the mean of products over rows, one for each stake, as the definition says", () => {
    const { harm, advance, labels, difference } = canaryDifference(
      evidenceOf(rowsOf({ both: 30, onlyCanary: 2, onlyChampion: 9 }, "champion")),
    );
    const wealth = (worst: number, payoffOf: (d: number) => number) => {
      const product = (stake: number) =>
        [...Array<number>(30).fill(0), ...Array<number>(2).fill(-1), ...Array<number>(9).fill(1)].reduce(
          (made, d) => made * (1 + (stake / worst) * payoffOf(d)),
          1,
        );
      return stakes.reduce((sum, stake) => sum + product(stake), 0) / stakes.length;
    };

    expect(harm).toBeCloseTo(
      wealth(1, (d) => d),
      5,
    );
    expect(advance).toBeCloseTo(
      wealth(1 - margin, (d) => margin - d),
      5,
    );
    expect({ labels, difference }).toEqual({ labels: 41, difference: expect.closeTo(7 / 41, 6) as number });
  });

  it("is the same whoever's answer the caller got", () => {
    const counts = { both: 5, onlyCanary: 3, onlyChampion: 1 };

    expect(evidenceOf(rowsOf(counts, "canary"))).toEqual(evidenceOf(rowsOf(counts, "champion")));
  });

  it("speaks of harm where the canary is worse, of advance where it is better, and turns with the arms", () => {
    const worse = rowsOf({ both: 400, onlyChampion: 40 }, "champion");
    const better = rowsOf({ both: 400, onlyCanary: 40 }, "champion");

    expect(canaryDifference(evidenceOf(worse)).harm).toBeGreaterThan(1000);
    expect(canaryDifference(evidenceOf(worse)).advance).toBeLessThan(1);
    expect(canaryDifference(evidenceOf(better)).advance).toBeGreaterThan(1000);
    expect(canaryDifference(evidenceOf(better)).harm).toBeLessThan(1);
    expect(evidenceOf({ ...worse, arm: "canary" })).toEqual(evidenceOf(better));
  });

  it("needs the margin to advance: equal versions do, with a margin only", () => {
    const equal = rowsOf({ both: 3000 }, "champion");

    expect(canaryDifference(evidenceOf(equal)).advance).toBeGreaterThan(20);
    expect(canaryDifference(evidenceOf(equal, { ...paired, margin: 0 })).advance).toBeCloseTo(1, 6);
  });

  it("never exceeds 1 in the mean where the versions are alike, nor where the canary is worse by the margin", () => {
    // All ways in which 8 rows can fall out, by their probability.
    const expectation = (up: number, down: number, side: "harm" | "advance") => {
      let sum = 0;
      for (let ups = 0; ups <= 8; ups++) {
        for (let downs = 0; ups + downs <= 8; downs++) {
          const ways = factorial(8) / factorial(ups) / factorial(downs) / factorial(8 - ups - downs);
          const chance = ways * power(up, ups) * power(down, downs) * power(1 - up - down, 8 - ups - downs);
          const rows = rowsOf({ both: 8 - ups - downs, onlyChampion: ups, onlyCanary: downs }, "champion");
          sum += chance * canaryDifference(evidenceOf(rows, { ...paired, margin: 0.1 }))[side];
        }
      }
      return sum;
    };

    expect(expectation(0.2, 0.2, "harm")).toBeLessThanOrEqual(1);
    expect(expectation(0.2, 0.2, "harm")).toBeCloseTo(1, 6);
    expect(expectation(0.3, 0.2, "advance")).toBeLessThanOrEqual(1);
    expect(expectation(0.3, 0.2, "advance")).toBeCloseTo(1, 6);
  });

  it("counts an answer that is not finite as wrong", () => {
    const labels = Float64Array.of(1);
    const answers = { predictions: Float64Array.of(1) };
    const other = { predictions: Float64Array.of(NaN) };

    for (const loss of ["brier", "zeroOne"] as const) {
      const canary = { ...paired, loss };
      expect(canaryDifference(evidenceOf({ answers, other, labels, arm: "champion" }, canary)).difference).toBe(1);
    }
  });

  it("takes losses in [0, 1], of each kind and task", () => {
    const difference = (settings: SumSettings, answers: readonly number[], other: readonly number[], label: number) =>
      canaryDifference(
        sumRows(
          {
            answers: { predictions: Float64Array.from(answers) },
            other: { predictions: Float64Array.from(other) },
            labels: Float64Array.of(label),
            arm: "champion",
          },
          settings,
        ).evidence!,
      ).difference;
    const multiclass = { task: "multiclass", classes: 3, metrics: [] } as const;
    const regression = { task: "regression", classes: 0, metrics: [] } as const;
    const absolute = { ...paired, loss: "absolute", scale: 4 } as const;

    expect(difference(settingsWith({ ...paired, loss: "brier" }), [0.5], [0], 1)).toBe(0.75);
    expect(difference({ ...multiclass, canary: { ...paired, loss: "brier" } }, [0, 0, 1], [1, 0, 0], 2)).toBe(1);
    expect(difference({ ...multiclass, canary: paired }, [0.1, 0.2, 0.7], [0.5, 0.3, 0.2], 0)).toBe(-1);
    expect(difference({ ...multiclass, canary: paired }, [0.1, 0.2, 0.7], [0.5, 0.3, 0.2], -1)).toBe(0);
    expect(difference({ ...regression, canary: absolute }, [10], [12], 10)).toBe(0.5);
    expect(difference({ ...regression, canary: absolute }, [10], [120], 10)).toBe(1);
  });

  it("is not there without a second version, and adds up where only some rows have one", () => {
    const rows = rowsOf({ both: 2, onlyCanary: 1 }, "champion");
    const { other: _other, arm: _arm, ...alone } = rows;
    const [without, having] = [sumRows(alone, settingsWith(paired)), sumRows(rows, settingsWith(paired))];

    expect(without.evidence).toBeUndefined();
    expect(addSums(without, having).evidence).toEqual(having.evidence);
    expect(addSums(having, having).evidence!.rows).toBe(6);
  });
});

describe("evidence by arm, where answers change outcomes", () => {
  const affected: CanarySettings = { ...paired, outcome: "affected" };
  const one = (arm: "champion" | "canary", isRight: boolean, percent: number) =>
    evidenceOf(
      { answers: { predictions: Float64Array.of(1) }, labels: Float64Array.of(isRight ? 1 : 0), arm, percent },
      affected,
    );

  it("has the difference of the error rates for its mean, and evidence of at most 1", () => {
    for (const percent of [5, 25, 50]) {
      const [canaryErrors, championErrors] = [0.3, 0.3];
      const share = percent / 100;
      const cases = [
        [share * canaryErrors, one("canary", false, percent)],
        [share * (1 - canaryErrors), one("canary", true, percent)],
        [(1 - share) * championErrors, one("champion", false, percent)],
        [(1 - share) * (1 - championErrors), one("champion", true, percent)],
      ] as const;
      const mean = (of: (evidence: CanaryEvidence) => number) =>
        cases.reduce((sum, [chance, evidence]) => sum + chance * of(evidence), 0);

      expect(mean((evidence) => canaryDifference(evidence).difference)).toBeCloseTo(0, 5);
      expect(mean((evidence) => canaryDifference(evidence).harm)).toBeCloseTo(1, 6);
      expect(mean((evidence) => canaryDifference(evidence).harm)).toBeLessThanOrEqual(1);
      for (const [, evidence] of cases)
        expect([...evidence.harm, ...evidence.advance].every(Number.isSafeInteger)).toBe(true);
    }
  });

  it("has an error of the canary speak of harm, and one of the champion of advance", () => {
    expect(canaryDifference(one("canary", false, 20)).harm).toBeGreaterThan(1);
    expect(canaryDifference(one("champion", false, 20)).harm).toBeLessThan(1);
    expect(canaryDifference(one("champion", false, 20)).advance).toBeGreaterThan(1);
  });

  it.each([0, 100, undefined])("says nothing where %s percent of the callers get the canary's answer", (percent) => {
    const rows = { answers: { predictions: Float64Array.of(1) }, labels: Float64Array.of(1), arm: "champion" } as const;

    expect(
      sumRows({ ...rows, ...(percent !== undefined && { percent }) }, settingsWith(affected)).evidence,
    ).toBeUndefined();
  });
});

describe("decideCanary", () => {
  const bounds: CanaryBounds = { minLabels: 200, maxDays: 28, margin, outcome: "independent" };
  const logOf = (value: number) => stakes.map(() => Math.round(Math.log(value) * LOG_UNIT));
  const evidence = (harm: number, advance: number): CanaryEvidence => ({
    rows: 500,
    difference: 0,
    squares: 0,
    harm: logOf(harm),
    advance: logOf(advance),
  });
  const sound = { logEvidence: 0, isMismatch: false };
  const look: CanaryLook = { evidence: evidence(1, 1), labelsSinceStep: 500, daysSinceStep: 3, sampleRatio: sound };
  const broken = { logEvidence: 9, isMismatch: true };

  it.each<[why: string, seen: Partial<CanaryLook>, policy: Partial<CanaryBounds>, action: string, because: string[]]>([
    ["nothing is decided yet", {}, {}, "wait", ["undecided"]],
    ["no label has come", { evidence: null, labelsSinceStep: 0 }, {}, "wait", ["too-few-labels", "undecided"]],
    ["it is worse", { evidence: evidence(20.1, 1) }, {}, "stop", ["harm"]],
    ["it is nearly shown to be worse", { evidence: evidence(19.9, 1) }, {}, "wait", ["undecided"]],
    ["it is within the margin", { evidence: evidence(1, 20.1) }, {}, "advance", ["within-margin"]],
    ["it is nearly shown to be", { evidence: evidence(1, 19.9) }, {}, "wait", ["undecided"]],
    ["worse, though within the margin", { evidence: evidence(21, 21) }, {}, "stop", ["harm"]],
    ["worse, with few labels", { evidence: evidence(21, 1), labelsSinceStep: 3 }, {}, "stop", ["harm"]],
    [
      "within the margin, with few labels",
      { evidence: evidence(1, 21), labelsSinceStep: 199 },
      {},
      "wait",
      ["too-few-labels"],
    ],
    ["a share of the budget for harm", { evidence: evidence(21, 1) }, { harmAlpha: 0.025 }, "wait", ["undecided"]],
    ["a smaller budget to advance", { evidence: evidence(1, 21) }, { advanceAlpha: 0.01 }, "wait", ["undecided"]],
    ["no decision in time", { daysSinceStep: 28 }, {}, "hold", ["too-long", "undecided"]],
    [
      "no labels in time",
      { evidence: null, labelsSinceStep: 0, daysSinceStep: 40 },
      {},
      "hold",
      ["too-long", "too-few-labels", "undecided"],
    ],
    ["decided on the last day", { evidence: evidence(1, 21), daysSinceStep: 28 }, {}, "advance", ["within-margin"]],
    ["a broken assignment", { evidence: evidence(1, 21), sampleRatio: broken }, {}, "hold", ["sample-ratio"]],
    [
      "worse on the same rows, whoever got them",
      { evidence: evidence(21, 1), sampleRatio: broken },
      {},
      "stop",
      ["harm"],
    ],
    [
      "arms that say worse, but are not what they should be",
      { evidence: evidence(21, 1), sampleRatio: broken },
      { outcome: "affected" },
      "hold",
      ["sample-ratio"],
    ],
  ])("%s", (_why, seen, policy, action, because) => {
    const decision = decideCanary({ ...look, ...seen }, { ...bounds, ...policy });

    expect(decision.action).toBe(action);
    expect(decision.reasons.map(({ kind }) => kind)).toEqual(because);
  });

  it("survives evidence beyond what a double holds", () => {
    const decision = decideCanary(
      { ...look, evidence: { ...evidence(1, 1), harm: stakes.map(() => 5000 * LOG_UNIT) } },
      bounds,
    );

    expect(decision.action).toBe("stop");
    expect(decision.seen!.harm).toBe(Number.MAX_VALUE);
  });
});

describe("checkSampleRatio", () => {
  it("is the ratio of the likelihoods, by multiplying one key at a time", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (keys) => {
        let [ratio, canary, champion] = [1, 0, 0];
        for (const isCanary of keys) {
          const seenShare = (250 + canary) / (1000 + canary + champion);
          ratio *= isCanary ? seenShare / 0.25 : (1 - seenShare) / 0.75;
          if (isCanary) canary++;
          else champion++;
        }

        expect(checkSampleRatio([{ percent: 25, canary, champion }]).logEvidence).toBeCloseTo(Math.log(ratio), 6);
      }),
    );
  });

  it.each<[string, Parameters<typeof checkSampleRatio>[0], boolean]>([
    ["as it should be", [{ percent: 5, canary: 500, champion: 9500 }], false],
    ["off by 2 points", [{ percent: 5, canary: 700, champion: 9300 }], true],
    ["arms swapped", [{ percent: 5, canary: 380, champion: 20 }], true],
    [
      "off at one step only",
      [
        { percent: 5, canary: 50, champion: 950 },
        { percent: 25, canary: 3000, champion: 7000 },
      ],
      true,
    ],
    ["an answer of a canary that nobody should get", [{ percent: 0, canary: 1, champion: 99 }], true],
    ["a shadow", [{ percent: 0, canary: 0, champion: 99 }], false],
    ["an answer of a champion that nobody should get", [{ percent: 100, canary: 9, champion: 1 }], true],
    ["nothing", [], false],
  ])("%s", (_why, counts, isMismatch) => {
    expect(checkSampleRatio(counts).isMismatch).toBe(isMismatch);
  });
});

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function power(base: number, exponent: number): number {
  return exponent === 0 ? 1 : base * power(base, exponent - 1);
}
