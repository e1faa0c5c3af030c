import type { SliceGroup } from "@refit/core/judge";
import type { Column } from "@refit/core/runtime";
import { sliceName, type Slice } from "@refit/core/spec";
import type { Prepared } from "../products/prepared.ts";
import type { Context } from "../products/context.ts";
import { groupRows } from "./slices.ts";

/**
 * The rows of each value of a declared column, or of each pair of values of two, among `rows`; none when a column is not
 * there.
 *
 * Values of a sensitive column are not told: its groups are numbered from the largest.
 */
export async function declaredGroups(
  { manifest }: Context,
  prepared: Prepared,
  slice: Slice,
  rows: Uint32Array,
): Promise<SliceGroup[]> {
  const names = [slice].flat();
  const columns: Column[] = [];
  for (const name of names) {
    const column = await prepared.read(name);
    if (column === null) return [];
    columns.push(column);
  }
  const hidden = names.some((name) => manifest.sensitive.includes(name));
  return (await groupRows(columns, rows)).map(({ value, members }, i) => ({
    column: sliceName(slice),
    value: hidden ? `group ${i + 1}` : value,
    members,
  }));
}
