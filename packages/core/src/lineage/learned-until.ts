import type { Lineage } from "./lineage.ts";

/** Last instant of any row that a version has learned from, ISO 8601; `null`: it has no `time`. */
export function learnedUntil({ trainedUntil, holdout }: Pick<Lineage, "trainedUntil" | "holdout">): string | null {
  return trainedUntil === undefined ? holdout.trainedUntil : trainedUntil;
}
