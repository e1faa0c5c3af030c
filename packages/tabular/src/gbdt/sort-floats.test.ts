import fc from "fast-check";
import { expect, it } from "vitest";
import { sortFloats } from "./sort-floats.ts";

it("sorts as Float32Array does", () => {
  fc.assert(
    fc.property(fc.float32Array({ noNaN: true, maxLength: 300 }), (values) => {
      expect(sortFloats(values.slice())).toEqual(values.toSorted());
    }),
    { seed: 1 },
  );
});

it.each([[[]], [[0, -0, -1, 1, -Infinity, Infinity, -1e-45, 1e-45]]])("sorts %j", (values) => {
  expect(sortFloats(Float32Array.from(values))).toEqual(Float32Array.from(values).toSorted());
});
