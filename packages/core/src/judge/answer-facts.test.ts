import { describe, expect, it } from "vitest";
import type { TargetSpec } from "../features/feature-spec.ts";
import { answerFacts } from "./answer-facts.ts";

const target = (task: TargetSpec["task"], classes: readonly string[] = []): TargetSpec =>
  ({ name: "y", task, ...(task === "regression" ? {} : { classes }) }) as unknown as TargetSpec;
const binary = target("binary", ["no", "yes"]);
const of = (...values: number[]) => Float64Array.from(values);
const rest = { champion: null, threshold: undefined, sensitive: false };

describe("answerFacts", () => {
  it("counts rows by true and predicted class, at the threshold", () => {
    const asked = { ...rest, target: binary, labels: of(0, 0, 1, 1, 1), challenger: of(0.1, 0.6, 0.4, 0.7, 0.9) };

    expect(answerFacts({ ...asked, champion: of(0, 0, 0, 1, 1) })).toMatchObject({
      classes: ["no", "yes"],
      challenger: [
        [1, 1],
        [1, 2],
      ],
      champion: [
        [2, 0],
        [1, 2],
      ],
    });
    expect(answerFacts({ ...asked, threshold: 0.3 })).toMatchObject({
      challenger: [
        [1, 1],
        [0, 3],
      ],
    });
    expect(answerFacts({ ...asked, sensitive: true })).toMatchObject({ classes: ["class 1", "class 2"] });
  });

  it("draws both curves, with rows of one score together", () => {
    const facts = answerFacts({ ...rest, target: binary, labels: of(0, 1, 0, 1), challenger: of(0.1, 0.5, 0.5, 0.9) });

    expect(facts).toMatchObject({
      curves: {
        challenger: {
          roc: [
            [0, 0],
            [0, 0.5],
            [0.5, 1],
            [1, 1],
          ],
          pr: [
            [0.5, 1],
            [1, 2 / 3],
            [1, 0.5],
          ],
        },
      },
    });
  });

  it("keeps few points of a long curve, its ends among them, and its area", () => {
    const rows = 5000;
    const scores = Float64Array.from({ length: rows }, (_, i) => ((i * 7919) % rows) / rows);
    const labels = scores.map((score, i) => (((i * 104_729) % rows) / rows < score ? 1 : 0));
    const facts = answerFacts({ ...rest, target: binary, labels, challenger: scores });
    if (facts?.kind !== "classes") throw new Error("no classes");
    const { roc, pr } = facts.curves!.challenger;
    const area = roc.slice(1).reduce((sum, [x, y], i) => sum + (x - roc[i]![0]) * ((y + roc[i]![1]) / 2), 0);
    const positives = [...scores.keys()].filter((i) => labels[i] === 1);
    const negatives = [...scores.keys()].filter((i) => labels[i] === 0);
    const above = positives.reduce((sum, i) => sum + negatives.filter((j) => scores[j]! < scores[i]!).length, 0);

    expect(roc.length).toBeLessThanOrEqual(41);
    expect(pr.length).toBeLessThanOrEqual(41);
    expect([roc[0], roc.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(area).toBeCloseTo(above / (positives.length * negatives.length), 2);
  });

  it("shows the most frequent of many classes, and the others together", () => {
    const classes = Array.from({ length: 20 }, (_, i) => `c${i}`);
    const labels = Float64Array.from({ length: 210 }, (_, i) => Math.floor((Math.sqrt(8 * i + 1) - 1) / 2));
    const challenger = new Float64Array(210 * 20).fill(0);
    labels.forEach((label, row) => (challenger[row * 20 + label] = 1));

    const facts = answerFacts({ ...rest, target: target("multiclass", classes), labels, challenger });
    if (facts?.kind !== "classes") throw new Error("no classes");

    expect(facts.classes).toEqual([...classes.slice(9).reverse(), "9 others"]);
    expect(facts.challenger.map((row, i) => row[i])).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 45]);
    expect(facts.curves).toBeNull();
  });

  it("says how residuals scatter, by tenths of the predictions", () => {
    const labels = Float64Array.from({ length: 100 }, (_, i) => i + (i % 10));
    const challenger = Float64Array.from({ length: 100 }, (_, i) => i);

    const facts = answerFacts({ ...rest, target: target("regression"), labels, challenger });
    if (facts?.kind !== "numbers") throw new Error("no numbers");

    expect(facts.challenger).toHaveLength(10);
    expect(facts.challenger[1]).toEqual({ rows: 10, predicted: 14.5, low: 1, median: 5, high: 9 });
  });

  it("says nothing of predictions that are not numbers", () => {
    expect(answerFacts({ ...rest, target: binary, labels: of(1), challenger: of(Number.NaN) })).toBeNull();
  });
});
