import {
  datedRows,
  decideRetrain,
  type DecisionFacts,
  decisionFacts,
  lastJudged,
  type RetrainDecision,
} from "@refit/core/decide";
import { addedRows, countNewRows } from "../data/count-new-rows.ts";
import { digestOfPolicy } from "../data/input-digests.ts";
import type { LedgerRow } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { runningFacts } from "../versions/live-canary.ts";
import type { Context } from "../products/context.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot } from "../products/snapshot.ts";
import { settingsSince } from "./settings-since.ts";

type DecidePorts = Pick<Ports, "clock" | "files" | "git" | "learners" | "out" | "scratch" | "sources" | "tables">;

/** Room 4: is a retrain worth it? Gathers what is known; every rule is in core/decide. */
export async function decide(
  ports: DecidePorts,
  context: Context,
  snapshot: Snapshot,
  observation: Observation,
): Promise<RetrainDecision> {
  return decideRetrain(await factsOf(ports, context, snapshot, observation), context.spec.retrain);
}

/** What is known. */
export async function factsOf(
  ports: DecidePorts,
  context: Context,
  snapshot: Snapshot,
  observation: Observation,
): Promise<DecisionFacts> {
  const { canaries, history, champion, lastRolledBack, ledger, ledgerLost, proposal, heldBranch } = context;
  const now = ports.clock.now();
  const { future } = datedRows(ledger, now);
  if (future.length > 0) ports.out.notice(futureWords(future));
  const last = lastJudged([champion, lastRolledBack], ledger, now);
  const sinceJudged = last && (await countNewRows(ports, context, snapshot, last.files));
  return decisionFacts({
    now,
    policyDigest: digestOfPolicy(context),
    settingsChanged: await settingsSince(ports, context, snapshot),
    minRows: context.spec.holdout.minRows,
    force: context.request.force,
    history,
    canary: { running: canaries.running && runningFacts(canaries.running), stopped: canaries.stopped },
    champion,
    lastRolledBack,
    ledger,
    ledgerLost,
    proposal,
    heldBranch,
    snapshot,
    newRows: {
      sinceJudged: sinceJudged && sinceJudged.rows,
      sinceChampion: champion && addedRows(snapshot.news),
      assumed: sinceJudged?.assumed === true,
    },
    observation,
  });
}

function futureWords(rows: readonly LedgerRow[]): string {
  const newest = rows.map(({ at }) => at).reduce((a, b) => (a > b ? a : b));
  const count = rows.length === 1 ? "1 record" : `${rows.length} records`;
  return `The ledger (\`refit-ledger\`) has ${count} dated in the future, up to ${newest}, so a clock was wrong. They do not delay a retrain.`;
}
