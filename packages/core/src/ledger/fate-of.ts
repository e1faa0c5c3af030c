import type { ModelHistory } from "../history/read-history.ts";
import type { PastEvent } from "./past-events.ts";

/** What became of a candidate since its run; instants are epoch milliseconds, UTC. */
export type Fate =
  /** Nothing yet: its proposal waits for people, or it was never proposed. */
  | { readonly kind: "unsettled" }
  | { readonly kind: "live"; readonly version: number; readonly since: number }
  /** `by`: number of the new version. */
  | { readonly kind: "replaced"; readonly version: number; readonly by: number; readonly at: number }
  /** `to`: number of the earlier version that is live again; `null`: the folder was removed. */
  | { readonly kind: "rolled-back"; readonly version: number; readonly to: number | null; readonly at: number }
  | { readonly kind: "declined"; readonly words: string | null; readonly at: number }
  /** A newer candidate took the place of its proposal, which nobody had merged. */
  | { readonly kind: "superseded"; readonly at: number };

/** @param events of the model, newest first, with this one. */
export function fateOf(event: PastEvent, events: readonly PastEvent[], history: ModelHistory): Fate {
  const { kind, version } = event;
  if (version !== null && kind === "promoted") return fateOfVersion(version, history);
  if (kind === "declined") return { kind, words: event.words, at: event.settledAt ?? event.at };
  if (kind !== "proposed" && kind !== "inconclusive") return { kind: "unsettled" };
  // There is one proposal at a time, and a candidate that a gate rejected leaves it as it is.
  const newer = events.slice(0, events.indexOf(event)).findLast((each) => each.judged && wasProposed.has(each.kind));
  return newer === undefined ? { kind: "unsettled" } : { kind: "superseded", at: newer.at };
}

const wasProposed: ReadonlySet<PastEvent["kind"]> = new Set(["declined", "inconclusive", "promoted", "proposed"]);

function fateOfVersion(version: number, { champion, events }: ModelHistory): Fate {
  if (champion?.number === version) return { kind: "live", version, since: champion.since };
  const last = events.findLastIndex((each) => each.champion?.number === version);
  const end = events[last + 1];
  // It never was the champion: its folder is damaged.
  if (last < 0 || end === undefined) return { kind: "unsettled" };
  const at = end.commit.committedAt;
  if (end.kind === "promotion") return { kind: "replaced", version, by: end.number!, at };
  return { kind: "rolled-back", version, to: end.champion?.number ?? null, at };
}
