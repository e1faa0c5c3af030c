import type { SliceGroup } from "@refit/core/judge";
import type { Column } from "@refit/core/runtime";
import { sliceName, type Slice } from "@refit/core/spec";
import type { Prepared } from "../products/prepared.ts";
import type { Context } from "../products/context.ts";
import { groupRows } from "./slices.ts";

export interface DeclaredGroups {
  readonly slices: readonly SliceGroup[];
  readonly fairness: readonly { readonly column: string; readonly groups: readonly SliceGroup[] }[];
  /** Declared columns without a value here. */
  readonly missing: readonly string[];
}

/** The rows of each group that `slices` and `fairness` name, among `rows`. */
export async function declaredGroups(
  { spec, manifest }: Pick<Context, "spec" | "manifest">,
  prepared: Pick<Prepared, "read">,
  rows: Uint32Array,
): Promise<DeclaredGroups> {
  const missing: string[] = [];
  const groupsOf = async (slice: Slice): Promise<SliceGroup[]> => {
    const groups = await sliceGroups(prepared, slice, rows, manifest.sensitive);
    if (groups.length === 0) missing.push(sliceName(slice));
    return groups;
  };
  const slices: SliceGroup[] = [];
  for (const slice of spec.slices) slices.push(...(await groupsOf(slice)));
  const fairness = [];
  for (const { group: column } of spec.fairness) fairness.push({ column, groups: await groupsOf(column) });
  return { slices, fairness, missing };
}

/**
 * The rows of each value of a declared column, or of each pair of values of two; none when a column is not there.
 *
 * Values of a sensitive column are not told: its groups are numbered from the largest.
 */
async function sliceGroups(
  { read }: Pick<Prepared, "read">,
  slice: Slice,
  rows: Uint32Array,
  sensitive: readonly string[],
): Promise<SliceGroup[]> {
  const names = [slice].flat();
  const columns: Column[] = [];
  for (const name of names) {
    const column = await read(name);
    if (column === null) return [];
    columns.push(column);
  }
  const hidden = names.some((name) => sensitive.includes(name));
  return (await groupRows(columns, rows)).map(({ value, members }, i) => ({
    column: sliceName(slice),
    value: hidden ? `group ${i + 1}` : value,
    members,
  }));
}
