import { groupNumbers, timeBlocks, type RowGroups } from "@refit/core/data";
import { pickRows } from "@refit/core/judge";
import type { Context } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";

export interface DrawnTogether {
  /** When each row happened, in epoch milliseconds; `null` without `time`. */
  readonly instants: Float64Array | null;
  /** Rows that resampling draws together: of one declared group, or of one stretch of time; `null`: each independently. */
  readonly clusters: RowGroups | null;
}

export async function drawnTogether(
  { spec }: Pick<Context, "spec">,
  { read }: Pick<Prepared, "read">,
  rows: Uint32Array,
): Promise<DrawnTogether> {
  const time = spec.time === undefined ? null : await read(spec.time);
  const instants = time === null || time.kind === "text" ? null : pickRows(time.values, rows);
  const { blockDays } = spec.holdout;
  if (blockDays !== undefined && instants !== null) return { instants, clusters: timeBlocks(instants, blockDays) };
  const column = spec.group === undefined ? null : await read(spec.group);
  return { instants, clusters: column && groupNumbers(column, rows) };
}
