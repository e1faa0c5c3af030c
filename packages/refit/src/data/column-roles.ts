import { type ColumnRoles, rolesIn } from "@refit/core/data";
import { parseFeatureSpec } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Version } from "../products/context.ts";
import { readChampionFile } from "../versions/version-folder.ts";

/** What the champion does with the columns of the source. */
export async function columnRoles(ports: Pick<Ports, "git">, champion: Version): Promise<ColumnRoles> {
  const text = await readChampionFile(ports, champion, "features.json");
  return text === null ? { unread: [], target: [] } : rolesIn(parseFeatureSpec(text));
}
