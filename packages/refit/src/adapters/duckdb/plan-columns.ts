import type { Finding } from "@refit/core/data";
import type { OpenRequest } from "../../ports/tables.ts";
import type { FileHead } from "./file-head.ts";
import { layColumns, type PlannedColumn } from "./layout.ts";

/** The columns that are read, over all files: all there are, or those that the schema lists. */
export function planColumns(
  heads: readonly FileHead[],
  { manifest, knownTypes, declaredOnly = false }: OpenRequest,
): { readonly columns: readonly PlannedColumn[]; readonly findings: readonly Finding[] } {
  const layout = layColumns(heads, manifest, knownTypes);
  if (!declaredOnly) return layout;
  const columns = layout.columns.filter(({ field }) => field !== null);
  const names = new Set(columns.map(({ name }) => name));
  const findings = layout.findings.filter(({ column, code }) => code === "missing-column" || names.has(column ?? ""));
  return { columns, findings };
}
