import { rememberJudgement } from "../ledger/remember-judgement.ts";
import type { Ports } from "../ports/index.ts";
import type { Judged } from "../products/judged.ts";
import type { Outcome } from "../products/outcome.ts";
import { checkSize } from "../versions/assemble-version.ts";
import { buildVersion } from "./build-version.ts";
import { alertVerdict, closeAlert } from "./ends/alert.ts";
import { proposeAnchor } from "./propose-anchor.ts";
import { publish } from "./publish.ts";
import { reportOf } from "./report-of.ts";

type ProposePorts = Pick<
  Ports,
  "ancestry" | "branches" | "clock" | "files" | "forge" | "git" | "largeFiles" | "learners" | "out" | "publication"
>;

/**
 * Room 9: put the evidence before people. Of the effects the record in the ledger comes first, so that a run that is cut
 * short is finished and not thrown away; then the branch, then what people see. Each may be repeated.
 *
 * What is proposed has learned from all rows, also from those that it was judged on; so it is trained here, after the verdict. A
 * dry run has no effects, so nothing is kept. A verdict of `hold` or `block` has no version to propose.
 */
export async function propose(ports: ProposePorts, judged: Judged): Promise<Outcome> {
  const { context, decision, verdict } = judged;
  const { model, dryRun } = context.request;
  const isShown = verdict.kind === "promote" || verdict.kind === "inconclusive";
  const version = isShown ? await sizedVersion(ports, judged) : null;
  const illustrated = await reportOf(ports, judged);

  // Before the record: what is recorded is not judged again, so that a later run would not raise the alert.
  const isAlarming = verdict.kind === "block" && !dryRun;
  const alert = isAlarming ? await alertVerdict(ports, context, verdict.because) : null;
  const kept = dryRun ? null : await rememberJudgement(ports, judged, illustrated);
  const { report } = illustrated;
  const evidence = { evaluation: judged.evaluation, verdict };
  const ended = { model, because: verdict.because, evidence, report, kept };
  if (verdict.kind === "block") return { ...ended, decision: "blocked", findings: [], alert };

  await closeAlert(ports, context);
  await proposeAnchor(ports, judged);
  const { reasons } = decision;
  if (version === null) return { ...ended, ...notProposed, reasons, decision: "rejected" };
  const opened = context.proposal === null ? "proposed" : "updated";
  const word = verdict.kind === "promote" ? opened : "inconclusive";
  if (kept === null) return { ...ended, ...notProposed, reasons, decision: word };
  const proposed = await publish(ports, judged, { version, report, kept });
  return { ...ended, ...proposed, reasons, decision: word };
}

const notProposed = { branch: null, url: null, operation: null, version: null };

/** @throws ModelTooLargeError */
async function sizedVersion(
  ports: Pick<Ports, "forge" | "largeFiles" | "learners" | "out">,
  judged: Judged,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { repository, request, spec } = judged.context;
  const files = await buildVersion(ports, judged);
  await checkSize(ports, { model: request.model, files, repository, maxModelMiB: spec.maxModelMiB });
  return files;
}
