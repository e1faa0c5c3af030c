import { addArrivals, type ArrivalSums, sumArrivals } from "./arrivals.ts";
import { addSums, type ProductionSums } from "./production-sums.ts";
import { sumRows, type SumSettings } from "./sum-rows.ts";

/** Answers of one version and arm on one day, whether or not their labels are known, column by column. */
export interface ArmRows {
  readonly version: string;
  /** Whose answer the caller got; `null`: only one version was asked. */
  readonly arm: "champion" | "canary" | null;
  /** The version that was asked besides; `null`: none. */
  readonly other: string | null;
  /** As `ModelAnswers.predictions`. */
  readonly answers: Float64Array;
  /** The same of the other version; `null`: there is none. */
  readonly otherAnswers: Float64Array | null;
  /** [rows]: as `MetricInput.target`; NaN: not known yet. */
  readonly labels: Float64Array;
  /** [rows]: days from the answer to its label; NaN: not known yet. */
  readonly delays: Float64Array;
}

/** What is kept of answers of one version and arm: integers only, which can be added in any order. */
export interface ArmSums extends Pick<ArmRows, "version" | "arm" | "other"> {
  /** Of all answers. */
  readonly arrivals: ArrivalSums;
  /** Of the answers whose labels are known. */
  readonly sums: ProductionSums;
}

/** O(rows). */
export function sumArm(rows: ArmRows, settings: SumSettings): ArmSums {
  const { version, arm, other, answers, otherAnswers, labels, delays } = rows;
  const width = settings.task === "multiclass" ? settings.classes : 1;
  const known = knownRows(labels);
  const labelled = {
    labels: Float64Array.from(known, (row) => labels[row]!),
    answers: { predictions: pick(answers, known, width) },
    ...(otherAnswers !== null && { other: { predictions: pick(otherAnswers, known, width) } }),
    ...(arm !== null && { arm }),
  };
  return {
    version,
    arm,
    other,
    arrivals: sumArrivals({ answers: { predictions: answers }, labels, delays }, settings),
    sums: sumRows(labelled, settings),
  };
}

function knownRows(labels: Float64Array): Uint32Array {
  const rows = new Uint32Array(labels.length);
  let known = 0;
  for (let row = 0; row < labels.length; row++) if (!Number.isNaN(labels[row])) rows[known++] = row;
  return rows.subarray(0, known);
}

function pick(values: Float64Array, rows: Uint32Array, width: number): Float64Array {
  if (width === 1) return Float64Array.from(rows, (row) => values[row]!);
  const picked = new Float64Array(rows.length * width);
  for (const [place, row] of rows.entries()) picked.set(values.subarray(row * width, (row + 1) * width), place * width);
  return picked;
}

/** Rows of one version, arm and other version as one entry, in an order that depends on nothing else. Exact. */
export function addArms(arms: readonly ArmSums[]): ArmSums[] {
  const byName = new Map<string, ArmSums>();
  for (const one of arms) {
    const name = JSON.stringify([one.version, one.arm, one.other]);
    const before = byName.get(name);
    byName.set(name, before === undefined ? one : addTwo(before, one));
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function addTwo(a: ArmSums, b: ArmSums): ArmSums {
  return { ...a, arrivals: addArrivals(a.arrivals, b.arrivals), sums: addSums(a.sums, b.sums) };
}
