import { markdownReport } from "@refit/core/report";
import type { Outcome } from "../../../src/products/outcome.ts";

/** The report of a run as people read it; empty where it has none. */
export function reportText(outcome: Outcome): string {
  return "report" in outcome && outcome.report !== null ? markdownReport(outcome.report) : "";
}
