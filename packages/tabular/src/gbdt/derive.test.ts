import { expect, it } from "vitest";
import { gbdtDefaults } from "../made-up.fixture.ts";
import { seededRandom } from "../random.ts";
import { workbench } from "./workbench.ts";

const LOGISTIC = 1;

/** Where the exponential changes its way: 0, 2^-28, ln 2 / 2, 1, 3 ln 2 / 2, odd halves of ln 2, and the limit of scores. */
const turns = [0, 1 / 0x1000_0000, 0.34657359, 1, 1.0397207, 1.7328679, 2.4260151, 29.9, 30, 31, 1e300, Infinity];

function scoresToTry(): Float64Array {
  const random = seededRandom(5);
  const unit = (): number => random() / 4_294_967_296;
  const near = turns.flatMap((turn) => Array.from({ length: 500 }, () => turn * (1 + (unit() - 0.5) * 1e-7)));
  const far = Array.from({ length: 50_000 }, () => 64 * unit() - 32);
  const small = Array.from({ length: 10_000 }, () => unit() / 10 / (1 + 1e9 * unit() * unit() * unit()));
  const all = [...turns, ...near, ...far, ...small];
  // An odd number: the last row is alone.
  return Float64Array.from([...all, ...all.map((score) => -score), 0.5]);
}

it.each([false, true])("derives the logistic loss by Math.exp, to the last bit; weighted: %s", (isWeighted) => {
  const scores = scoresToTry();
  const target = scores.map((_, row) => row % 2);
  const weights = scores.map((_, row) => (row % 7) / 3);
  const features = { rows: scores.length, columns: [] };
  const train = { features, target, ...(isWeighted && { weights }) };
  const bench = workbench({ train, further: features, outputs: 1 }, gbdtDefaults, gbdtDefaults);
  bench.scores[0]!.set(scores);

  bench.kernels.derive(LOGISTIC, 0, 0);

  const expected = new Float64Array(2 * scores.length);
  for (const [row, score] of scores.entries()) {
    const probability = 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, score))));
    const weight = isWeighted ? weights[row]! : 1;
    expected.set([weight * (probability - target[row]!), weight * probability * (1 - probability)], 2 * row);
  }
  const different = scores.findIndex(
    (_, row) => bench.pairs[2 * row] !== expected[2 * row] || bench.pairs[2 * row + 1] !== expected[2 * row + 1],
  );
  expect(scores[different]).toBeUndefined();
});
