import { excuseUnused, type Finding, unusedColumns } from "@refit/core/data";
import { type InputDigests, parseFeatureSpec } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import { championProfile } from "../versions/champion-profile.ts";
import { readChampionFile } from "../versions/version-folder.ts";

/**
 * Turns suspects about columns that the champion cannot rely on into warnings. Only with the settings that it was trained with: then
 * the next model reads what the champion reads.
 */
export async function excuseOfUnused(
  ports: Pick<Ports, "git">,
  { champion, manifest }: Context,
  { settings }: Pick<InputDigests, "settings">,
  found: readonly Finding[],
): Promise<readonly Finding[]> {
  if (champion === null || champion.lineage.digests.settings !== settings) return found;
  const features = await readChampionFile(ports, champion, "features.json");
  const profile = await championProfile(ports, champion);
  if (features === null || profile === null) return found;
  const sql = [manifest.prepare ?? "", ...Object.values(manifest.viewTexts ?? {})].join("\n");
  return excuseUnused(found, unusedColumns(parseFeatureSpec(features), profile, sql));
}
