import { type LedgerRow, type ModelHistory, pastEvents } from "@refit/core/history";
import type { SiteEvent } from "@refit/core/report";

/** Events of one page of the past: enough to see a year, and few enough for a picture. */
export const EVENTS_OF_A_PAGE = 100;

/** Of interest on the day, and not later. */
const passing = new Set(["drift", "unblocked"]);

/** What happened to a model, oldest first: a run that people have answered when they did. */
export function siteEvents(history: ModelHistory, ledger: readonly LedgerRow[]): SiteEvent[] {
  const commits = new Map<string, { readonly place: number; readonly time: number; readonly live: number | null }>();
  let time = -Infinity;
  for (const [place, { commit, champion }] of history.events.entries()) {
    // Dates follow the clocks of several machines; no commit takes effect before those under it.
    time = Math.max(time, commit.committedAt);
    commits.set(commit.sha, { place, time, live: champion?.number ?? null });
  }
  const past = pastEvents(history, ledger).flatMap((event) => {
    if (passing.has(event.kind)) return [];
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
 * The past in parts. All but the newest are complete and stay as they are; the newest has the last events, also some of the part before, so
 * that it is never short.
 */
export function partsOf(events: readonly SiteEvent[]): {
  readonly newest: readonly SiteEvent[];
  /** Oldest first; empty where all are in `newest`. */
  readonly earlier: readonly (readonly SiteEvent[])[];
} {
  const newest = events.slice(-EVENTS_OF_A_PAGE);
  const complete = events.length === newest.length ? 0 : Math.floor(events.length / EVENTS_OF_A_PAGE);
  const earlier = Array.from({ length: complete }, (_, i) =>
    events.slice(i * EVENTS_OF_A_PAGE, (i + 1) * EVENTS_OF_A_PAGE),
  );
  return { newest, earlier };
}
