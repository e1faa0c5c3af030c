import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import { readSpecs } from "../../rooms/read.ts";

/**
 * What a run at an earlier commit of the base branch would have known: the data of that commit. Settings, checks, gates and
 * champion are today's, since they decide what may be merged today.
 *
 * The profiles that the ledger branch keeps are left out: whoever may push that branch could have written them.
 *
 * @returns also the settings of then, so that a change since can be told.
 */
export async function contextAt(
  ports: Pick<Ports, "files" | "git" | "learners" | "out" | "sources">,
  now: Context,
  baseCommit: string,
): Promise<{ readonly context: Context; readonly written: Pick<Context, "spec" | "manifest"> }> {
  const repository = { ...now.repository, baseCommit };
  const written = await readSpecs(ports, repository, now.request.model, { workTree: now.request.dryRun });
  const manifest = { ...now.manifest, sources: written.manifest.sources };
  return { context: { ...now, repository, manifest, ledgerCommit: null }, written };
}
