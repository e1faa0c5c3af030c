import type { Lineage, LineageFile } from "@refit/core/history";
import type { DataManifest } from "@refit/core/spec";

/** The files of a version that a manifest lists: of the model's own rows, or of the further table that it is the manifest of. */
export function filesOf({ files, tables = {} }: Lineage["data"], { ofTable }: DataManifest): readonly LineageFile[] {
  return ofTable === undefined ? files : (tables[ofTable] ?? []);
}
