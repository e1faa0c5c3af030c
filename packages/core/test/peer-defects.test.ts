import { describe, expect, it } from "vitest";

import { firstModel, refresh, row, slice } from "../src/judge/comparison.fixture.ts";
import { judge } from "../src/judge/judge.ts";
import { metricRow } from "../src/judge/metric-row.ts";
import { testNonInferiority, testSuperiority } from "../src/judge/run-tests.ts";
import type { Gate } from "../src/spec/model-spec.ts";
import { learners } from "../src/learners/learners.fixture.ts";
import { modelSpec } from "../src/spec/model-spec.ts";
import { comparePaired } from "../src/statistics/compare-paired.ts";
import { randomBits } from "../src/statistics/resampling/random-bits.ts";
import { normalQuantile } from "../src/statistics/special/normal.ts";

// Defects that were read in the sources and issue threads of other tools. Each test names what went wrong there.

const rows = 400;
const next = randomBits(17);
const uniform = () => (next() + 0.5) / 4_294_967_296;
const normal = () => normalQuantile(uniform());
const target = Float64Array.from({ length: rows }, () => Number(uniform() < 0.3));
const model = (signal: number) => target.map((label) => signal * label + normal());
const compare = (champion: Float64Array, challenger: Float64Array) =>
  comparePaired({ metric: "rocAuc", task: "binary", classes: 2, target, champion, challenger, seed: 1 });

describe("gates and comparison", () => {
  const regressions: Gate[] = [{ metric: "r2", maxRegression: 0 }];

  describe("MLflow, validate_evaluation_results", () => {
    it("a NaN candidate passes a relative gate, since NaN < limit is false: here it blocks", () => {
      const metrics = [row("r2", 0.5, Number.NaN, Number.NaN)];

      expect(judge({ ...refresh, primary: "r2", metrics, tests: [] }, regressions)).toMatchObject({
        kind: "block",
        because: [{ kind: "undefined-metric", metric: "r2" }],
      });
    });

    it.each([
      ["worse", -0.5, -1, "hold"],
      ["better", -0.5, 0.5, "promote"],
    ])("dividing by a negative baseline turns the sign: here %s stays %s", (_word, before, after, kind) => {
      const metrics = [row("r2", before, after, after - before)];

      expect(judge({ ...refresh, primary: "r2", metrics, tests: [] }, regressions).kind).toBe(kind);
    });

    it("min_relative_change 0 without a baseline is a TypeError: here the gate is shown as skipped", () => {
      const gate: Gate = { metric: "rocAuc", minImprovement: 0 };
      const verdict = judge(firstModel, [gate, { metric: "rocAuc", min: 0.9 }]);

      expect(verdict).toMatchObject({ kind: "hold", gates: [{ result: "skipped" }, { result: "failed" }] });
    });

    it("a refactoring compared the model with itself, and no test noticed: here it would be no promotion", () => {
      const one = model(1);
      const itself = compare(one, one);

      expect(testSuperiority(itself, 0.05)).toMatchObject({ passed: false, improvement: 0, p: null });
    });

    it("nor could the two be exchanged: the improvement turns its sign", () => {
      const [poor, good] = [model(0.5), model(2)];
      const forth = compare(poor, good);
      const back = compare(good, poor);

      expect(forth.improvement).toBeGreaterThan(0);
      expect(back.improvement).toBeCloseTo(-forth.improvement!, 12);
      expect(back.pInferior).toBeCloseTo(forth.pSuperior!, 12);
    });
  });

  describe("TFMA and TFX", () => {
    it.each([
      ["worse", -2, -3, "hold"],
      ["better", -2, -1, "promote"],
      ["from zero", 0, -0.1, "hold"],
    ])("a relative threshold divides by a signed or zero baseline: here %s", (_word, before, after, kind) => {
      const metrics = [row("r2", before, after, after - before)];

      expect(judge({ ...refresh, primary: "r2", metrics, tests: [] }, regressions).kind).toBe(kind);
    });

    it("intervals are computed and then points compared: here a lucky point is not enough", () => {
      const lucky = { ...compare(model(1), model(1)), improvement: 0.005, pSuperior: 0.3 };
      const comparison = { ...refresh, kind: "change" as const, metrics: [metricRow(lucky)] };

      const verdict = judge({ ...comparison, tests: [testSuperiority(lucky, 0.05)] }, [
        { metric: "rocAuc", minImprovement: 0 },
      ]);

      expect(verdict).toMatchObject({ kind: "inconclusive", gates: [{ result: "passed" }] });
    });

    it("a missing baseline silently drops the change thresholds: here the kind and each skipped gate are shown", () => {
      const verdict = judge(firstModel, [
        { metric: "rocAuc", min: 0.7 },
        { metric: "rocAuc", maxRegression: 0 },
      ]);

      expect(firstModel.kind).toBe("first-model");
      expect(verdict.gates.map(({ result }) => result)).toEqual(["passed", "skipped"]);
    });

    it("a model without thresholds was blessed once: here a spec without gates is refused, and would block", () => {
      const spec = {
        task: "binary",
        data: "d",
        target: "y",
        candidates: [{ learner: "linear" }],
        metrics: { primary: "rocAuc" },
      };

      expect(modelSpec(learners).safeParse({ ...spec, gates: [] }).success).toBe(false);
      expect(judge(refresh, [])).toMatchObject({ kind: "block", because: [{ kind: "no-gate" }] });
    });
  });

  describe("Kayenta", () => {
    it("any consistent shift is High, however small: here a regression needs size as well as significance", () => {
      const tiny = slice(true, { pHolm: 1e-9, metrics: [row("rocAuc", 0.8, 0.799, -0.001)] });
      const gate: Gate = { metric: "rocAuc", maxRegression: 0.02, slice: "*", significant: true };

      expect(judge({ ...refresh, slices: [tiny] }, [gate]).kind).toBe("promote");
    });

    it("the bounds grow with the shift that they judge: here the margin is the same however large the loss", () => {
      const [good, poor] = [model(2), model(0.5)];

      const test = testNonInferiority("champion", compare(good, poor), { margin: 0.02 });

      expect(test).toMatchObject({ margin: 0.02, passed: false });
      expect(test.p).toBeGreaterThan(0.99);
    });
  });

  describe("any gate on point estimates", () => {
    it("opens for chance when it is asked every night: here the thirtieth look may spend 3.4e-5", () => {
      const lucky = { ...compare(model(1), model(1)), pSuperior: 0.01 };

      expect(testSuperiority(lucky, 0.05).passed).toBe(true);
      expect(testSuperiority(lucky, 3.38e-5).passed).toBe(false);
    });
  });
});
