import { describe, expect, it } from "vitest";
import { learners, treeImportance } from "../index.ts";
import { gbdtDefaults, mixedRows, regression } from "../made-up.fixture.ts";
import { readGbdt } from "./model-file.ts";

const rows = mixedRows("regression", 500, 3);

describe("importance of columns to trees", () => {
  it("counts splits, and gains add up to what the squared error fell by", async () => {
    const settings = { ...gbdtDefaults, trees: 1, learningRate: 1, l2: 0, minCategoryRows: 1 };
    const files = await learners.gbdt.fit(regression(settings, rows));
    const predicted = (await learners.gbdt.load(files)).predict(rows.features);
    const mean = rows.target.reduce((sum, value) => sum + value, 0) / rows.target.length;
    const error = (of: (row: number) => number): number =>
      rows.target.reduce((sum, value, row) => sum + (value - of(row)) * (value - of(row)), 0);

    const found = treeImportance(files, rows.features);

    const { column: columns } = readGbdt(files).rounds[0]![0]!;
    expect(found.map(({ name, splits }) => [name, splits])).toEqual(
      ["a", "b", "c", "d"].map((name, i) => [name, columns.filter((column) => column === i).length]),
    );
    const gain = found.reduce((sum, each) => sum + each.gain, 0);
    expect(gain / (error(() => mean) - error((row) => predicted[row]!))).toBeCloseTo(1, 6);
  });

  it("is zero for a column that cannot matter, and for rows that no split parts", async () => {
    const files = await learners.gbdt.fit(regression({ ...gbdtDefaults, trees: 5 }, rows));
    const oneRow = mixedRows("regression", 1, 4);

    expect(treeImportance(files, oneRow.features).every(({ gain }) => gain === 0)).toBe(true);
    expect(treeImportance(files, rows.features).every(({ gain, splits }) => gain > 0 === splits > 0)).toBe(true);
  });
});
