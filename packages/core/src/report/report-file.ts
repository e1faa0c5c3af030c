import { canonicalJson, type Json } from "../digest/canonical-json.ts";
import type { Report } from "./section.ts";

/** `report.json`: the value itself, with sorted keys, so that equal reports are equal files. */
export function reportFile(report: Report): string {
  return `${canonicalJson(report as unknown as Json, 2)}\n`;
}
