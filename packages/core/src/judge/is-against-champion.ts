import type { ComparisonKind } from "./comparison.ts";

/** Whether the challenger meets the champion; else there is none, or it cannot answer today's question. */
export function isAgainstChampion(kind: ComparisonKind): kind is "refresh" | "change" {
  return kind === "refresh" || kind === "change";
}
