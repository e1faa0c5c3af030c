import { profileNumbers, profileTexts } from "./profile-values.ts";
import type { ColumnProfile, Profile } from "./profile.ts";

/** Columns of plain values, by name; `null`: missing. */
export type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

/** The profile that `Tables` would make of these columns. */
export function profileOf(columns: Columns): Profile {
  const lengths = Object.values(columns).map((values) => values.length);
  return {
    format: 1,
    rows: lengths[0] ?? 0,
    columns: Object.entries(columns).map(([name, values]) => columnOf(name, values)),
  };
}

function columnOf(name: string, values: readonly (number | string | null)[]): ColumnProfile {
  return values.some((value) => typeof value === "string")
    ? profileTexts(
        name,
        values.map((value) => (value === null ? null : String(value))),
      )
    : profileNumbers(
        name,
        values.map((value) => (value === null ? NaN : Number(value))),
      );
}
