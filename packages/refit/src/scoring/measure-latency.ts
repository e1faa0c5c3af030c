import { median, ratioOfMedians, type FeatureMatrix, type LatencyFacts, type Predictor } from "@refit/core";
import type { Clock } from "../ports.ts";

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
 */
export function measureLatency(clock: Clock, champion: Timed, challenger: Timed, seed: number): LatencyFacts {
  const times = { champion: new Float64Array(2 * ROUNDS), challenger: new Float64Array(2 * ROUNDS) };
  const time = ({ predictor, features }: Timed) => {
    const started = clock.elapsed();
    predictor.predict(features);
    return clock.elapsed() - started;
  };
  for (let i = 0; i < WARM_UPS; i++) {
    time(champion);
    time(challenger);
  }
  for (let round = 0; round < ROUNDS; round++) {
    times.champion[2 * round] = time(champion);
    times.challenger[2 * round] = time(challenger);
    times.challenger[2 * round + 1] = time(challenger);
    times.champion[2 * round + 1] = time(champion);
  }
  return {
    ...ratioOfMedians(times.challenger, times.champion, { seed }),
    championMs: median(times.champion),
    challengerMs: median(times.challenger),
    batches: 2 * ROUNDS,
    batchRows: challenger.features.rows,
  };
}
