import type { Reason } from "./reason.ts";

/** What data and time alone bring about: the model stays what it is and learns newer rows. */
const refreshing: ReadonlySet<Reason["kind"]> = new Set<Reason["kind"]>([
  "new-rows",
  "age",
  "drift",
  "drift-classifier",
  "performance",
  "group",
]);

/** Whether a retrain for these reasons is a refresh, which is judged on rows that the champion has not seen. */
export function isRefresh(reasons: readonly Reason[]): boolean {
  return reasons.length > 0 && reasons.every(({ kind }) => refreshing.has(kind));
}
