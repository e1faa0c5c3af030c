import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { unit } from "../made-up.fixture.ts";
import { blend } from "./blend.ts";
import { meanOf, rowLosses } from "./row-losses.ts";

const ROWS = 400;
const random = seededRandom(3);
const noise = (size: number) => Float64Array.from({ length: ROWS }, () => size * (unit(random) - 0.5));
const target = noise(2);
/** Answers that miss by an error of their own. */
const off = (size: number) => {
  const error = noise(size);
  return target.map((value, row) => value + error[row]!);
};

describe("a blend", () => {
  it("is the best alone where the others know nothing besides", () => {
    const good = off(1);
    expect(blend("regression", { target }, [off(6), good, good.map((value) => value * 1.001)], 3)).toEqual([
      { of: 1, share: 1 },
    ]);
  });

  it("mixes those that miss by errors of their own, in hundredths that add up to 1", () => {
    const shares = blend("regression", { target }, [off(1), off(1), off(1), off(1)], 3);

    expect(shares).toHaveLength(3);
    expect(Math.round(100 * shares.reduce((sum, { share }) => sum + share, 0))).toBe(100);
    expect(new Set(shares.map(({ of }) => of)).size).toBe(3);
  });

  it("has no more models than are allowed", () => {
    const answers = [off(1), off(1), off(1)];
    expect(blend("regression", { target }, answers, 1)).toHaveLength(1);
    expect(blend("regression", { target }, answers, 2)).toHaveLength(2);
  });

  it("leaves out a model that helps by chance alone", () => {
    // Half of the rows, at random, a hair better and the other half a hair worse.
    const first = off(1);
    const second = first.map((value) => value + (random() % 2 === 0 ? 1e-3 : -1e-3));
    expect(blend("regression", { target }, [first, second], 3)).toHaveLength(1);
  });

  it("is never worse on its rows than the best alone, whatever the answers are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.nat(1), { minLength: 30, maxLength: 30 }),
        fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 30, maxLength: 30 }),
        (lists, labels, rowWeights) => {
          const answers = lists.map((list) => Float64Array.from(list));
          const rows = { target: Float64Array.from(labels), weights: Float64Array.from(rowWeights) };
          const lossOf = (each: Float64Array) => meanOf(rowLosses("binary", rows.target, each), rows.weights);

          const shares = blend("binary", rows, answers, 3);
          const mixed = rows.target.map((_, row) =>
            shares.reduce((sum, { of, share }) => sum + share * answers[of]![row]!, 0),
          );

          // Shares are rounded to hundredths.
          expect(lossOf(mixed)).toBeLessThanOrEqual(Math.min(...answers.map(lossOf)) + 0.02);
          expect(shares.every(({ share }) => share > 0)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});
