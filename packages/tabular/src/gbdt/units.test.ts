import { expect, it } from "vitest";
import { writeUnits } from "./units.ts";

const no = 0xffff_ffff;

it.each<[what: string, threads: number, columns: number[], units: number[]]>([
  ["columns of one word together", 1, [0, 1, 2, 3], [0, 1, 2, 3]],
  ["each word by itself", 1, [1, 3, 4], [1, 3, no, no, 4, no, no, no]],
  ["halves of the words that do not go round", 2, [0, 1, 2, 3], [0, 1, no, no, 2, 3, no, no]],
  ["whole words that do", 2, [0, 1, 2, 4, 5, 9], [0, 1, 2, no, 4, 5, no, no, 9, no, no, no]],
  ["nothing", 2, [], []],
])("counts %s", (_what, threads, columns, units) => {
  const into = new Uint32Array(4 * Math.max(1, columns.length));

  const count = writeUnits(Uint32Array.from(columns), into, threads);

  expect([...into.subarray(0, 4 * count)]).toEqual(units);
});
