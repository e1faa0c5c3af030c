import type { FeatureColumn } from "@refit/core/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categorical, numeric } from "../made-up.fixture.ts";
import { shapeColumn } from "./bin-features.ts";
import { binRows } from "./bin-rows.ts";
import { openKernels } from "./kernels/load.ts";

describe("binRows", () => {
  const numbers = numeric("a", [1, 2, NaN, 3]);
  const shape = shapeColumn(numbers, 255);

  /** Each row's bin, read back from every fourth byte. */
  function bin(column: FeatureColumn, like = shapeColumn(column, 255)) {
    const rows = column.kind === "numeric" ? column.values.length : column.codes.length;
    const opened = openKernels();
    opened.kernels.arrange(rows, 1, 3, 1, 2, 1, 0);
    opened.kernels.openHistograms(1);
    const byte = opened.kernels.bins() + 2;
    const varies = binRows({ ...opened, block: 2 }, column, like, byte);
    const bytes = new Uint8Array(opened.memory.buffer, byte, 4 * rows);
    return { bins: Array.from({ length: rows }, (_, row) => bytes[4 * row]!), varies };
  }

  it("numbers values from 1 by their edges and keeps 0 for missing", () => {
    expect(shape.size).toBe(4);
    expect(bin(numbers)).toEqual({ bins: [1, 2, 0, 3], varies: true });
  });

  it("finds the bin that a search from the first edge on finds", () => {
    const values = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 20 }), (list, maxBins) => {
        const column = numeric("a", list);
        const like = shapeColumn(column, maxBins);
        const edges = like.kind === "numeric" ? [...like.edges] : [];

        const expected = Array.from(
          Float32Array.from(list),
          (value) => 1 + edges.filter((edge) => edge < value).length,
        );
        expect(bin(column, like).bins).toEqual(expected);
      }),
      { seed: 1 },
    );
  });

  it("takes category codes as they are", () => {
    expect(shapeColumn(categorical("c", 2, [0, 1]), 255)).toEqual({ kind: "categorical", size: 4 });
    expect(bin(categorical("c", 2, [0, 1, 2, 3]))).toEqual({ bins: [0, 1, 2, 3], varies: true });
  });

  it("puts further rows into the same bins", () => {
    expect(bin(numeric("a", [-9, 2, 2.5, 99, NaN]), shape).bins).toEqual([1, 2, 2, 3, 0]);
  });

  it("tells whether more than one bin is in use", () => {
    expect(bin(numeric("a", [4, 4])).varies).toBe(false);
    expect(bin(numeric("a", [NaN, NaN])).varies).toBe(false);
    expect(bin(numeric("a", [4, NaN])).varies).toBe(true);
    expect(bin(categorical("c", 2, [3, 3])).varies).toBe(false);
  });
});
