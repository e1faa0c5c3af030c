import type { ColumnRoles } from "@refit/core/data";
import { parseFeatureSpec } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Version } from "../products/context.ts";
import { readChampionFile } from "../versions/version-folder.ts";

/**
 * What the champion does with the columns of the source. Its target stands for itself, or for the source columns that
 * `prepare` makes it from.
 */
export async function columnRoles(ports: Pick<Ports, "git">, champion: Version): Promise<ColumnRoles> {
  const text = await readChampionFile(ports, champion, "features.json");
  if (text === null) return { unread: [], target: [] };
  const { ignored, target } = parseFeatureSpec(text);
  const isTarget = (reason: string) => reason === "target" || reason === "target-input";
  const namesOf = (columns: typeof ignored) => columns.map(({ name }) => name);
  return {
    unread: namesOf(ignored.filter(({ reason }) => !isTarget(reason))),
    target: namesOf(ignored.filter(({ reason }) => isTarget(reason))),
    prediction: target.name,
  };
}
