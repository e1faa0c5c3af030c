import { failedModel, redact, RefitError, systemRefusal } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { runsHere, type RunModelsRequest, type RunsHere } from "./run-here.ts";

/** Runs the models that another process gives out, until it has no more. */
export async function runAsWorker(ports: Ports, request: RunModelsRequest): Promise<void> {
  const { foreman, forge, publication } = ports;
  let runs: RunsHere | null = null;
  try {
    for (let task = await foreman.next(); task !== null; task = await foreman.next()) {
      runs ??= await runsHere(ports, task.repository, request);
      forge.expect(task.next);
      const outcomes = await runs.run(task, false);
      foreman.answer({ outcomes, refs: publication.refs() });
    }
  } catch (thrown) {
    const error = systemRefusal(thrown) ?? thrown;
    if (error instanceof RefitError) return foreman.giveUp(failedModel(error), null);
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    foreman.giveUp({ code: "bug", message: redact(message), hint: "" }, redact(stack));
  } finally {
    await runs?.close();
  }
}
