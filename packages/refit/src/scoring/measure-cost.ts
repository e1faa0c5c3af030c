import type { CostFacts } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import { measureLatency } from "./measure-latency.ts";
import type { ScoredPair } from "./score-pair.ts";
import type { ScoredVersion } from "./scored-version.ts";

const MOST_TIMED = 1000;

/** Sizes, and times only where the budget asks for them: timing takes a while. */
export async function measureCost(
  ports: Pick<Ports, "clock">,
  { spec }: Context,
  { champion, challenger, part, seed }: ScoredPair,
): Promise<CostFacts> {
  const size = champion && { champion: champion.bytes, challenger: challenger.bytes };
  const { maxLatencyRatio, maxP95MsPer1000Rows } = spec.budget;
  const isAsked = maxP95MsPer1000Rows !== undefined || (maxLatencyRatio !== undefined && champion !== null);
  if (!isAsked) return { latency: null, size };
  const batch = part.rows.slice(0, MOST_TIMED);
  const timed = async ({ predictor, features }: ScoredVersion) => ({ predictor, features: await features(batch) });
  const timedChampion = champion && (await timed(champion));
  return { latency: measureLatency(ports.clock, timedChampion, await timed(challenger), seed), size };
}
