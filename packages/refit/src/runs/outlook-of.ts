import { dueNext, type DueNext, lastJudged, outlook, type Outlook, type ShownProposal } from "@refit/core/decide";
import { RefitError } from "@refit/core/errors";
import type { LedgerRow, ModelHistory } from "@refit/core/history";
import { digestOfInputs, digestOfPolicy } from "../data/input-digests.ts";
import { knownNewRows } from "../data/count-new-rows.ts";
import { knownFiles, knownTables } from "../data/known-files.ts";
import { type Ledger, readLedger } from "../ledger/ledger.ts";
import { noCanaries, type LiveCanaries } from "../products/canaries.ts";
import type { Version } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { readSpecs } from "../rooms/read.ts";
import { isLedgerLost } from "../versions/is-ledger-lost.ts";
import type { ModelSpecs } from "./unready.ts";
import { newestNo, readCanaries, runningFacts } from "../versions/live-canary.ts";
import { readLineage } from "../versions/read-lineage.ts";

type OutlookPorts = Pick<Ports, "ancestry" | "clock" | "files" | "git" | "learners" | "out" | "sources">;

export interface ModelOutlook extends Outlook {
  /** `null`: its settings or ledger cannot be read, or its data cannot be listed. */
  readonly next: DueNext | null;
  /** Why not; `null`: they can. */
  readonly unreadable: RefitError | null;
  /** Rows of the ledger, oldest first; none where it cannot be read. */
  readonly ledger: readonly LedgerRow[];
  /** `null`: they cannot be read. */
  readonly specs: ModelSpecs | null;
  readonly canaries: LiveCanaries;
}

/**
 * What the ledger, the settings and the list of data files say of a model. Reads no data.
 *
 * @param seen the proposal that people see; `null`: none; `undefined`: nobody could be asked.
 */
export async function outlookOf(
  ports: OutlookPorts,
  repository: Repository,
  [model, history]: readonly [model: string, history: ModelHistory],
  seen: ShownProposal | null | undefined,
): Promise<ModelOutlook> {
  let known: Outlook & Pick<ModelOutlook, "ledger"> = { ...outlook([], null), ledger: [] };
  let specs: ModelSpecs | null = null;
  let canaries = noCanaries;
  try {
    const ledger = await readLedger(ports, repository, model);
    known = { ...outlook(ledger.rows, history.champion?.treeId ?? null), ledger: ledger.rows };
    specs = await readSpecs(ports, repository, model, { workTree: false, isCompared: false });
    canaries = await readCanaries(ports, repository, { model, history, spec: specs.spec });
    const next = await nextOf(ports, { repository, history, canaries, ledger, seen }, specs);
    return { ...known, next, unreadable: null, specs, canaries };
  } catch (error) {
    if (error instanceof RefitError) return { ...known, next: null, unreadable: error, specs, canaries };
    throw error;
  }
}

interface ModelRecord {
  readonly repository: Repository;
  readonly history: ModelHistory;
  readonly canaries: LiveCanaries;
  readonly ledger: Ledger;
  readonly seen: ShownProposal | null | undefined;
}

async function nextOf(ports: OutlookPorts, record: ModelRecord, { spec, manifest }: ModelSpecs): Promise<DueNext> {
  const { repository, history, canaries, ledger, seen } = record;
  const rolledBack = newestNo(history.rolledBack.at(-1), canaries.stopped.at(-1));
  const champion = history.champion && (await judgedVersion(ports, repository, history.champion));
  const replaced =
    rolledBack && (await judgedVersion(ports, repository, { ...rolledBack.version, since: rolledBack.at }));
  const context = { repository, manifest, champion };
  const files = await knownFiles(ports, context);
  const tables = await knownTables(ports, context);
  const inputs = digestOfInputs(ports, { spec, manifest }, { files: files ?? [], tables: tables ?? new Map() });
  const now = ports.clock.now();
  const last = lastJudged([champion, replaced ?? null], ledger.rows, now);
  const newRows = (then: typeof last) => then && knownNewRows(ports, { repository, manifest, spec }, files, then.files);
  return dueNext({
    now,
    policyDigest: digestOfPolicy({ spec, manifest }),
    minRows: spec.holdout.minRows,
    history,
    canary: { running: canaries.running && runningFacts(canaries.running), stopped: canaries.stopped },
    champion,
    lastRolledBack: replaced ?? null,
    ledger: ledger.rows,
    ledgerLost: isLedgerLost(ledger, history, champion?.lineage ?? null),
    policy: spec.retrain,
    primary: spec.metrics.primary,
    needsClasses: spec.task !== "regression" && spec.time !== undefined,
    settingsDigest: inputs.settings,
    shown: seen,
    data: {
      inputDigest: files && tables && inputs.input,
      newRows: {
        sinceJudged: await newRows(last),
        sinceChampion:
          champion && (await knownNewRows(ports, { repository, manifest, spec }, files, champion.lineage.data.files)),
      },
    },
  });
}

/** @returns `null`: it has no lineage that can be read. */
async function judgedVersion(
  ports: OutlookPorts,
  repository: Repository,
  { number, treeId, since }: Omit<Version, "lineage">,
): Promise<Version | null> {
  const lineage = await readLineage(ports, repository, `${treeId}:lineage.json`);
  return lineage && { number, treeId, since, lineage };
}
