import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { openFiles } from "./open-files.fixture.ts";

const header = "id,day,customer,spent,label";
const lines = Array.from(
  { length: 120 },
  (_, i) => `${i},2026-01-${String((i % 28) + 1).padStart(2, "0")},c${i % 50},${(i * 7) % 31}.5,${i % 2}`,
);
const rows = `${[header, ...lines].join("\n")}\n`;
const request = { target: "label", time: null, key: [] };

const open = (options: Parameters<typeof openFiles>[1] = {}) =>
  openFiles({ "rows.csv": rows }, { toPrepare: true, ...options });

async function isRowWise(sql: string | null, features: readonly string[], wanted: object = {}): Promise<boolean> {
  const table = await (await open()).prepare({ ...request, ...wanted, sql });
  return table.isRowWise(features);
}

describe("whether prepare is row-wise", () => {
  it.each<[what: string, sql: string | null, features: string[], expected: boolean]>([
    ["nothing to prepare", null, ["spent"], true],
    ["values of the row", "SELECT *, spent * 2 AS twice, upper(customer) AS who FROM source", ["twice", "who"], true],
    ["some rows only", "SELECT * FROM source WHERE spent > 3", ["spent"], true],
    ["a CTE", "WITH s AS (SELECT * FROM source) SELECT *, spent + 1 AS more FROM s", ["more"], true],
    ["a sum over all rows", "SELECT *, spent / sum(spent) OVER () AS share FROM source", ["share"], false],
    ["a mean of the rows", "SELECT *, spent - (SELECT avg(spent) FROM source) AS off FROM source", ["off"], false],
    ["the row before", "SELECT *, lag(spent) OVER (ORDER BY id) AS before FROM source", ["before"], false],
    [
      "what few rows share",
      "SELECT *, count(*) OVER (PARTITION BY customer) AS visits FROM source",
      ["spent", "visits"],
      false,
    ],
    ["several rows of one", "SELECT *, unnest([1, 2]) AS part FROM source", ["spent", "part"], false],
    ["a self join", "SELECT s.*, o.spent AS other FROM source s JOIN source o ON o.id = s.id + 1", ["other"], false],
    [
      "a column that is not a feature",
      "SELECT *, sum(spent) OVER () AS total FROM source",
      ["spent", "customer"],
      true,
    ],
    [
      "an answer that lies in other rows",
      "SELECT * EXCLUDE (label), lead(label) OVER (ORDER BY id) AS label FROM source",
      ["spent"],
      true,
    ],
    ["what fails for one row", "SELECT *, 1 / nullif(count(*) OVER () - 1, 0) AS n FROM source", ["n"], false],
  ])("%s: %#", async (_what, sql, features, expected) => {
    expect(await isRowWise(sql, features)).toBe(expected);
  });

  it("is not where the result is not made of rows of the source", async () => {
    const sql = "SELECT customer AS id, avg(spent) AS spent, max(label) AS label FROM source GROUP BY customer";

    expect(await isRowWise(sql, ["spent"], { key: ["id"] })).toBe(false);
  });

  it("leaves the rows as they were, also where some were left out", async () => {
    const twice = `${header}\n${[...lines, "7,2026-02-01,c7,99.5,1"].join("\n")}\n`;
    const source = await openFiles({ "rows.csv": twice }, { toPrepare: true });
    const wanted = { ...request, sql: "SELECT *, spent + 1 AS more FROM source", key: ["id"], unique: ["id"] };
    const table = await source.prepare(wanted);
    expect(table.repeatedKeys).toEqual({ copies: 0, corrected: 1 });

    expect(await table.isRowWise(["more"])).toBe(true);
    const again = await source.prepare(wanted);

    expect(again.rows).toBe(120);
    expect((await again.column("more")).kind).toBe("number");
  });

  it("is where joined tables give each row its own values, and they stay as they are", async () => {
    const tables = [
      {
        name: "prices",
        sources: [{ path: "p/*.csv" }],
        schema: {
          fields: [
            { name: "customer", type: "string" },
            { name: "price", type: "number" },
          ],
        },
      },
    ];
    const prices = `customer,price\n${Array.from({ length: 50 }, (_, i) => `c${i},${i}.25`).join("\n")}\n`;
    const source = await open({ manifest: { tables }, tables: { prices } });
    const sql = "SELECT s.*, p.price FROM source s LEFT JOIN prices p USING (customer)";

    expect(await (await source.prepare({ ...request, sql })).isRowWise(["price"])).toBe(true);
  });

  it("is found of expressions over one row, and of none that reads the others", async () => {
    const own = fc.constantFrom("spent", "id", "length(customer)", "day::VARCHAR", "spent * id", "coalesce(spent, 0)");
    const others = fc.constantFrom(
      "sum(spent) OVER (PARTITION BY day)",
      "rank() OVER (ORDER BY spent)",
      "first_value(id) OVER (ORDER BY id DESC)",
      "(SELECT count(*) FROM source)",
    );
    const source = await open();
    await fc.assert(
      fc.asyncProperty(fc.array(own, { maxLength: 3 }), fc.option(others), async (plain, other) => {
        const parts = [...plain, ...(other === null ? [] : [other])].map((sql, i) => `${sql} AS f${i}`);
        const sql = `SELECT ${["*", ...parts].join(", ")} FROM source`;
        const table = await source.prepare({ ...request, sql });
        expect(await table.isRowWise(["spent", ...parts.map((_, i) => `f${i}`)])).toBe(other === null);
      }),
      { numRuns: 12 },
    );
  });
});
