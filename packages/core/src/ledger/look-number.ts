import type { LedgerRow } from "./ledger-row.ts";
import { rowsOfKind } from "./rows-of-kind.ts";

export interface HoldoutWindow {
  /** Epoch milliseconds; `null` for a holdout by hash. */
  readonly from: number | null;
  readonly to: number | null;
  readonly rows: number;
}

/**
 * Which look at this holdout a comparison is, from 1. Every look at a holdout with more than half of today's rows counts
 * (a holdout by hash only grows, so that its old rows are as many as it had); the same comparison again, with
 * other gates, does not.
 *
 * @param unseen looks that a lost ledger may have held: the versions in history.
 */
export function lookNumber(
  rows: readonly LedgerRow[],
  now: {
    readonly inputDigest: string;
    readonly parent: string | null;
    readonly window: HoldoutWindow;
    /** Instants of the holdout's rows in epoch milliseconds; absent: taken to be spread evenly. */
    readonly instants?: Float64Array;
  },
  unseen = 0,
): number {
  const looks = rowsOfKind(rows, "look");
  const own = looks.find((row) => row.inputDigest === now.inputDigest && row.parent === now.parent);
  if (own !== undefined) return own.look;
  const others = looks.filter((row) => mostlySame(row.window, now));
  return 1 + unseen + new Set(others.map(({ inputDigest, parent }) => `${inputDigest} ${parent}`)).size;
}

function mostlySame(
  then: { readonly from: string | null; readonly to: string | null; readonly rows: number },
  { window: now, instants }: { readonly window: HoldoutWindow; readonly instants?: Float64Array },
): boolean {
  if (now.from === null || now.to === null || then.from === null || then.to === null) return then.rows * 2 > now.rows;
  const [from, to] = [Date.parse(then.from), Date.parse(then.to)];
  if (instants !== undefined) {
    const shared = instants.reduce((count, at) => count + (at >= from && at <= to ? 1 : 0), 0);
    return shared * 2 > instants.length;
  }
  return (Math.min(now.to, to) - Math.max(now.from, from)) * 2 > now.to - now.from;
}
