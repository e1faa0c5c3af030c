import { RefitError } from "@refit/core/errors";
import { changedSettings, type SettingChange } from "@refit/core/history";
import { digestOfInputs } from "../data/input-digests.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Snapshot } from "../products/snapshot.ts";
import { readSpecs } from "./read.ts";

type SettingsSincePorts = Pick<Ports, "files" | "git" | "learners" | "out" | "sources">;

/**
 * Which settings differ from those that the champion was trained with, for people to read. They are looked up where the champion
 * came to the base branch, and told only if they are what its lineage says.
 *
 * @returns `null`: they do not differ, or are not found.
 */
export async function settingsSince(
  ports: SettingsSincePorts,
  { champion, history, repository, request, spec, manifest }: Context,
  { digests }: Snapshot,
): Promise<readonly SettingChange[] | null> {
  if (champion === null || history.champion === null || champion.lineage.declared?.by === "import") return null;
  const then = champion.lineage.digests;
  if (then.settings === digests.settings) return null;
  const silent = { ...ports.out, notice: () => {} };
  const at = { ...repository, baseCommit: history.champion.sha };
  try {
    const before = await readSpecs({ ...ports, out: silent }, at, request.model, { workTree: false });
    const found = digestOfInputs(ports, before);
    if (found.spec !== then.spec || found.manifest !== then.manifest) return null;
    return changedSettings(before, { spec, manifest });
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}
