import type { CostFacts } from "@refit/core/judge";
import type { ModelSpec } from "@refit/core/spec";
import type { Clock } from "../ports/clock.ts";
import { measureLatency } from "./measure-latency.ts";
import type { ScoredPair } from "./score-pair.ts";
import type { ScoredVersion } from "./scored-version.ts";

const MOST_TIMED = 1000;

/** Bytes of both artifacts, and how long they take to answer: only where the budget asks for that, since it takes a while. */
export async function measureCost(
  clock: Clock,
  { part, champion: live, challenger }: Pick<ScoredPair, "part" | "champion" | "challenger">,
  budget: ModelSpec["budget"],
  seed: number,
): Promise<CostFacts> {
  // To look predictions up is not to make them.
  const champion = live?.predictor.knows === undefined ? live : null;
  const size = champion && { champion: champion.bytes, challenger: challenger.bytes };
  const { maxLatencyRatio, maxP95MsPer1000Rows } = budget;
  const isAsked = maxP95MsPer1000Rows !== undefined || (maxLatencyRatio !== undefined && champion !== null);
  if (!isAsked) return { latency: null, size };
  const batch = part.rows.slice(0, MOST_TIMED);
  const timed = async ({ predictor, features }: ScoredVersion) => ({ predictor, features: await features(batch) });
  const rival = champion && (await timed(champion));
  const latency = await measureLatency(clock, rival, await timed(challenger), seed);
  return { latency, size };
}
