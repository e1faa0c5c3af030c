import { estimateClasses, type ReferenceRows } from "../../../core/src/production/estimate-classes.ts";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";
import { askPython } from "./ask-python.ts";

/*
 * Estimates without labels beside NannyML's, on the same rows. It is installed the first time, with some hundred packages; where it cannot be, the test counts as skipped.
 */

const nannyml = await pythonTool("nannyml", ["nannyml==0.13.1", "setuptools<81", "statsmodels==0.15.0"]);

/** Uniform in [0, 1), the same for the same row. */
const draw = (row: number) => Math.abs(Math.sin(row * 12.9898 + 1) * 43_758.5453) % 1;

describe.skipIf(nannyml.python === null)(`beside NannyML ${nannyml.missing ?? ""}`, () => {
  it("estimates of performance without labels are the same to half a point", () => {
    const rows = (count: number, shift: number): ReferenceRows => {
      const predictions = Float64Array.from({ length: count }, (_, row) => draw(row + shift) * draw(3 * row + shift));
      // Answers that are too sure of themselves, so that there is something to calibrate.
      const labels = predictions.map((score, row) => (draw(7 * row + shift + 0.5) < 0.1 + 0.7 * score ? 1 : 0));
      return { predictions, labels };
    };
    const [reference, live] = [rows(6000, 0), rows(12_000, 500_000)];
    const theirs = askPython<Record<string, number>>(nannyml.python!, "peer_nannyml.py", {
      reference: { predictions: [...reference.predictions], labels: [...reference.labels] },
      predictions: [...live.predictions],
    });

    expect(Object.keys(theirs)).toEqual(["rocAuc", "accuracy", "f1", "precision", "recall", "prAuc"]);
    // Of the area under precision and recall to a point.
    const digits: Readonly<Record<string, number>> = { prAuc: 1.7 };
    for (const [metric, value] of Object.entries(theirs)) {
      const ours = estimateClasses(live.predictions, reference, metric, { task: "binary", classes: 2, metrics: [] })!;
      expect({ metric, value: ours.value }).toEqual({
        metric,
        value: expect.closeTo(value, digits[metric] ?? 2) as number,
      });
    }
  });
});
