import type { Finding } from "@refit/core/data";
import type { OpenRequest } from "../../ports/tables.ts";
import type { FileHead } from "./file-head.ts";
import { layColumns, type PlannedColumn } from "./layout.ts";

/** The columns that are read, over all files: all there are, or those that the schema lists. */
export function planColumns(
  heads: readonly FileHead[],
  { manifest, knownTypes, declaredOnly = false, mayLack }: OpenRequest,
): { readonly columns: readonly PlannedColumn[]; readonly findings: readonly Finding[] } {
  const { columns: all, findings: found } = layColumns(heads, manifest, knownTypes);
  const isLack = ({ code, column }: Finding) => code === "missing-column" && mayLack?.has(column ?? "") === true;
  const layout = { columns: all, findings: found.filter((each) => !isLack(each)) };
  if (!declaredOnly) return layout;
  const columns = layout.columns.filter(({ field }) => field !== null);
  const names = new Set(columns.map(({ name }) => name));
  const findings = layout.findings.filter(({ column, code }) => code === "missing-column" || names.has(column ?? ""));
  return { columns, findings };
}
