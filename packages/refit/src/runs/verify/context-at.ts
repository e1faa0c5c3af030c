import type { DataManifest, ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import { readSpecs } from "../../rooms/read.ts";

/**
 * What a run at an earlier commit of the base branch would have known: the data of that commit. Settings, checks, gates and
 * champion are today's, since they decide what may be merged today. What people say of the model is that of then: it decides nothing.
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
  const manifest = withSourcesOf(now.manifest, written.manifest);
  const spec = withCardOf(now.spec, written.spec);
  return { context: { ...now, repository, spec, manifest, ledgerCommit: null }, written };
}

function withCardOf({ card: _card, ...now }: ModelSpec, { card }: ModelSpec): ModelSpec {
  return card === undefined ? now : { ...now, card };
}

/** The checks of now for the places of then; settings that differ otherwise are told by whoever asked. */
function withSourcesOf(now: DataManifest, then: DataManifest): DataManifest {
  const placesOf = new Map(then.tables?.map(({ name, sources }) => [name, sources]));
  const tables = now.tables?.map((table) => ({ ...table, sources: placesOf.get(table.name) ?? table.sources }));
  return { ...now, sources: then.sources, ...(tables && { tables }) };
}
