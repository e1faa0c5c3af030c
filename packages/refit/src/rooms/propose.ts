import { judgementRecord } from "../ledger/judgement-record.ts";
import { appendLedger } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import type { Judged } from "../products/judged.ts";
import type { Outcome } from "../products/outcome.ts";
import { measureReliance } from "../scoring/measure-reliance.ts";
import { checkSize } from "../versions/assemble-version.ts";
import { alertVerdict, closeAlert } from "./ends/alert.ts";
import { proposalOf } from "./proposal-of.ts";
import { proposeAnchor } from "./propose-anchor.ts";
import { publish } from "./publish.ts";
import { reportOf } from "./report-of.ts";

type ProposePorts = Pick<
  Ports,
  | "ancestry"
  | "branches"
  | "clock"
  | "files"
  | "forge"
  | "git"
  | "largeFiles"
  | "learners"
  | "out"
  | "publication"
  | "turns"
>;

/**
 * Room 9: put the evidence before people. First all that there is to say, as values; then the effects. Of these the record in
 * the ledger comes first, so that a run that is cut short is finished and not thrown away; then the branch, then what people
 * see. Each may be repeated. A dry run has none, so nothing is kept.
 *
 * @param version its files by path in the champion folder; `null`: the verdict proposes none.
 * @throws ModelTooLargeError before any effect.
 */
export async function propose(
  ports: ProposePorts,
  judged: Judged,
  version: ReadonlyMap<string, Uint8Array> | null,
): Promise<Outcome> {
  const { context, decision, evaluation, verdict } = judged;
  const { repository, request, spec } = context;
  const { model, dryRun } = request;
  if (version !== null) await checkSize(ports, { model, files: version, repository, maxModelMiB: spec.maxModelMiB });
  ports.out.progress("Writing the report");
  // The program of a command learner has answered the same questions for the version; it is not asked where none is proposed.
  const reliance = version && (await measureReliance(ports, { ...judged, challenger: judged.training.challenger }));
  const illustrated = await reportOf(ports, judged, reliance);
  const { report } = illustrated;
  const record = await judgementRecord(judged, illustrated, ports.clock.now());
  const proposal = version && proposalOf(judged, version, report);

  return ports.turns.take(async () => {
    // Before the record: what is recorded is not judged again, so that a later run would not raise the alert.
    const isAlarming = verdict.kind === "block" && !dryRun;
    const alert = isAlarming ? await alertVerdict(ports, context, verdict.because) : null;
    const kept = dryRun ? null : { commit: await appendLedger(ports, repository, record), path: record.page };
    const ended = { model, because: verdict.because, evidence: { evaluation, verdict }, report, kept };
    if (verdict.kind === "block") return { ...ended, decision: "blocked", findings: [], alert };

    await closeAlert(ports, context);
    await proposeAnchor(ports, context, verdict);
    const { reasons } = decision;
    if (proposal === null) return { ...ended, ...notProposed, reasons, decision: "rejected" };
    const opened = context.proposal === null ? "proposed" : "updated";
    const word = verdict.kind === "promote" ? opened : "inconclusive";
    const proposed = kept === null ? notProposed : await publish(ports, repository, proposal, kept);
    return { ...ended, ...proposed, reasons, decision: word };
  });
}

const notProposed = { branch: null, url: null, operation: null, version: null };
