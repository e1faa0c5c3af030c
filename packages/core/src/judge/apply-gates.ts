import type { Gate } from "../spec/model-spec.ts";
import { sliceName } from "../spec/slice-name.ts";
import { ALPHA } from "./alpha.ts";
import type { Comparison, MetricRow, SliceRow } from "./comparison.ts";
import { isAgainstChampion } from "./is-against-champion.ts";
import type { GateRow } from "./verdict.ts";

/** Holds the comparison against each gate: one row a gate, or one a slice that is large enough. */
export function applyGates(gates: readonly Gate[], comparison: Comparison): GateRow[] {
  return gates.flatMap((gate) => applyGate(gate, comparison));
}

function applyGate(gate: Gate, comparison: Comparison): GateRow[] {
  if (gate.slice === undefined) return [gateRow(gate, null, comparison.metrics, comparison)];
  const name = sliceName(gate.slice);
  const slices = comparison.slices.filter((s) => s.sufficient && (name === "*" || s.column === name));
  if (slices.length > 0) return slices.map((slice) => gateRow(gate, slice, slice.metrics, comparison));
  const { limit } = reading(gate, undefined);
  const result = isRelative(gate) && !isAgainstChampion(comparison.kind) ? "skipped" : "insufficient";
  return [{ gate, slice: null, value: undefined, limit, p: null, result }];
}

function gateRow(gate: Gate, slice: SliceRow | null, values: readonly MetricRow[], comparison: Comparison): GateRow {
  const measured = values.find((candidate) => candidate.metric === gate.metric);
  const { value, limit, passed } = reading(gate, measured);
  const tested = gate.significant === true ? slice?.pHolm : gate.critical === true ? slice?.pRegression : null;
  const row = {
    gate,
    value,
    limit,
    slice: slice === null ? null : { column: slice.column, value: slice.value },
    p: tested ?? null,
  };
  if (isRelative(gate) && !isAgainstChampion(comparison.kind)) return { ...row, value: undefined, result: "skipped" };
  if (value === undefined || !Number.isFinite(value)) return { ...row, result: "undefined" };
  const isDropShown = row.p !== null && row.p < ALPHA;
  const excused = gate.significant === true && row.p !== null && !isDropShown;
  const caught = gate.critical === true && isDropShown;
  return { ...row, result: (passed(value) || excused) && !caught ? "passed" : "failed" };
}

function isRelative({ maxRegression, minImprovement }: Gate): boolean {
  return maxRegression !== undefined || minImprovement !== undefined;
}

/** Equal within this is equal, so that identical models pass `maxRegression: 0`. */
const TIE = 1e-12;

function reading(gate: Gate, row: MetricRow | undefined) {
  const { min, max, maxRegression, minImprovement } = gate;
  if (min !== undefined) return { value: row?.challenger, limit: min, passed: (v: number) => v >= min - TIE };
  if (max !== undefined) return { value: row?.challenger, limit: max, passed: (v: number) => v <= max + TIE };
  if (maxRegression !== undefined) {
    return { value: row?.improvement, limit: maxRegression, passed: (v: number) => v >= -maxRegression - TIE };
  }
  const least = minImprovement ?? 0;
  return { value: row?.improvement, limit: least, passed: (v: number) => v >= least - TIE };
}
