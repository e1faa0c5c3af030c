import { LEAST_PER_CLASS } from "../judge/class-rows.ts";
import type { RetrainPolicy } from "../spec/model-spec.ts";
import { DAY } from "../time.ts";
import { datedRows } from "./dated-rows.ts";
import type { Known } from "./decision-facts.ts";
import { earlierLevels } from "./drift-memory.ts";
import { driftedLately } from "./drift-trigger.ts";
import { fruitless } from "./fruitless.ts";
import { lastActedAt } from "./last-acted.ts";
import { lastJudged } from "./last-judged.ts";
import { policyChanged } from "./policy-changed.ts";
import { judgedTimes, longestQuiet } from "./quiet-time.ts";
import type { HeldBack } from "./reason.ts";
import { refusal } from "./refusal.ts";
import { type ShownProposal, unfinished } from "./unfinished.ts";

/** A trigger, and how far it is. `fired: null`: only a run can tell, which reads the data. */
export type DueTrigger =
  | { readonly kind: "no-champion" | "imported" | "settings" | "policy" | "unfinished"; readonly fired: true }
  /** `newRows: null`: a file came or changed, and its rows are not counted yet. */
  | {
      readonly kind: "new-rows";
      readonly fired: boolean | null;
      readonly newRows: number | null;
      readonly minNewRows: number;
    }
  /** `at`: when, epoch milliseconds, UTC. */
  | { readonly kind: "age"; readonly fired: boolean; readonly at: number }
  | {
      readonly kind: "performance";
      readonly fired: null;
      readonly metric: string;
      readonly performanceMargin: number;
    }
  /** `seen`: in how many of the last two snapshots; one more starts a retrain. */
  | { readonly kind: "drift"; readonly fired: null; readonly seen: number };

/** What a retrain waits for, though a trigger fires. */
export type DueWait =
  | Extract<HeldBack, { readonly kind: "unchanged" | "canary-runs" | "refused" | "cooldown" | "backoff" | "budget" }>
  /**
   * Rows that the champion has not learned from. `rows: null`: not counted yet; `perClass`: rows of two classes that must be
   * among them, which only a run counts; `null`: there are no classes.
   */
  | {
      readonly kind: "few-rows";
      readonly rows: number | null;
      readonly minRows: number;
      readonly perClass: number | null;
    };

export interface DueNext {
  /** Any one of them is enough. */
  readonly triggers: readonly DueTrigger[];
  /** All of them have to be over. */
  readonly waits: readonly DueWait[];
}

/** What is known of a model without reading its data. */
export interface SeenOutside extends Pick<
  Known,
  "now" | "policyDigest" | "minRows" | "history" | "canary" | "champion" | "lastRolledBack" | "ledger" | "ledgerLost"
> {
  readonly policy: RetrainPolicy;
  readonly primary: string;
  /** Whether a class is predicted, on rows that have a time: then a refresh needs rows of two classes. */
  readonly needsClasses: boolean;
  readonly settingsDigest: string;
  /** The proposal that people see; `null`: none; `undefined`: nobody could be asked. */
  readonly shown: ShownProposal | null | undefined;
  readonly data: {
    /** `null`: the bytes of a file are not known. */
    readonly inputDigest: string | null;
    /** Rows that were not there when the last candidate was judged, and when the champion was built; `null`: not counted yet. */
    readonly newRows: { readonly sinceJudged: number | null; readonly sinceChampion: number | null };
  };
}

/** What starts the next retrain, and what it waits for: the rules of `decideRetrain`, as far as no data are needed. Pure. */
export function dueNext(seen: SeenOutside): DueNext {
  const triggers = triggersOf(seen);
  return { triggers, waits: waitsOf(seen, triggers) };
}

function triggersOf(seen: SeenOutside): DueTrigger[] {
  const { champion, data, ledger, now, policy } = seen;
  const last = lastJudged([champion, seen.lastRolledBack], ledger, now);
  if (last === null) return [{ kind: "no-champion", fired: true }];
  const triggers: DueTrigger[] = [];
  const attempt = attemptOf(seen);
  if (isUnfinished(seen)) triggers.push({ kind: "unfinished", fired: true });
  if (last.settingsDigest !== seen.settingsDigest) {
    const isChampion = last.settingsDigest === champion?.lineage.digests.settings;
    const isImport = isChampion && champion.lineage.declared?.by === "import";
    triggers.push({ kind: isImport ? "imported" : "settings", fired: true });
  }
  if (attempt !== null && policyChanged(attempt, ledger)) triggers.push({ kind: "policy", fired: true });
  const { maxAgeDays, minNewRows, performanceMargin } = policy;
  if (minNewRows !== undefined) {
    const count = data.newRows.sinceJudged;
    triggers.push({ kind: "new-rows", fired: count === null ? null : count >= minNewRows, newRows: count, minNewRows });
  }
  if (maxAgeDays !== undefined) {
    const at = last.at + maxAgeDays * DAY;
    triggers.push({ kind: "age", fired: now >= at, at });
  }
  if (champion === null) return triggers;
  if (performanceMargin !== undefined) {
    triggers.push({ kind: "performance", fired: null, metric: seen.primary, performanceMargin });
  }
  if (policy.drift) {
    const levels = earlierLevels({ inputDigest: null, parent: champion.treeId }, ledger);
    triggers.push({ kind: "drift", fired: null, seen: driftedLately(levels) });
  }
  return triggers;
}

const broughtByPeople: ReadonlySet<DueTrigger["kind"]> = new Set<DueTrigger["kind"]>([
  "no-champion",
  "imported",
  "settings",
  "policy",
]);

function waitsOf(seen: SeenOutside, triggers: readonly DueTrigger[]): DueWait[] {
  const { champion, history, ledger, ledgerLost, now, policy } = seen;
  const attempt = attemptOf(seen);
  if (attempt !== null && history.state === "live" && champion?.lineage.inputDigest === attempt.inputDigest) {
    return [{ kind: "unchanged" }];
  }
  if (seen.canary?.running) return [{ kind: "canary-runs", ...seen.canary.running }];
  const refused = attempt && refusal(attempt, ledger, noes(seen));
  if (refused !== null) return [{ kind: "refused", ...refused }];
  // What was judged is only shown: no cool-down holds that back.
  if (isUnfinished(seen)) return [];

  const byPeople = triggers.some(({ kind }) => broughtByPeople.has(kind));
  const { past } = datedRows(ledger, now);
  const activity = {
    lastActedAt: lastActedAt(past, { ...history, ...noes(seen) }, ledgerLost),
    judgedAt: judgedTimes(past),
    fruitless: fruitless(past, champion?.treeId ?? null),
  };
  const quiet = longestQuiet(activity, policy, byPeople || twiceTheRows(triggers) ? "eager" : null);
  const waits: DueWait[] = byPeople ? [] : unseenRows(seen, triggers);
  if (quiet !== null && quiet.until > now) waits.push(quiet);
  return waits;
}

/** What ships has learned from every row of its files, so only rows that came since can judge a refresh. */
function unseenRows(seen: SeenOutside, triggers: readonly DueTrigger[]): DueWait[] {
  const { champion, data, minRows } = seen;
  if (typeof champion?.lineage.judgedArtifact !== "string") return [];
  const rows = data.newRows.sinceChampion;
  const perClass = seen.needsClasses ? LEAST_PER_CLASS : null;
  const enough = rows !== null && rows >= minRows;
  // Where a trigger has fired and the rows are enough, the classes may be what a retrain waits for.
  if (enough && (perClass === null || triggers.every(({ fired }) => fired !== true))) return [];
  return [{ kind: "few-rows", rows, minRows, perClass }];
}

function twiceTheRows(triggers: readonly DueTrigger[]): boolean {
  return triggers.some(
    (each) => each.kind === "new-rows" && each.newRows !== null && each.newRows >= 2 * each.minNewRows,
  );
}

/** What was proposed and refused since, by a person or by a rollback, is over: nobody cut its run short. */
function isUnfinished(seen: SeenOutside): boolean {
  const { ledger, shown } = seen;
  const attempt = attemptOf(seen);
  if (attempt === null || shown === undefined || refusal(attempt, ledger, noes(seen)) !== null) return false;
  return unfinished(attempt, ledger, shown) !== null;
}

function noes({ history: { rolledBack }, canary }: SeenOutside) {
  return { rolledBack, stopped: canary?.stopped ?? [] };
}

function attemptOf({ champion, data, policyDigest }: SeenOutside) {
  const { inputDigest } = data;
  return inputDigest === null ? null : { inputDigest, parent: champion?.treeId ?? null, policyDigest };
}
