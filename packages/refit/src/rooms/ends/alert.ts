import type { VerdictReason } from "@refit/core/judge";
import { verdictAlert } from "@refit/core/report";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";

/** Raises the alert of a model that was trained and must not be promoted. @returns where it is. */
export async function alertVerdict(
  ports: Pick<Ports, "clock" | "forge">,
  { repository, request }: Context,
  because: readonly VerdictReason[],
): Promise<string | null> {
  const { model } = request;
  const title = `refit(${model}): the new model must not be promoted`;
  const body = verdictAlert(model, because);
  return ports.forge.ensureAlert(repository, model, { model, title, body, at: ports.clock.now() });
}

/** Closes the alert about data or a verdict, once they are fine; one about a broken folder is not ours to close. */
export async function closeAlert(
  ports: Pick<Ports, "forge">,
  { repository, history, request }: Context,
): Promise<void> {
  if (!request.dryRun && history.state !== "broken") await ports.forge.ensureAlert(repository, request.model, null);
}
