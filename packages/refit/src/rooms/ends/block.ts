import { blockedInARow } from "@refit/core/decide";
import { learnedUntil } from "@refit/core/history";
import { asText, dataAlert, dataReport, type KeptWaiting } from "@refit/core/report";
import { addedRows } from "../../data/count-new-rows.ts";
import { reportFiles } from "../../ledger/kept-report.ts";
import { appendLedger } from "../../ledger/ledger.ts";
import type { Outcome } from "../../products/outcome.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import type { Snapshot } from "../../products/snapshot.ts";
import { encodeText } from "../../text.ts";

type BlockPorts = Pick<Ports, "ancestry" | "clock" | "git" | "branches" | "forge">;

/** What blocks comes first, wherever it is shown. */
const severities = ["error", "suspect", "warning"];

/** An end by data that were refused: remembered, alerted, nothing trained. */
export async function block(ports: BlockPorts, context: Context, snapshot: Snapshot): Promise<Outcome> {
  const { model, dryRun } = context.request;
  const findings = snapshot.findings.toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  let alert: string | null = null;
  if (!dryRun) {
    const at = ports.clock.now();
    const row = {
      kind: "blocked" as const,
      model,
      at: new Date(at).toISOString(),
      inputDigest: snapshot.digests.input,
      parent: context.champion?.treeId ?? null,
      holdout: null,
      findings: codesOf(findings),
    };
    const waiting = waitingOf(context, snapshot, at);
    const report = { report: dataReport(model, findings), charts: new Map() };
    const texts = reportFiles({ ...row, attempt: null }, report);
    const files = new Map([...texts].map(([file, text]) => [file, encodeText(text)]));
    await appendLedger(ports, context.repository, { rows: [...context.unrecorded, row], files, at });
    const title = `refit(${model}): the new data were refused`;
    alert = await ports.forge.ensureAlert(context.repository, model, {
      model,
      title,
      body: dataAlert(model, findings, waiting),
      plainBody: dataAlert(model, findings, waiting, asText),
      at,
    });
  }
  return { model, decision: "blocked", findings, because: [], evidence: null, report: null, kept: null, alert };
}

/** What refused the data, each once. */
function codesOf(findings: Snapshot["findings"]): string[] {
  return [...new Set(findings.filter(({ severity }) => severity !== "warning").map(({ code }) => code))];
}

/** @returns `null`: nothing is live, or too few runs were blocked in a row. */
function waitingOf({ champion, ledger, manifest }: Context, snapshot: Snapshot, now: number): KeptWaiting | null {
  if (champion === null) return null;
  const at = new Date(now).toISOString();
  const isKnown = ledger.at(-1)?.kind === "blocked" && ledger.at(-1)?.inputDigest === snapshot.digests.input;
  const blocked = blockedInARow(isKnown ? ledger : [...ledger, { kind: "blocked", at }])!;
  if (blocked.runs < manifest.checks.escalateAfter) return null;
  const learned = learnedUntil(champion.lineage);
  const newRows = addedRows(snapshot.news);
  return { ...blocked, learnedUntil: learned === null ? null : Date.parse(learned), newRows, now };
}
