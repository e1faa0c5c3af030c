import type { CalibrationBin } from "../../metrics/calibration.ts";
import { formatNumber } from "../format-number.ts";
import type { Chart } from "./chart.ts";
import { curveChart } from "./curve-chart.ts";

export interface CalibrationLine {
  readonly name: "champion" | "challenger";
  readonly bins: readonly CalibrationBin[];
}

/** Predicted against observed: on the diagonal the probabilities mean what they say. */
export function calibrationChart(title: string, lines: readonly CalibrationLine[]): Chart {
  return curveChart({
    title,
    xLabel: "mean predicted probability of a tenth of the rows",
    yLabel: "share of positives among them",
    curves: lines.map(({ name, bins }) => ({
      name,
      points: bins.map(({ predicted, observed }) => [predicted, observed] as const),
    })),
    dots: true,
    diagonal: true,
    words: [lines.map(wordsOf).join(" ")],
  });
}

function wordsOf({ name, bins }: CalibrationLine): string {
  const points = bins.map(({ predicted, observed }) => `${formatNumber(predicted)} → ${formatNumber(observed)}`);
  return `${name}, predicted → observed: ${points.join("; ")}.`;
}
