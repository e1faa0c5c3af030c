import { dataAlert } from "@refit/core/report";
import { appendLedger } from "../../ledger/ledger.ts";
import type { Outcome } from "../../products/outcome.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import type { Snapshot } from "../../products/snapshot.ts";

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
    };
    await appendLedger(ports, context.repository, { rows: [...context.unrecorded, row], files: new Map(), at });
    const title = `refit(${model}): the new data were refused`;
    alert = await ports.forge.ensureAlert(context.repository, model, {
      model,
      title,
      body: dataAlert(model, findings),
      at,
    });
  }
  return { model, decision: "blocked", findings, because: [], evidence: null, report: null, kept: null, alert };
}
