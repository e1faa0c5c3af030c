import { writeFileSync } from "node:fs";
import { features } from "../../../packages/weather-features/src/index.ts";
import { days, job } from "./job.ts";

/** Ridge regression by its normal equations. */
function fit(inputs: readonly (readonly number[])[], answers: readonly number[], ridge: number): readonly number[] {
  const size = inputs[0]!.length;
  const rows = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size + 1 }, (__, j) => (i === j && i > 0 ? ridge : 0)),
  );
  for (const [n, input] of inputs.entries())
    for (const [i, left] of input.entries())
      for (const [j, right] of [...input, answers[n]!].entries()) rows[i]![j]! += left * right;
  return solve(rows);
}

/** Gauss and Jordan's elimination: the matrix is positive definite, so no row has to be exchanged. */
function solve(rows: number[][]): readonly number[] {
  for (const [i, pivot] of rows.entries())
    for (const [k, row] of rows.entries()) {
      if (k === i) continue;
      const factor = row[i]! / pivot[i]!;
      for (let j = i; j < row.length; j++) row[j]! -= factor * pivot[j]!;
    }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

const table = days(job.train);
const answers = table.map((row) => row[job.target.name]!);
writeFileSync(`${job.model}/weights.json`, JSON.stringify(fit(table.map(features), answers, job.settings.ridge)));
