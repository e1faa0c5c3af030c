import type { NumberColumn } from "./column.ts";

/** Canonical text of a number or boolean used as a category; 7 and 7.0 are `7`, -0 is `0`. */
export function levelText(type: NumberColumn["type"], value: number): string {
  if (type === "boolean") return value === 0 ? "false" : "true";
  return String(value);
}
