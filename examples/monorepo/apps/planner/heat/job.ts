import { readFileSync } from "node:fs";
import type { Day } from "../../../packages/weather-features/src/index.ts";

/** What refit hands to a program: docs/command-learner.md. */
interface Job {
  readonly step: "train" | "predict";
  readonly train: string;
  readonly rows: string;
  readonly model: string;
  readonly predictions: string;
  readonly target: { readonly name: string };
  readonly settings: { readonly ridge: number };
}

export const job = JSON.parse(readFileSync(process.env["REFIT_JOB"]!, "utf8")) as Job;

type Row = Day & Readonly<Record<string, number>>;

/** Rows of a file of the job, as `rows: csv` has them. All columns are numbers. */
export function days(file: string): readonly Row[] {
  const [header, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const names = header!.split(",");
  return lines.map((line) => {
    const values = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, Number(values[i])])) as Row;
  });
}
