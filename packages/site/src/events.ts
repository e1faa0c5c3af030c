import { type LedgerRow, type ModelHistory, pastEvents } from "@refit/core/history";
import type { SiteEvent } from "@refit/core/report";

/** Events on one page, and in its chart. */
export const EVENTS_PER_PAGE = 100;

/** Matter only on the day they happen, and are not shown on the pages. */
const shortLived = new Set(["drift", "unblocked"]);

/** Events of a model, oldest first. A run that people merged or declined has the time of their answer. */
export function siteEvents(history: ModelHistory, ledger: readonly LedgerRow[]): SiteEvent[] {
  const commits = new Map<string, { readonly place: number; readonly time: number; readonly live: number | null }>();
  let time = -Infinity;
  for (const [place, { commit, champion }] of history.events.entries()) {
    // Commit dates come from the clocks of several machines, so one may lie before its parent. No commit takes effect before its parent.
    time = Math.max(time, commit.committedAt);
    commits.set(commit.sha, { place, time, live: champion?.number ?? null });
  }
  const past = pastEvents(history, ledger).flatMap((event) => {
    if (shortLived.has(event.kind)) return [];
    const at = event.settledAt ?? event.at;
    const known = event.commit === null ? undefined : commits.get(event.commit);
    return Number.isFinite(at) ? [{ event, at, known, time: known?.time ?? at }] : [];
  });
  past.sort((a, b) => a.time - b.time || (a.known?.place ?? 0) - (b.known?.place ?? 0));
  let live: number | null = null;
  return past.map(({ event: { kind, version, commit, words }, at, known }) => {
    if (known !== undefined) ({ live } = known);
    return { at: new Date(at).toISOString(), kind: kind as SiteEvent["kind"], version, live, commit, words };
  });
}

/**
 * Events divided into pages. Earlier pages are complete and never change. The newest page always has the last `EVENTS_PER_PAGE` events, so it
 * may repeat some of the page before.
 */
export function partsOf(events: readonly SiteEvent[]): {
  readonly newest: readonly SiteEvent[];
  /** Oldest first; empty if `newest` has all events. */
  readonly earlier: readonly (readonly SiteEvent[])[];
} {
  const newest = events.slice(-EVENTS_PER_PAGE);
  const complete = events.length === newest.length ? 0 : Math.floor(events.length / EVENTS_PER_PAGE);
  const earlier = Array.from({ length: complete }, (_, i) =>
    events.slice(i * EVENTS_PER_PAGE, (i + 1) * EVENTS_PER_PAGE),
  );
  return { newest, earlier };
}
