import { spawnSync } from "node:child_process";
import path from "node:path";
import {
  canaryDifference,
  type CanarySettings,
  estimateClasses,
  type ReferenceRows,
  stakes,
  sumRows,
} from "@refit/core/production";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";

/*
 * Evidence of a canary, the boundary of the watch, and estimates without labels, beside those of others on the same rows. Python packages are
 * installed the first time; where they cannot be, the tests count as skipped.
 */

const ville = await pythonTool("ville", ["ville==0.1.0", "numpy==2.4.6", "scipy==1.17.1"]);
const nannyml = await pythonTool("nannyml", ["nannyml==0.13.1", "setuptools<81"]);

function ask<T>(python: string, script: string, question: unknown): T {
  const { status, stdout, stderr } = spawnSync(python, [path.join(import.meta.dirname, script)], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** Uniform in [0, 1), the same for the same row. */
const draw = (row: number) => Math.abs(Math.sin(row * 12.9898 + 1) * 43_758.5453) % 1;

describe.skipIf(ville.python === null)(`beside ville ${ville.missing ?? ""}`, () => {
  const margin = 0.01;
  const canary: CanarySettings = { loss: "zeroOne", margin, outcome: "independent" };
  /** For each of 800 rows whether only the canary, or only the champion is wrong. */
  const stories = { worse: [0.08, 0.02], alike: [0.05, 0.05], better: [0.01, 0.09] } as const;

  it.each(Object.entries(stories))("bets of the same stakes have made the same of 1: %s", (name, [up, down]) => {
    const differences = Array.from({ length: 800 }, (_, row) => (draw(row) < up ? 1 : draw(row) < up + down ? -1 : 0));
    const answers = (wrongFor: number) => ({
      predictions: Float64Array.from(differences, (difference) => (difference === wrongFor ? 0 : 1)),
    });
    const { evidence } = sumRows(
      { answers: answers(-1), other: answers(1), labels: Float64Array.from(differences, () => 1), arm: "champion" },
      { task: "binary", classes: 2, metrics: [], canary },
    );
    const ours = canaryDifference(evidence!);
    const boundary = { variance: 0.0004, scale: 0.04 };
    const theirs = ask<{ harm: number; advance: number; stopsForHarm: number | null }>(ville.python!, "peers_ville.py", {
      differences,
      stakes,
      margin,
      boundary,
    });

    expect(ours.harm / theirs.harm).toBeCloseTo(1, 4);
    expect(ours.advance / theirs.advance).toBeCloseTo(1, 4);
    // Its own bets, which learn from the rows before, come to the same conclusion.
    expect(theirs.stopsForHarm !== null).toBe(name === "worse");
    expect(ours.harm >= 20).toBe(name === "worse");
  });
});

describe.skipIf(nannyml.python === null)(`beside NannyML ${nannyml.missing ?? ""}`, () => {
  it("estimates of performance without labels are the same to half a point", () => {
    const rows = (count: number, shift: number): ReferenceRows => {
      const predictions = Float64Array.from({ length: count }, (_, row) => draw(row + shift) * draw(3 * row + shift));
      // Answers that are too sure of themselves, so that there is something to calibrate.
      const labels = predictions.map((score, row) => (draw(7 * row + shift + 0.5) < 0.1 + 0.7 * score ? 1 : 0));
      return { predictions, labels };
    };
    const [reference, live] = [rows(6000, 0), rows(12_000, 500_000)];
    const theirs = ask<Record<string, number>>(nannyml.python!, "peers_nannyml.py", {
      reference: { predictions: [...reference.predictions], labels: [...reference.labels] },
      predictions: [...live.predictions],
    });

    expect(Object.keys(theirs)).toEqual(["rocAuc", "accuracy", "f1", "precision", "recall", "prAuc"]);
    for (const [metric, value] of Object.entries(theirs)) {
      const ours = estimateClasses(live.predictions, reference, metric, { task: "binary", classes: 2, metrics: [] })!;
      expect(Math.abs(ours.value - value), `${metric}: ours ${ours.value}, theirs ${value}`).toBeLessThan(0.005);
    }
  });
});
