import type { LatencyFacts } from "@refit/core/judge";
import type { FeatureMatrix, Predictor } from "@refit/core/runtime";
import { median, quantile, ratioOfMedians } from "@refit/core/statistics";
import type { Clock } from "../ports/clock.ts";

/** A predictor with the rows that it is timed on. */
export interface Timed {
  readonly predictor: Predictor;
  readonly features: FeatureMatrix;
}

const WARM_UPS = 20;
const ROUNDS = 25;

/**
 * How long a batch takes with the challenger and with the champion, timed in turn (A B B A, A B B A, …) in this process,
 * so that both meet the same weather on the machine. Fifty timed batches each; numbers of another run mean nothing here.
 *
 * @param champion `null`: the challenger is timed alone.
 */
export async function measureLatency(
  clock: Clock,
  champion: Timed | null,
  challenger: Timed,
  seed: number,
): Promise<LatencyFacts> {
  const time = async ({ predictor, features }: Timed) => {
    const started = clock.elapsed();
    await predictor.predict(features);
    return clock.elapsed() - started;
  };
  const [championMs, challengerMs]: [number[], number[]] = [[], []];
  const timeChampion = async () => champion !== null && championMs.push(await time(champion));
  const timeChallenger = async () => challengerMs.push(await time(challenger));
  for (let i = 0; i < WARM_UPS; i++) {
    await timeChampion();
    await timeChallenger();
  }
  championMs.length = challengerMs.length = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await timeChampion();
    await timeChallenger();
    await timeChallenger();
    await timeChampion();
  }
  const [before, now] = [Float64Array.from(championMs), Float64Array.from(challengerMs)];
  return {
    challengerMs: median(now),
    challengerP95Ms: quantile(now.toSorted(), 0.95),
    champion: champion && { ms: median(before), ...ratioOfMedians(now, before, { seed }) },
    batches: now.length,
    batchRows: challenger.features.rows,
  };
}
