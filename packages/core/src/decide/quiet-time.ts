import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { RetrainPolicy } from "../spec/model-spec.ts";
import type { Fruitless } from "./fruitless.ts";
import type { HeldBack } from "./reason.ts";
import { DAY, HOUR } from "../time.ts";

/** Back-off never waits longer. */
const longestBackoff = 14 * DAY;

/** What the quiet times are counted from. Every time is epoch milliseconds, UTC. */
export interface Activity {
  /** Last proposal, decline or rollback. */
  readonly lastActedAt: number | null;
  /** Times of the candidates judged so far, any order. */
  readonly judgedAt: readonly number[];
  /** Candidates in a row that were judged against this champion and not found good enough. */
  readonly fruitless: Fruitless | null;
}

/** When candidates were judged, in the order of the ledger. */
export function judgedTimes(ledger: readonly LedgerRow[]): number[] {
  return rowsOfKind(ledger, "look").map(({ at }) => Date.parse(at));
}

export type Haste = "eager" | "urgent" | null;
type Quiet = Extract<HeldBack, { until: number }>;

/**
 * The quiet time that ends last: the cool-down, the back-off (the cool-down doubled with each fruitless candidate, at
 * most 14 days), or a budget, which frees when the oldest candidate in it is a day or a week old.
 *
 * @param haste `eager`: new data, settings or gates promise another outcome, so the back-off does not count. `urgent`: the
 * champion has become worse, so only the budgets count.
 * @returns `null` when nothing was done yet; `until` may have passed.
 */
export function longestQuiet(activity: Activity, policy: RetrainPolicy, haste: Haste): Quiet | null {
  const { lastActedAt, judgedAt, fruitless } = activity;
  const cooldown = policy.cooldownHours * HOUR;
  const quiets: Quiet[] = [];
  if (lastActedAt !== null && haste !== "urgent") quiets.push({ kind: "cooldown", until: lastActedAt + cooldown });
  if (fruitless !== null && fruitless.count > 0 && haste === null) {
    const wait = Math.min(longestBackoff, cooldown * doublings(fruitless.count - 1));
    quiets.push({ kind: "backoff", until: fruitless.lastAt + wait, fruitless: fruitless.count });
  }
  const newestFirst = [...judgedAt].sort((a, b) => b - a);
  const [oldestOfDay, oldestOfWeek] = [newestFirst[policy.maxPerDay - 1], newestFirst[policy.maxPerWeek - 1]];
  if (oldestOfDay !== undefined) quiets.push({ kind: "budget", until: oldestOfDay + DAY, per: "day" });
  if (oldestOfWeek !== undefined) quiets.push({ kind: "budget", until: oldestOfWeek + 7 * DAY, per: "week" });
  return quiets.reduce<Quiet | null>((last, next) => (last === null || next.until > last.until ? next : last), null);
}

/** Two to the power of `times`, as far as it matters. */
function doublings(times: number): number {
  let factor = 1;
  for (let i = 0; i < Math.min(times, 30); i++) factor *= 2;
  return factor;
}
