import { decideRetrain, type Observation as Facts, type RetrainDecision } from "@refit/core/decide";
import { rowsOfKind } from "@refit/core/history";
import { driftSeen } from "../observe/drift-memory.ts";
import { digestOfPolicy } from "../data/input-digests.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot } from "../products/snapshot.ts";

/** Files that a candidate was judged on, with their rows. */
interface Judged {
  readonly at: number;
  readonly settingsDigest: string | null;
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly rows: number }[];
}

/** Room 4: is a retrain worth it? What is known is gathered here, the decision is made in core. */
export function decide(
  ports: Pick<Ports, "clock">,
  context: Context,
  snapshot: Snapshot,
  observation: Observation,
): RetrainDecision {
  return decideRetrain(factsOf(context, snapshot, observation, ports.clock.now()), context.spec.retrain);
}

function factsOf(context: Context, snapshot: Snapshot, observation: Observation, now: number): Facts {
  const { champion, ledger, proposal, request } = context;
  const last = lastJudged(context);
  const input = snapshot.digests.input;
  const parent = champion?.treeId ?? null;
  const acted = [
    ...rowsOfKind(ledger, "proposed", "declined", "rolledBack").map((row) => Date.parse(row.at)),
    ...context.history.rolledBack.map((event) => event.at),
    ...(context.ledgerLost ? context.history.events.map((event) => event.commit.committedAt) : []),
  ];
  return {
    now,
    championInput: context.history.state === "live" ? (champion?.lineage.inputDigest ?? null) : null,
    inputDigest: input,
    settingsDigest: snapshot.digests.settings,
    lastJudged: last && { at: last.at, settingsDigest: last.settingsDigest },
    newRows: last === null ? snapshot.rows : newRows(snapshot, last),
    drift: driftSeen(context, snapshot, observation),
    decline: observation.decline,
    lastActedAt: acted.length === 0 ? null : Math.max(...acted),
    judgedAt: rowsOfKind(ledger, "look").map((row) => Date.parse(row.at)),
    fruitless: fruitless(context, parent),
    refused: refusal(context, input, parent),
    policyChanged: failedAnotherBar(context, input, parent),
    openProposal: proposal && {
      inputDigest: proposal.lineage?.inputDigest ?? null,
      outdated: proposal.lineage === null || proposal.lineage.parent !== parent,
      heldByPerson: proposal.heldByPerson,
    },
    unfinished: unfinished(context, input, parent),
    force: request.force,
  };
}

/** Candidates in a row, up to the newest, that were judged against this champion and not found good enough. */
function fruitless({ ledger }: Context, parent: string | null): Facts["fruitless"] {
  const looks = rowsOfKind(ledger, "look").filter((row) => row.parent === parent);
  const count = looks.length - 1 - looks.findLastIndex((row) => row.verdict === "promote");
  return count === 0 ? null : { count, lastAt: Date.parse(looks.at(-1)!.at) };
}

/** The reasons of the newest proposal in the ledger, where it is of these inputs and not before people as it should be. */
function unfinished({ ledger, proposal }: Context, inputDigest: string, parent: string | null) {
  if (proposal?.complete === true && proposal.lineage?.inputDigest === inputDigest) return null;
  const newest = rowsOfKind(ledger, "proposed").at(-1);
  return newest?.inputDigest === inputDigest && newest.parent === parent ? newest.reasons : null;
}

/** The newest of champion, judged, declined and rolled-back candidate; on a tie the one that was replaced. */
function lastJudged({ champion, lastRolledBack, ledger }: Context): Judged | null {
  const judged: Judged[] = [];
  for (const version of [champion, lastRolledBack]) {
    if (version === null) continue;
    const { digests, data } = version.lineage;
    judged.push({ at: version.since, settingsDigest: digests.settings, files: data.files });
  }
  for (const { at, settingsDigest, files } of rowsOfKind(
    ledger,
    "look",
    "proposed",
    "declined",
    "rejected",
    "forced",
  )) {
    judged.push({ at: Date.parse(at), settingsDigest, files });
  }
  return judged.reduce<Judged | null>(
    (newest, next) => (newest === null || next.at >= newest.at ? next : newest),
    null,
  );
}

/** Rows in files that were not there then; a file that grew counts by how much. */
function newRows(snapshot: Snapshot, last: Judged): number {
  const known = new Set(last.files.map((file) => file.sha256));
  const before = new Map(last.files.map((file) => [file.path, file.rows]));
  return snapshot.files
    .filter((file) => !known.has(file.sha256))
    .reduce((sum, file) => sum + Math.max(0, file.rows - (before.get(file.path) ?? 0)), 0);
}

/** The newest model of these inputs failed, and a person has changed the bar since. Of an older ledger nobody knows. */
function failedAnotherBar(context: Context, inputDigest: string, parent: string | null): boolean {
  const last = rowsOfKind(context.ledger, "look").findLast(
    (row) => row.inputDigest === inputDigest && row.parent === parent,
  );
  const failed = last?.verdict === "hold" || last?.verdict === "block";
  return failed && last.policyDigest !== undefined && last.policyDigest !== digestOfPolicy(context);
}

function refusal(context: Context, inputDigest: string, parent: string | null): Facts["refused"] {
  const ofInputs = context.ledger.filter((row) => row.inputDigest === inputDigest);
  const refusals: NonNullable<Facts["refused"]>[] = [
    ...ofInputs
      .filter((row) => row.kind === "declined")
      .map((row) => ({ by: "declined" as const, at: Date.parse(row.at) })),
    ...ofInputs
      .filter(
        (row) => row.kind === "rejected" && row.parent === parent && !failedAnotherBar(context, inputDigest, parent),
      )
      .map((row) => ({ by: "rejected" as const, at: Date.parse(row.at) })),
    ...context.history.rolledBack
      .filter(({ version }) => version.inputDigest === inputDigest)
      .map(({ at }) => ({ by: "rolledBack" as const, at })),
  ];
  return refusals.sort((a, b) => a.at - b.at).at(-1) ?? null;
}
