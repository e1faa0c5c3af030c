import { describe, expect, it } from "vitest";
import { jobMatrix, type MatrixUnit } from "./job-matrix.ts";

const candidates = (model: string, count: number): MatrixUnit[] =>
  Array.from({ length: count }, (_, i) => ({ model, candidate: i + 1, digest: `${model}${i + 1}` }));

describe("jobMatrix", () => {
  it("gives each candidate a job, and each model where there are no candidates", () => {
    expect(jobMatrix([...candidates("churn", 2), ...candidates("fraud", 1)])).toEqual({
      include: [
        { model: "churn", candidate: "1", digest: "churn1" },
        { model: "churn", candidate: "2", digest: "churn2" },
        { model: "fraud", candidate: "1", digest: "fraud1" },
      ],
    });
    expect(jobMatrix([{ model: "churn" }, { model: "fraud" }])).toEqual({
      include: [{ model: "churn" }, { model: "fraud" }],
    });
  });

  it("has no job where there is nothing to do", () => {
    expect(jobMatrix([])).toEqual({ include: [] });
  });

  it.each([
    [255, 255],
    [256, 256],
    [257, 256],
    [300, 256],
    [10_000, 256],
  ])("divides %i candidates among %i jobs, none left out, none twice, sizes alike", (count, jobs) => {
    const units = [...candidates("churn", count - 100), ...candidates("fraud", 100)];
    const { include } = jobMatrix(units);
    const sizes = include.map(({ digest }) => digest!.split(" ").length);

    expect(include).toHaveLength(jobs);
    expect(include.flatMap(({ digest }) => digest!.split(" "))).toEqual(units.map(({ digest }) => digest));
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it("names each model of a job once", () => {
    const { include } = jobMatrix([...candidates("churn", 2), ...candidates("fraud", 2)], 1);

    expect(include).toEqual([{ model: "churn fraud", candidate: "1 2 1 2", digest: "churn1 churn2 fraud1 fraud2" }]);
  });
});
