import { type GroupHeldWhy, type HeldBack } from "@refit/core/decide";
import type { IllustratedReport } from "@refit/core/report";
import { judgementRecord, type JudgementRecord } from "../ledger/judgement-record.ts";
import { appendLedger, type LedgerEntry } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import type { KeptReport } from "../ports/kept-report.ts";
import type { Context } from "../products/context.ts";
import type { Judged } from "../products/judged.ts";
import type { Outcome } from "../products/outcome.ts";
import { measureReliance } from "../scoring/measure-reliance.ts";
import { checkSize } from "../versions/assemble-version.ts";
import { alertVerdict, closeAlert } from "./ends/alert.ts";
import { proposalOf, proposedVersion, type ProposedGroup, type ProposedVersion } from "./proposal-of.ts";
import { proposeAnchor } from "./propose-anchor.ts";
import { publish } from "./publish.ts";
import { reportOf } from "./report-of.ts";

/** A judgement with all that there is to say of it, as values. */
export interface Argued extends Pick<Judged, "context" | "decision" | "evaluation" | "verdict"> {
  readonly report: IllustratedReport["report"];
  readonly record: JudgementRecord;
  /** `null`: the verdict proposes none. */
  readonly version: ProposedVersion | null;
}

/**
 * The first half of room 9: all that there is to say, without any effect.
 *
 * @param files of the version by path in the champion folder; `null`: the verdict proposes none.
 * @throws ModelTooLargeError
 */
export async function argue(
  ports: Pick<Ports, "clock" | "files" | "forge" | "git" | "largeFiles" | "learners" | "out" | "sources">,
  judged: Judged,
  files: ReadonlyMap<string, Uint8Array> | null,
): Promise<Argued> {
  const { context, decision, evaluation, verdict } = judged;
  const { repository, request, spec } = context;
  if (files !== null)
    await checkSize(ports, { model: request.model, files, repository, maxModelMiB: spec.maxModelMiB });
  ports.out.progress("Writing the report");
  // The program of a command learner has answered the same questions for the version; it is not asked where none is proposed.
  const reliance = files && (await measureReliance(ports, { ...judged, challenger: judged.training.challenger }));
  const illustrated = await reportOf(ports, judged, reliance);
  const { report } = illustrated;
  const record = await judgementRecord(judged, illustrated, ports.clock.now());
  const version = files && proposedVersion(judged, files, report);
  return { context, decision, evaluation, verdict, report, record, version };
}

type ProposePorts = Pick<
  Ports,
  "ancestry" | "branches" | "clock" | "files" | "forge" | "git" | "largeFiles" | "out" | "publication" | "turns"
>;

/** A model of the same group that is in the way of all. */
export interface GroupHolder {
  readonly group: string;
  readonly by: string;
  readonly why: GroupHeldWhy;
}

/** How the models stand to each other; a model by itself is in no group. */
export interface Together {
  /** `null`: there is one model, by itself. */
  readonly group: ProposedGroup | null;
  /** `null`: nobody holds them. */
  readonly held: GroupHolder | null;
}

export const byItself: Together = { group: null, held: null };

/**
 * The second half of room 9: put the evidence before people. Of the effects the record in the ledger comes first, so that a run that
 * is cut short is finished and not thrown away; then the branch, then what people see. Each may be repeated. A dry run has none, so
 * nothing is kept.
 *
 * @param judgements those of one model, or of the models of a group that were judged, at least one.
 * @returns an outcome for each, in their order.
 */
export async function propose(
  ports: ProposePorts,
  judgements: readonly Argued[],
  { group, held }: Together,
): Promise<Outcome[]> {
  const { context } = judgements[0]!;
  const { repository, request } = context;
  return ports.turns.take(async () => {
    // Before the record: what is recorded is not judged again, so that a later run would not raise the alert.
    const alerts = new Map<Argued, string | null>();
    for (const one of judgements)
      if (one.verdict.kind === "block" && !request.dryRun)
        alerts.set(one, await alertVerdict(ports, one.context, one.verdict.because));
    const commit = request.dryRun ? null : await appendLedger(ports, repository, entryOf(judgements, held !== null));
    const keptOf = ({ record }: Argued) => (commit === null ? null : { commit, path: record.page });

    for (const one of judgements.filter(({ verdict }) => verdict.kind !== "block")) {
      await closeAlert(ports, one.context);
      await proposeAnchor(ports, one.context, one.verdict);
    }
    const versions = held === null ? judgements.flatMap(({ version }) => version ?? []) : [];
    const isPublished = versions.length > 0 && commit !== null;
    const places = isPublished
      ? await publish(ports, repository, proposalOf(context, versions, group), (model) =>
          keptIn(judgements, model, commit),
        )
      : null;
    return judgements.map((one): Outcome => {
      const { verdict, evaluation, report, decision } = one;
      const { model } = one.context.request;
      const { because } = verdict;
      const ended = { model, because, evidence: { evaluation, verdict }, report, kept: keptOf(one) };
      const { reasons } = decision;
      if (verdict.kind === "block")
        return { ...ended, decision: "blocked", findings: [], alert: alerts.get(one) ?? null };
      if (one.version === null) return { ...ended, ...notProposed, reasons, decision: "rejected" };
      if (held !== null) return heldOutcome(one, { kind: "group-held", ...held });
      const opened = one.context.proposal === null ? "proposed" : "updated";
      const word = verdict.kind === "promote" ? opened : "inconclusive";
      return { ...ended, ...(places?.get(model) ?? notProposed), reasons, decision: word };
    });
  });
}

const notProposed = { branch: null, url: null, operation: null, version: null };

function keptIn(judgements: readonly Argued[], model: string, commit: string): KeptReport {
  return { commit, path: judgements.find(({ context }) => context.request.model === model)!.record.page };
}

/**
 * One entry for all, so that either all of them are remembered or none is. What a group holds back was judged, and was not proposed.
 */
function entryOf(judgements: readonly Argued[], isHeld: boolean): LedgerEntry {
  const records = judgements.map(({ record }) => record);
  const rows = records.flatMap((record) => record.rows);
  return {
    rows: isHeld ? rows.filter(({ kind }) => kind !== "proposed") : rows,
    files: new Map(records.flatMap(({ files }) => [...files])),
    at: records[0]!.at,
  };
}

function heldOutcome(
  { context, decision }: { readonly context: Context } & Pick<Argued, "decision">,
  heldBack: HeldBack,
): Outcome {
  return {
    model: context.request.model,
    decision: "skipped",
    reasons: decision.reasons,
    heldBack,
    nextEligibleAt: null,
    url: context.proposal?.url ?? null,
  };
}
