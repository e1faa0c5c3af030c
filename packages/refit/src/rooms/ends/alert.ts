import type { VerdictReason } from "@refit/core/judge";
import { lastBlock } from "@refit/core/decide";
import { asText, outdatedAlertNote, verdictAlert } from "@refit/core/report";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import type { Decided } from "../../products/decided.ts";

/** Raises the alert of a model that was trained and must not be promoted. @returns where it is. */
export async function alertVerdict(
  ports: Pick<Ports, "clock" | "forge">,
  { repository, request }: Context,
  because: readonly VerdictReason[],
): Promise<string | null> {
  const { model } = request;
  const title = `refit(${model}): the new model must not be promoted`;
  const [body, plainBody] = [verdictAlert(model, because), verdictAlert(model, because, asText)];
  return ports.forge.ensureAlert(repository, model, { model, title, body, plainBody, at: ports.clock.now() });
}

/** Closes the alert about data or a verdict, once they are fine; one about a broken folder is not ours to close. */
export async function closeAlert(
  ports: Pick<Ports, "forge">,
  { repository, history, request }: Context,
): Promise<void> {
  if (!request.dryRun && history.state !== "broken") await ports.forge.ensureAlert(repository, request.model, null);
}

/** Where nothing was trained: an alert about data closes; one about the last verdict stays as long as that holds. */
export async function settleQuietAlert(
  ports: Pick<Ports, "forge">,
  { context, snapshot, decision }: Decided,
): Promise<void> {
  const { champion, ledger, repository, history } = context;
  const { model, dryRun } = context.request;
  const last = lastBlock(ledger, snapshot.digests.input, champion?.lineage.inputDigest ?? null);
  if (last.kind === "none") return closeAlert(ports, context);
  if (dryRun || history.state === "broken") return;
  const note = last.kind === "stands" ? null : outdatedAlertNote(model, last.at, decision.nextEligibleAt);
  await ports.forge.ensureAlert(repository, model, { note });
}
