import { expect, it } from "vitest";
import { openFiles } from "./open-files.fixture.ts";

it("rows that one row was made into lie by all that they are, in whichever order the SQL gives them", async () => {
  const source = await openFiles({ "a.csv": "x,y\n1,a\n2,b\n" });
  const valuesOf = async (items: string) => {
    const sql = `SELECT x, unnest([${items}]) AS u FROM source`;
    const table = await source.prepare({ sql, target: "x", time: null, key: [] });
    const columns = await Promise.all(["x", "u"].map((name) => table.column(name)));
    return columns.map((column) => column.kind === "number" && [...column.values]);
  };
  const [x, u] = await valuesOf("3, 1, 2");

  expect(u).toEqual([1, 2, 3, 1, 2, 3]);
  expect(await valuesOf("2, 3, 1")).toEqual([x, u]);
});
