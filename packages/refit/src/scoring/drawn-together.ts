import { groupNumbers, timeBlocks, type RowGroups } from "@refit/core/data";
import { pickRows } from "@refit/core/judge";
import type { Context } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";

/** [rows]: when each row happened, epoch milliseconds; `null` without `time`. */
export async function instantsOf(
  { spec }: Context,
  prepared: Prepared,
  rows: Uint32Array,
): Promise<Float64Array | null> {
  const column = spec.time === undefined ? null : await prepared.read(spec.time);
  return column === null || column.kind === "text" ? null : pickRows(column.values, rows);
}

/** Rows that resampling draws together: of one declared group, or of one stretch of time; `null`: each row independently. */
export async function drawnTogether(
  { spec }: Context,
  prepared: Prepared,
  rows: Uint32Array,
  instants: Float64Array | null,
): Promise<RowGroups | null> {
  const { blockDays } = spec.holdout;
  if (blockDays !== undefined && instants !== null) return timeBlocks(instants, blockDays);
  const column = spec.group === undefined ? null : await prepared.read(spec.group);
  return column && groupNumbers(column, rows);
}
