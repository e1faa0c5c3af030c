import type { Task } from "../spec/model-spec.ts";
import { LEAST_PER_CLASS } from "./class-rows.ts";

const LEAST_ROWS = 100;

/** Whether a slice is large enough to be gated on: 100 rows and, for a binary task, 10 of each class. */
export function isSufficientSlice(task: Task, target: Float64Array): boolean {
  if (target.length < LEAST_ROWS) return false;
  if (task !== "binary") return true;
  const positives = target.reduce((count, label) => count + label, 0);
  return positives >= LEAST_PER_CLASS && target.length - positives >= LEAST_PER_CLASS;
}
