import type { Reason } from "../decide/reason.ts";
import type { HistoryEvent, ModelHistory, ModelVersion } from "../history/read-history.ts";
import type { LedgerRow, RowOf } from "./ledger-row.ts";

/**
 * What a run came to, and what people made of it:
 *
 * - `promoted`: its version was merged; also a version of which the ledger has no run
 * - `proposed`, `inconclusive`: it was shown to people, who have neither merged nor declined it
 * - `declined`: a person said no
 * - `rejected`: a gate failed, or it was worse than the champion
 * - `blocked`: the data were refused, or the trained model must not be promoted
 * - `drift`: drift was seen, and nothing was trained
 * - `unblocked`: nothing was due, and the data were fine again after a run that was blocked
 *
 * and what happened on the base branch: `rollback` (earlier content is live again), `broken` and `retired`.
 */
export type PastEventKind =
  | "promoted"
  | "proposed"
  | "inconclusive"
  | "declined"
  | "rejected"
  | "blocked"
  | "drift"
  | "unblocked"
  | "rollback"
  | "broken"
  | "retired";

/** One line of a model's past. */
export interface PastEvent {
  /** When the run was, or the commit where there was no run; epoch milliseconds, UTC. */
  readonly at: number;
  readonly kind: PastEventKind;
  /** Number of the version that became live, is broken, or was restored; `null`: it is about none. */
  readonly version: number | null;
  /** Number of the champion that it was compared with, or that it replaced; `null`: there was none, or history no longer has it. */
  readonly against: number | null;
  /** Of the run; `null`: there was none. */
  readonly inputDigest: string | null;
  /** Tree id of the champion then; `null`: there was none. */
  readonly parent: string | null;
  /** A challenger was scored, so that there is a report of it. */
  readonly judged: boolean;
  /** Which comparison of these inputs with this champion it was, from 1: with other gates the same inputs are judged again. */
  readonly attempt: number;
  /** Why a new model was trained; empty: none was, or the ledger does not say. */
  readonly reasons: readonly Reason[];
  /** What a person wrote; `null`: nothing. */
  readonly words: string | null;
  /** How far the data had drifted, 1 and above being drift; `null`: nobody measured it. */
  readonly driftLevel: number | null;
  /** When a person merged or declined it, epoch milliseconds; `null`: nobody did. */
  readonly settledAt: number | null;
  /** The commit that brought it to the base branch, or took it away; `null`: none did. */
  readonly commit: string | null;
}

/** A run while its rows are read. */
type Draft = { -readonly [Key in keyof PastEvent]: PastEvent[Key] };

/** Runs in order, and those of the same inputs against the same champion together: a long ledger is not searched for each row. */
interface Drafts {
  readonly all: Draft[];
  readonly byInputs: Map<string, Draft[]>;
}

type RunInputs = Pick<LedgerRow, "parent"> & { readonly inputDigest: string | null };

const inputsKey = ({ inputDigest, parent }: RunInputs) => `${inputDigest} ${parent}`;

function addDraft({ all, byInputs }: Drafts, draft: Draft): void {
  all.push(draft);
  const same = byInputs.get(inputsKey(draft));
  if (same === undefined) byInputs.set(inputsKey(draft), [draft]);
  else same.push(draft);
}

/**
 * The past of a model as people ask for it: every run that judged something or found something worth a word, and what became of it.
 * Rests on the ledger and on git history alone.
 *
 * @param rows of the ledger, oldest first. @returns newest first.
 */
export function pastEvents(history: ModelHistory, rows: readonly LedgerRow[]): PastEvent[] {
  const numbers = new Map(history.versions.map(({ treeId, number }) => [treeId, number]));
  const numberOf = (treeId: string | null) => (treeId === null ? null : (numbers.get(treeId) ?? null));
  const drafts: Drafts = { all: [], byInputs: new Map() };
  for (const row of rows) addRow(drafts, row, numberOf(row.parent));
  const settled = [
    ...history.events.flatMap((event, i) => settleEvent(drafts, event, history.events[i - 1], history.versions)),
    ...drafts.all,
  ];
  return settled
    .map((event, i) => ({ event, i }))
    .sort((a, b) => b.event.at - a.event.at || b.i - a.i)
    .map(({ event }) => event);
}

const isShown = ({ kind }: PastEvent) => kind === "proposed" || kind === "inconclusive";

/** The last run of these inputs against this champion that a filter takes. */
function findRun({ byInputs }: Drafts, inputs: RunInputs, takes: (draft: Draft) => boolean): Draft | undefined {
  return byInputs.get(inputsKey(inputs))?.findLast(takes);
}

function addRow(drafts: Drafts, row: LedgerRow, against: number | null): void {
  switch (row.kind) {
    case "look": {
      const earlier = findRun(drafts, row, ({ judged }) => judged);
      const draft = begun(row, verdictKind(row), against);
      draft.judged = true;
      draft.attempt = (earlier?.attempt ?? 0) + 1;
      draft.driftLevel = row.driftLevel ?? null;
      addDraft(drafts, draft);
      return;
    }
    case "proposed":
    case "rejected":
      return tellReasons(drafts, row, row.reasons);
    case "blocked": {
      // A block of the data has no files that were judged.
      if (row.files !== undefined) return tellReasons(drafts, row, row.reasons ?? []);
      addDraft(drafts, begun(row, "blocked", against));
      return;
    }
    case "declined": {
      const run = findRun(drafts, row, isShown);
      const at = Date.parse(row.at);
      const draft = run ?? begun(row, "declined", against);
      if (run === undefined) addDraft(drafts, draft);
      Object.assign(draft, { kind: "declined", settledAt: at, words: row.reason ?? null });
      return;
    }
    case "forced": {
      const run = findRun(drafts, row, ({ judged }) => judged);
      if (run !== undefined) run.words ??= row.reason;
      return;
    }
    case "drift":
      addDraft(drafts, { ...begun(row, "drift", against), driftLevel: row.driftLevel });
      return;
    case "unblocked":
      addDraft(drafts, begun(row, "unblocked", against));
      return;
    case "rolledBack": // the commits say when, and to what
    case "repeated":
      return;
  }
}

/** How a comparison ended, as long as people have said nothing. */
function verdictKind({ verdict }: RowOf<"look">): PastEventKind {
  if (verdict === "hold") return "rejected";
  if (verdict === "block") return "blocked";
  return verdict === "promote" ? "proposed" : "inconclusive";
}

function tellReasons(drafts: Drafts, row: LedgerRow, reasons: readonly Reason[]): void {
  const run = findRun(drafts, row, ({ judged }) => judged);
  if (run !== undefined) run.reasons = reasons;
}

type EventFacts = Pick<
  Draft,
  "at" | "kind" | "version" | "against" | "inputDigest" | "parent" | "settledAt" | "commit"
>;

/** An event about which no run has left anything. All fields are written out: to spread objects takes far longer in a long history. */
function notJudged({ at, kind, version, against, inputDigest, parent, settledAt, commit }: EventFacts): Draft {
  return {
    at,
    kind,
    version,
    against,
    inputDigest,
    parent,
    judged: false,
    attempt: 1,
    reasons: [],
    words: null,
    driftLevel: null,
    settledAt,
    commit,
  };
}

function begun({ at, inputDigest, parent }: LedgerRow, kind: PastEventKind, against: number | null): Draft {
  const time = Date.parse(at);
  return notJudged({ at: time, kind, version: null, against, inputDigest, parent, settledAt: null, commit: null });
}

/** A commit of the base branch: the end of a run's proposal, or an event of its own. */
function settleEvent(
  drafts: Drafts,
  { commit, kind, number, treeId }: HistoryEvent,
  before: HistoryEvent | undefined,
  versions: readonly ModelVersion[],
): PastEvent[] {
  const against = before?.champion?.number ?? null;
  const version = number === null ? null : versions[number - 1]!;
  const [inputDigest, parent] = [version?.inputDigest ?? null, version?.parent ?? null];
  const run =
    kind !== "promotion" || treeId === null || inputDigest === null
      ? undefined
      : findRun(drafts, { inputDigest, parent }, isShown);
  const [settledAt, sha] = [commit.committedAt, commit.sha];
  if (run !== undefined) {
    Object.assign(run, { kind: "promoted", version: number, settledAt, commit: sha });
    return [];
  }
  return [
    notJudged({
      at: settledAt,
      kind: kind === "promotion" ? "promoted" : kind,
      version: number,
      against,
      inputDigest,
      parent,
      settledAt,
      commit: sha,
    }),
  ];
}
