import { randomBits } from "../statistics/resampling/random-bits.ts";
import type { FeatureMatrix, Predictor } from "./learner.ts";
import { pickColumn } from "./pick-features.ts";

/**
 * How far the answers move, on average, when the values of some columns change places among the rows (Breiman 2001, without
 * the labels): the same for every learner. 0: the model does not look at them.
 *
 * @param groups columns of the matrix that move together, such as the parts of one date, by name.
 */
export function shuffleImportance(
  predictor: Predictor,
  features: FeatureMatrix,
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  seed: number,
): ReadonlyMap<string, number> {
  if (features.rows === 0) return new Map();
  const answers = predictor.predict(features);
  const order = shuffled(features.rows, seed);
  return new Map(
    [...groups].map(([group, members]) => {
      const columns = features.columns.map((column) => (members.has(column.name) ? pickColumn(column, order) : column));
      const moved = predictor.predict({ ...features, columns });
      const mean = moved.reduce((sum, answer, i) => sum + Math.abs(answer - answers[i]!), 0) / answers.length;
      return [group, Number.isFinite(mean) ? mean : 0];
    }),
  );
}

/** The numbers from 0 to `count` - 1 in a random order (Fisher and Yates). */
export function shuffled(count: number, seed: number, stream = 0): Uint32Array {
  const next = randomBits(seed, stream);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor((next() / 4_294_967_296) * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
