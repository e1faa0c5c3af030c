import { type CanarySettings, stakes } from "../../../core/src/production/canary-bets.ts";
import { canaryDifference } from "../../../core/src/production/canary-decision.ts";
import { sumRows } from "../../../core/src/production/sum-rows.ts";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";
import { askPython } from "./ask-python.ts";

/*
 * Evidence of a canary beside that of a library for e-processes, on the same rows. It is installed the first time; where it cannot be, the tests count as skipped.
 */

const ville = await pythonTool("ville", ["ville==0.1.0", "numpy==2.4.6", "scipy==1.17.1"]);

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
    const theirs = askPython<{ harm: number; advance: number; stopsForHarm: number | null }>(
      ville.python!,
      "peer_ville.py",
      {
        differences,
        stakes,
        margin,
      },
    );

    expect(ours.harm / theirs.harm).toBeCloseTo(1, 4);
    expect(ours.advance / theirs.advance).toBeCloseTo(1, 4);
    // Its own bets, which learn from the rows before, come to the same conclusion.
    expect(theirs.stopsForHarm !== null).toBe(name === "worse");
    expect(ours.harm >= 20).toBe(name === "worse");
  });
});
