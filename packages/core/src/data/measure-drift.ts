import { benjaminiHochberg } from "../statistics/multiplicity/adjust-p.ts";
import { populationStability } from "../statistics/two-sample/population-stability.ts";
import { alignCounts } from "./align-counts.ts";
import type { Profile } from "./profile.ts";

/** How far one column's distribution has moved. */
export interface ColumnDrift {
  readonly column: string;
  /** `insufficient`: too few rows to say, which is not the same as `ok`. */
  readonly status: "ok" | "drift" | "insufficient";
  /** Population stability index, 0 or more; `null`: not computed. */
  readonly psi: number | null;
  /** PSI that equal populations of these sizes exceed once in twenty times. */
  readonly critical: number | null;
  /** Of "nothing moved", adjusted for the number of columns. */
  readonly p: number | null;
}

/** Below this many rows on a side the index says more about the sample than about the data. */
const leastRows = 200;
/** Smallest index that matters, however significant. */
const leastEffect = 0.1;

/**
 * Compares two profiles column by column: numbers by the deciles of the reference, texts by category, and missing
 * values as a bin of their own. Columns that only one profile has, dates and times (which always move) are left out.
 *
 * A column has drifted when both keys turn: the index is at least 0.1 and above what chance explains, and the p-value,
 * adjusted over the columns (Benjamini and Hochberg), is below 0.05. One key alone gives false alarms: an index above
 * 0.1 without drift in 78 % of samples of 50, a significant test on any harmless shift in 100,000 rows.
 *
 * @param unread columns that the model does not read, such as identifiers, which are new in every file.
 */
export function measureDrift(reference: Profile, current: Profile, unread: readonly string[] = []): ColumnDrift[] {
  const measured = current.columns.flatMap((now) => {
    if (unread.includes(now.name)) return [];
    const before = reference.columns.find(({ name }) => name === now.name);
    if (before === undefined || now.type === "date" || now.type === "datetime") return [];
    if (Math.min(before.rows, now.rows) < leastRows) return [{ column: now.name, stability: null, enough: false }];
    return [{ column: now.name, stability: populationStability(...alignCounts(before, now)), enough: true }];
  });
  const adjusted = benjaminiHochberg(measured.map(({ stability }) => stability?.p ?? null));
  return measured.map(({ column, stability, enough }, i): ColumnDrift => {
    if (!enough) return { column, status: "insufficient", psi: null, critical: null, p: null };
    // A single bin on both sides: all values are alike.
    if (stability === null) return { column, status: "ok", psi: 0, critical: null, p: null };
    const { psi, critical } = stability;
    const p = adjusted[i]!;
    const drifted = p !== null && p < 0.05 && psi >= leastEffect && psi > critical;
    return { column, status: drifted ? "drift" : "ok", psi, critical, p };
  });
}
