import type { LedgerRow } from "./ledger-row.ts";

export interface HoldoutWindow {
  /** Epoch milliseconds; `null` for a holdout by hash. */
  readonly from: number | null;
  readonly to: number | null;
  readonly rows: number;
}

/**
 * Which look at this holdout a comparison is, from 1. Every look at a holdout that shares more than half of its
 * rows (by time, or by count for a growing hash holdout) counts; the same comparison again, held against another bar,
 * does not.
 *
 * @param unseen looks that a lost ledger may have held: the versions in history.
 */
export function lookNumber(
  rows: readonly LedgerRow[],
  now: { readonly inputDigest: string; readonly parent: string | null; readonly window: HoldoutWindow },
  unseen = 0,
): number {
  const looks = rows.filter((row) => row.kind === "look" && row.window !== undefined);
  const own = looks.find((row) => row.inputDigest === now.inputDigest && row.parent === now.parent);
  if (own?.look !== undefined) return own.look;
  const others = looks.filter((row) => mostlySame(row.window!, now.window));
  return 1 + unseen + new Set(others.map(({ inputDigest, parent }) => `${inputDigest} ${parent}`)).size;
}

function mostlySame(
  then: { readonly from: string | null; readonly to: string | null; readonly rows: number },
  now: HoldoutWindow,
): boolean {
  if (now.from === null || now.to === null || then.from === null || then.to === null) return then.rows * 2 > now.rows;
  const shared = Math.min(now.to, Date.parse(then.to)) - Math.max(now.from, Date.parse(then.from));
  return shared * 2 > now.to - now.from;
}
