import type { FeatureMatrix } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { askTogether } from "./ask-together.ts";

const matrix = (...values: number[]): FeatureMatrix => ({
  rows: values.length,
  columns: [{ kind: "numeric", name: "x", values: Float32Array.from(values) }],
});

/** Two numbers a row, which tell what was asked. */
function doubling() {
  const calls: number[] = [];
  const predict = async ({ rows, columns }: FeatureMatrix) => {
    calls.push(rows);
    const [column] = columns;
    const values = column!.kind === "numeric" ? [...column!.values] : [];
    return Float64Array.from(values.flatMap((value) => [value, 2 * value]));
  };
  return { calls, predictor: { predict } };
}

describe("several who ask one model", () => {
  it("are answered by one call, each with its own rows, whenever they come to ask", async () => {
    const { calls, predictor } = doubling();

    const found = await askTogether<[Float64Array, string, number]>(predictor, [
      async ({ predict }) => predict(matrix(1, 2)),
      async ({ predict }) => {
        await new Promise((done) => setTimeout(done, 20));
        return (await predict(matrix(3))).join(" ");
      },
      async () => 7,
    ]);

    expect(calls).toEqual([3]);
    expect([[...found[0]], found[1], found[2]]).toEqual([[1, 2, 2, 4], "3 6", 7]);
  });

  it("ask again together, and one goes on alone where the others have ended", async () => {
    const { calls, predictor } = doubling();
    const thrice = async ({ predict }: typeof predictor) => {
      for (const rows of [[1], [2, 3], [4, 5, 6]]) await predict(matrix(...rows));
    };
    const twice = async ({ predict }: typeof predictor) => {
      for (const rows of [[1], [2]]) await predict(matrix(...rows));
    };

    await askTogether<[void, void]>(predictor, [(each) => thrice(each as never), (each) => twice(each as never)]);

    expect(calls).toEqual([2, 3, 3]);
  });

  it("all hear of a failure", async () => {
    const predict = async () => {
      throw new Error("out of order");
    };
    const ask = async (each: { predict(features: FeatureMatrix): unknown }) => each.predict(matrix(1));

    await expect(askTogether({ predict }, [ask, ask])).rejects.toThrow("out of order");
  });
});
