import type { SliceGroup } from "@refit/core";
import type { Prepared } from "../rooms/prepare.ts";
import type { Context } from "../context.ts";
import { groupRows } from "./slices.ts";

/**
 * The rows of each value of a declared column, among `rows`; none when the column is not there.
 *
 * Values of a sensitive column are not told: its groups are numbered from the largest.
 */
export async function declaredGroups(
  { manifest }: Context,
  prepared: Prepared,
  name: string,
  rows: Uint32Array,
): Promise<SliceGroup[]> {
  const column = await prepared.read(name);
  const groups = column === null ? [] : await groupRows(column, rows);
  const hidden = manifest.sensitive.includes(name);
  return groups.map(({ value, members }, i) => ({ column: name, value: hidden ? `group ${i + 1}` : value, members }));
}
