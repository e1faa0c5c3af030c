import { learnedUntil } from "../lineage/learned-until.ts";
import type { Lineage } from "../lineage/lineage.ts";

/**
 * The holdout rows that the champion was not trained on either.
 *
 * While the split settings stay the same that is all of them; when they changed, only rows outside both training
 * sides can judge the two fairly.
 *
 * @param time epoch milliseconds of every row; `null` without a `time` column.
 * @param positions position of every row in [0, 1) by the rule of the champion's split, see `splitRows` and `positionsApart`; not
 * looked at where that split was by time.
 * @returns indices in the order of `holdout`.
 */
export function unseenRows(
  holdout: Uint32Array,
  champion: Pick<Lineage, "holdout" | "trainedUntil">,
  time: Float64Array | null,
  positions: Float64Array,
): Uint32Array {
  if (champion.holdout.kind === "hash") {
    const fraction = champion.holdout.fraction ?? 0;
    return holdout.filter((row) => positions[row]! < fraction);
  }
  const learned = learnedUntil(champion);
  const until = learned === null ? Number.NaN : Date.parse(learned);
  return time === null ? new Uint32Array(0) : holdout.filter((row) => time[row]! > until);
}
