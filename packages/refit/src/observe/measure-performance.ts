import { pickRows } from "@refit/core/judge";
import { measureDecline, type Decline } from "@refit/core/statistics";
import type { Ports } from "../ports/index.ts";
import { loadVersion, predictionsOf } from "../scoring/scored-version.ts";
import { withPrepared } from "../rooms/prepare.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Context, Version } from "../products/context.ts";
import type { Snapshot } from "../products/snapshot.ts";

/**
 * The champion on labelled rows that are newer than its holdout, against itself on its holdout: both scored now, none
 * of them seen in its training.
 *
 * @returns `null` where there are too few such rows (`holdout.minRows`), or it cannot be applied to them.
 */
export async function measurePerformance(
  ports: Ports,
  context: Context,
  snapshot: Snapshot,
  champion: Version,
): Promise<Decline | null> {
  const { from, to } = champion.lineage.holdout;
  if (from === null || to === null) return null;
  return withPrepared(ports, context, snapshot, async (prepared) => {
    ports.out.progress("Scoring the champion on new rows");
    const version = await loadVersion(ports, context, prepared, champion);
    const before = await labelledBetween(context, prepared, Date.parse(from), Date.parse(to));
    const now = await labelledBetween(context, prepared, Date.parse(to) + 1, Infinity);
    const { minRows } = context.spec.holdout;
    if (version === null || Math.min(before.length, now.length) < minRows) return null;
    const scored = async (rows: Uint32Array) => ({
      target: pickRows(prepared.labels, rows),
      predictions: (await predictionsOf(version, rows))!,
      ...(prepared.weights && { weights: pickRows(prepared.weights, rows) }),
    });
    const { task, seed, metrics } = context.spec;
    return measureDecline({
      metric: metrics.primary,
      settings: metrics,
      task,
      seed,
      classes: prepared.target.classes?.length ?? 0,
      before: await scored(before),
      now: await scored(now),
    });
  });
}

/** Rows with an answer and a time from `from` to `to`, both inclusive. */
async function labelledBetween({ spec }: Context, prepared: Prepared, from: number, to: number): Promise<Uint32Array> {
  const column = spec.time === undefined ? null : await prepared.read(spec.time);
  if (column === null || column.kind === "text") return new Uint32Array(0);
  const rows = [...column.values.keys()].filter((row) => {
    const at = column.values[row]!;
    return at >= from && at <= to && Number.isFinite(prepared.labels[row]);
  });
  return Uint32Array.from(rows);
}
