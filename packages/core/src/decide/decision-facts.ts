import type { SettingChange } from "../digest/changed-settings.ts";
import type { StoppedCanary } from "../history/read-canary.ts";
import type { ModelHistory } from "../history/read-history.ts";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import type { Lineage } from "../lineage/lineage.ts";
import type { Decline } from "../statistics/measure-decline.ts";
import type { Attempt } from "./attempt.ts";
import { driftSeen, type MeasuredDrift } from "./drift-memory.ts";
import type { DriftSeen } from "./drift-trigger.ts";
import { fruitless } from "./fruitless.ts";
import { datedRows } from "./dated-rows.ts";
import { lastActedAt } from "./last-acted.ts";
import { lastJudged, type JudgedVersion, type LastJudged } from "./last-judged.ts";
import { policyChanged } from "./policy-changed.ts";
import { type Activity, judgedTimes } from "./quiet-time.ts";
import type { Reason, RunningCanary } from "./reason.ts";
import { refusal, type Refusal } from "./refusal.ts";
import { unfinished } from "./unfinished.ts";

/** What `decideRetrain` reads: the state of the world, reduced to plain values. Every time is epoch milliseconds, UTC. */
export interface DecisionFacts extends Activity {
  readonly now: number;
  /** Input digest of the live champion; `null`: none. */
  readonly championInput: string | null;
  readonly inputDigest: string;
  readonly settingsDigest: string;
  /** Which settings differ from the last judged ones; `null`: not known, or none. */
  readonly settingsChanged: readonly SettingChange[] | null;
  /** What was judged last is a champion that was imported: no candidate has been compared with it. */
  readonly imported?: boolean;
  readonly lastJudged: Pick<LastJudged, "at" | "settingsDigest"> | null;
  /** Rows of the snapshot that were not there when the last candidate was judged. */
  readonly newRows: number;
  /** Rows were not compared, since earlier bytes cannot be had: `newRows` is assumed. Absent: they were. */
  readonly newRowsAssumed?: boolean;
  /** Too few rows are newer than what the champion has learned from to judge a refresh; `null`: enough, or no such champion. */
  readonly tooFewUnseen: { readonly rows: number; readonly minRows: number } | null;
  /** `null`: nothing to measure, such as no new file or no champion. */
  readonly drift: DriftSeen | null;
  /** The champion on newer rows than its holdout; `null`: not asked for, or too few rows. */
  readonly decline: Decline | null;
  /** A person or a gate said no to exactly these inputs. */
  readonly refused: Refusal | null;
  /** A model of exactly these inputs failed a policy that a person has changed since. */
  readonly policyChanged: boolean;
  readonly openProposal: {
    readonly inputDigest: string | null;
    /** It was judged against a champion that is no longer live, or its folder is not valid. */
    readonly outdated: boolean;
    /** Approved, or with a person's commit. */
    readonly heldByPerson: boolean;
  } | null;
  /** The branch of the proposal, where somebody else's work is on it that no open proposal shows; `null`: there is none. */
  readonly heldBranch: string | null;
  /**
   * The reasons of a proposal of these inputs that the ledger knows and the forge does not show as a whole: an earlier
   * run was cut short, or its branch was lost. `null`: there is none.
   */
  readonly unfinished: readonly Reason[] | null;
  /** On the base branch. Absent: none is. */
  readonly canary?: RunningCanary | null;
  /** A person's reason to run now. */
  readonly force: string | null;
  /** Another model of its proposal group is due, so this one is judged with it. Absent: none is, or it has no group. */
  readonly withGroup?: { readonly group: string; readonly due: string };
}

/** What a run knows when it decides. */
export interface Known {
  /** Epoch milliseconds, UTC. */
  readonly now: number;
  /** Digest of the gates, guardrails and accepted findings on the base branch. */
  readonly policyDigest: string;
  /** Which settings differ from the champion's; `null`: not known, or none. */
  readonly settingsChanged: readonly SettingChange[] | null;
  /** Holdout rows without which nothing is decided. */
  readonly minRows: number;
  /** A person's reason to run now; `null`: by the triggers. */
  readonly force: string | null;
  readonly history: Pick<ModelHistory, "state" | "events" | "rolledBack">;
  /** The live version, or the last valid one when the live folder is broken; `null`: none. */
  readonly champion: ChampionFacts | null;
  /** Canaries of the model; absent: it has never had one. */
  readonly canary?: { readonly running: RunningCanary | null; readonly stopped: readonly StoppedCanary[] };
  /** The version that was last replaced by earlier content, or stopped as a canary. */
  readonly lastRolledBack: JudgedVersion | null;
  readonly ledger: readonly LedgerRow[];
  /** History has a champion, yet there is no ledger. */
  readonly ledgerLost: boolean;
  readonly proposal: OpenProposal | null;
  /** As in the facts. */
  readonly heldBranch: string | null;
  readonly snapshot: {
    readonly rows: number;
    readonly digests: { readonly input: string; readonly settings: string };
  };
  /** Rows that were not there when the last candidate was judged, and when the champion was built; `null`: there is none. */
  readonly newRows: {
    readonly sinceJudged: number | null;
    readonly sinceChampion: number | null;
    /** Of `sinceJudged`: rows were not compared. Absent: they were. */
    readonly assumed?: boolean;
  };
  readonly observation: MeasuredDrift & { readonly decline: Decline | null };
}

export interface ChampionFacts extends JudgedVersion {
  readonly treeId: string;
  readonly lineage: JudgedVersion["lineage"] & Pick<Lineage, "inputDigest" | "judgedArtifact" | "declared">;
}

/** A proposal that waits for people. */
export interface OpenProposal {
  /** `null`: its folder is not valid. */
  readonly lineage: { readonly inputDigest: string; readonly parent: string | null } | null;
  readonly heldByPerson: boolean;
  /** `false`: the run that made it was cut short, or the shared branch was lost. */
  readonly complete: boolean;
}

/** Reduces what a run knows to what the decision reads; each fact has a file of its name. Pure; never throws. */
export function decisionFacts(known: Known): DecisionFacts {
  const { champion, history, ledger, observation, snapshot, proposal } = known;
  const stopped = known.canary?.stopped ?? [];
  const attempt: Attempt = {
    inputDigest: snapshot.digests.input,
    parent: champion?.treeId ?? null,
    policyDigest: known.policyDigest,
  };
  const { past } = datedRows(ledger, known.now);
  const last = lastJudged([champion, known.lastRolledBack], ledger, known.now);
  const shown = proposal && { inputDigest: proposal.lineage?.inputDigest ?? null, complete: proposal.complete };
  const isChampion = last?.settingsDigest === champion?.lineage.digests.settings;
  return {
    now: known.now,
    championInput: history.state === "live" ? (champion?.lineage.inputDigest ?? null) : null,
    inputDigest: attempt.inputDigest,
    settingsDigest: snapshot.digests.settings,
    // A candidate that was judged since may have had others.
    settingsChanged: isChampion ? known.settingsChanged : null,
    imported: isChampion && champion?.lineage.declared?.by === "import",
    lastJudged: last && { at: last.at, settingsDigest: last.settingsDigest },
    newRows: known.newRows.sinceJudged ?? snapshot.rows,
    ...(known.newRows.assumed === true && { newRowsAssumed: true }),
    tooFewUnseen: tooFewUnseen(known),
    drift: driftSeen(observation, attempt, ledger),
    decline: observation.decline,
    lastActedAt: lastActedAt(past, { ...history, stopped }, known.ledgerLost),
    judgedAt: judgedTimes(past),
    fruitless: fruitless(past, attempt.parent),
    refused: refusal(attempt, ledger, { rolledBack: history.rolledBack, stopped }),
    policyChanged: policyChanged(attempt, ledger),
    openProposal: proposal && {
      inputDigest: proposal.lineage?.inputDigest ?? null,
      outdated: proposal.lineage === null || proposal.lineage.parent !== attempt.parent,
      heldByPerson: proposal.heldByPerson,
    },
    heldBranch: known.heldBranch,
    unfinished: unfinished(attempt, ledger, shown),
    canary: known.canary?.running ?? null,
    force: known.force,
  };
}

/** What ships has learned from every row of its files, so only rows that came since can judge the next one. */
function tooFewUnseen({ champion, newRows, minRows }: Known): DecisionFacts["tooFewUnseen"] {
  const rows = newRows.sinceChampion;
  if (typeof champion?.lineage.judgedArtifact !== "string" || rows === null) return null;
  return rows < minRows ? { rows, minRows } : null;
}
