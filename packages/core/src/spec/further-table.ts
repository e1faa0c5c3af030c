import type { DataManifest, FurtherTable } from "./data-manifest.ts";

/** Where the SQL of a feature view is. */
export const viewFile = (name: string) => `feature-views/${name}.sql`;

/** A further table as the manifest of a dataset of its own, so that it is read and checked like any rows. */
export function asOwnRows({ name, sources, schema, checks }: FurtherTable, manifest: DataManifest): DataManifest {
  const { limits, sensitive, checks: own } = manifest;
  const all = { ...checks, accept: [], escalateAfter: own.escalateAfter };
  return { sources, schema, checks: all, limits, sensitive, ofTable: name };
}
