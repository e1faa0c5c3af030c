import { randomBits } from "../statistics/resampling/random-bits.ts";
import type { FeatureMatrix, Predictor } from "./learner.ts";
import { pickColumn, pickInputs, stackFeatures } from "./pick-features.ts";

/** Cells of the matrix that are answered in one call. A program is started for each, so that they are few. */
const mostCells = 2_000_000;

/**
 * How far the answers move, on average, when the values of some columns change places among the rows (Breiman 2001, without
 * the labels): the same for every learner. 0: the model does not look at them.
 *
 * @param groups columns of the matrix that move together, such as the parts of one date, by the name of their input.
 */
export async function shuffleImportance(
  predictor: Predictor,
  features: FeatureMatrix,
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  seed: number,
): Promise<ReadonlyMap<string, number>> {
  const importance = new Map([...groups.keys()].map((name) => [name, 0]));
  await visitShuffled(predictor, features, { groups, seed }, (name, answers, moved) => {
    importance.set(name, meanMove(answers, moved));
  });
  return importance;
}

/** How many groups are answered in one call. @param rows of the matrix, of which each group gets a copy. */
export function visitedAtOnce({ rows, columns }: { readonly rows: number; readonly columns: number }): number {
  return Math.max(1, Math.floor(mostCells / (rows * Math.max(1, columns))));
}

/** What changes places, and how. */
interface Shuffling {
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  readonly seed: number;
}

/**
 * Ask the model again with the values of some columns in other rows, one group after the other. Groups that it says it does
 * not read are left out: each costs as much as all columns, and trees on ten thousand of them read a few hundred.
 *
 * @returns the answers to the rows as they are.
 * @param visit told the name of a group, the answers to the rows as they are, and those with the group's values in other rows. It must
 * copy what it keeps of these.
 */
export async function visitShuffled(
  predictor: Pick<Predictor, "predict" | "reads">,
  features: FeatureMatrix,
  { groups, seed }: Shuffling,
  visit: (name: string, answers: Float64Array, moved: Float64Array) => void,
): Promise<Float64Array> {
  const { rows } = features;
  if (rows === 0) return new Float64Array();
  const order = shuffled(rows, seed);
  const atOnce = visitedAtOnce({ rows, columns: features.columns.length });
  const { reads } = predictor;
  const all = [...groups].filter(([, members]) => reads === undefined || [...members].some((name) => reads.has(name)));
  // The rows as they are go with the first shuffled ones: a program that answers is started once less.
  const moved = (some: typeof all) =>
    some.map(([input, members]) => shuffledFeatures(features, order, { input, members }));
  const together = await predictor.predict(stackFeatures(features, ...moved(all.slice(0, atOnce))));
  const width = together.length / (1 + Math.min(atOnce, all.length));
  const answers = together.slice(0, width);
  for (let first = 0; first < all.length; first += atOnce) {
    const some = all.slice(first, first + atOnce);
    const shuffledAnswers =
      first === 0 ? together.subarray(width) : await predictor.predict(stackFeatures(...(moved(some) as Stack)));
    for (const [i, [name]] of some.entries()) {
      visit(name, answers, shuffledAnswers.subarray(i * width, (i + 1) * width));
    }
  }
  return answers;
}

type Stack = [FeatureMatrix, ...FeatureMatrix[]];

/** The matrix with the values of one input in another order. */
function shuffledFeatures(
  { rows, columns, inputs }: FeatureMatrix,
  order: Uint32Array,
  { input, members }: { readonly input: string; readonly members: ReadonlySet<string> },
): FeatureMatrix {
  return {
    rows,
    columns: columns.map((column) => (members.has(column.name) ? pickColumn(column, order) : column)),
    ...(inputs && { inputs: pickInputs(inputs, order, (name) => name === input) }),
  };
}

/** How far answers moved, on average; 0 where that is not a number. */
export function meanMove(answers: Float64Array, moved: Float64Array): number {
  const mean = moved.reduce((sum, answer, i) => sum + Math.abs(answer - answers[i]!), 0) / answers.length;
  return Number.isFinite(mean) ? mean : 0;
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
