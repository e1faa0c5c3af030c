import { expect, it } from "vitest";
import { writeUnits } from "./units.ts";

const no = 0xffff_ffff;

it.each<[what: string, columns: number[], units: number[]]>([
  ["columns of one word together", [0, 1, 2, 3], [0, 1, 2, 3]],
  ["each word by itself", [1, 3, 4], [1, 3, no, no, 4, no, no, no]],
  ["nothing", [], []],
])("counts %s", (_what, columns, units) => {
  const into = new Uint32Array(4 * Math.max(1, columns.length));

  const count = writeUnits(Uint32Array.from(columns), into);

  expect([...into.subarray(0, 4 * count)]).toEqual(units);
});
