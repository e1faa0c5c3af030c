import type { Finding } from "../data/finding.ts";
import type { Column } from "../features/column.ts";
import { encodeTarget, labelledRows } from "../features/fit-target.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import type { FeatureColumn } from "../learners/learner.ts";
import { featureLeaks } from "./feature-leaks.ts";

const MOST_SAMPLED = 50_000;
const LEAST_SAMPLED = 50;
/** Codes that a text column gets of its own; the others count as one. */
const MOST_LEVELS = 253;

/**
 * Looks, before anything is fitted, whether a column by itself almost determines the target, or seems to be filled in after the
 * outcome: for a first look at data.
 *
 * @param target its column, and what it is. @returns `null`: neither.
 */
export function columnLeak(
  column: Column,
  target: { readonly column: Column; readonly spec: TargetSpec },
): Finding | null {
  const labels = encodeTarget(target.column, target.spec);
  const all = labelledRows(target.column);
  const stride = Math.max(1, Math.ceil(all.length / MOST_SAMPLED));
  const rows = all.filter((_, i) => i % stride === 0);
  if (rows.length < LEAST_SAMPLED) return null;
  const { task, classes } = target.spec;
  const labelled = {
    task,
    classes: classes?.length ?? 0,
    feature: asFeature(column, rows),
    target: Float64Array.from(rows, (row) => labels[row]!),
  };
  const names = { name: column.name, input: column.name };
  return featureLeaks(names, labelled, { classes, rows: "rows" })[0] ?? null;
}

function asFeature(column: Column, rows: Uint32Array): FeatureColumn {
  const { name } = column;
  if (column.kind === "number") {
    return { kind: "numeric", name, values: Float32Array.from(rows, (row) => column.values[row]!) };
  }
  const codeOf = (code: number) => (code < 0 ? 0 : code < MOST_LEVELS ? code + 2 : 1);
  const codes = Uint8Array.from(rows, (row) => codeOf(column.codes[row]!));
  return { kind: "categorical", name, levels: Math.min(column.dictionary.length, MOST_LEVELS), codes };
}
