import { describe, expect, it } from "vitest";
import type { PreparedTable } from "../../ports/tables.ts";
import { openFiles } from "./open-files.fixture.ts";

const days = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
const people = ["anna", "ben", "cleo"];

const source = ["who,day", ...days.flatMap((day) => people.map((who) => `${who},${day}`))].join("\n");
/** An order a day; amounts that look like chance, so that no two are the same. */
const orders = [
  "id,who,at,amount,note",
  ...days.flatMap((day, i) => people.map((who, j) => `${i}-${j},${who},${day},${((i * 37 + j * 11) % 101) / 7},`)),
].join("\n");

const field = (name: string, type: string) => ({ name, type });
const table = {
  name: "orders",
  sources: [{ path: "orders.csv" }],
  schema: { fields: [field("id", "string"), field("who", "string"), field("at", "date"), field("amount", "number")] },
  availableAt: "at",
};

interface Prepared {
  readonly sql: string;
  readonly tables?: readonly object[];
  readonly time?: string | null;
  readonly key?: readonly string[];
  readonly contents?: Readonly<Record<string, string>>;
}

async function prepared({
  sql,
  tables = [table],
  time = "day",
  key = [],
  contents = { orders },
}: Prepared): Promise<PreparedTable> {
  const manifest = { prepare: sql, tables };
  const opened = await openFiles({ "source.csv": source }, { manifest, tables: contents });
  expect(opened.findings).toEqual([]);
  return opened.prepare({ sql, target: "who", time, key });
}

const joined = (condition: string, value = "sum(o.amount)") =>
  `SELECT s.who, s.day, x.f FROM source s LEFT JOIN (
     SELECT s.who, s.day, ${value} AS f FROM source s JOIN orders o ON o.who = s.who AND ${condition} GROUP BY ALL
   ) x USING (who, day)`;

async function ahead(request: Prepared, thorough = false): Promise<readonly string[]> {
  const { columns } = await (await prepared(request)).futureReads(["f"], thorough);
  return columns.map(({ column }) => column);
}

describe("the order of rows", () => {
  const latest = "SELECT s.*, o.amount AS f FROM source s ASOF LEFT JOIN orders o ON o.who = s.who AND o.at <= s.day";
  const twice = `${orders}\nlate,ben,2026-01-05,777,`;
  const unordered = async (request: Prepared) => (await (await prepared(request)).futureReads(["f"], false)).unordered;

  it("tells a join that takes either of two rows of one key and time", async () => {
    const at = Date.UTC(2026, 0, 5);
    expect(await unordered({ sql: latest, contents: { orders: twice } })).toEqual([
      { column: "f", table: "orders", availableAt: "at", rows: 1, at },
    ]);
    expect(await unordered({ sql: latest })).toEqual([]);
  });

  it("does not matter where the SQL says which row counts, or all do", async () => {
    const one = `(FROM orders QUALIFY row_number() OVER (PARTITION BY who, "at" ORDER BY id DESC) = 1)`;
    for (const sql of [latest.replace("JOIN orders", `JOIN ${one}`), joined("o.at <= s.day", "sum(o.amount * 0.1)")])
      expect(await unordered({ sql, contents: { orders: twice } })).toEqual([]);
  });

  it("gives the same values for the same files, and leaves the rows as they were", async () => {
    const values = async (contents: string) => {
      const rows = await prepared({ sql: latest, contents: { orders: contents } });
      const before = await rows.column("f");
      await rows.futureReads(["f"], true);
      expect(await rows.column("f")).toEqual(before);
      return before;
    };
    const first = await values(twice);
    expect(await values(twice)).toEqual(first);
  });
});

describe("futureReads", () => {
  it.each<[what: string, sql: string]>([
    ["up to the day of the row", joined("o.at <= s.day")],
    ["before the day of the row", joined("o.at < s.day")],
    [
      "the newest one",
      "SELECT s.*, o.amount AS f FROM source s ASOF LEFT JOIN orders o ON o.who = s.who AND o.at <= s.day",
    ],
    [
      "the newest one, of each instant the one with the largest id",
      `SELECT s.*, o.amount AS f FROM source s ASOF LEFT JOIN
         (FROM orders QUALIFY row_number() OVER (PARTITION BY who, "at" ORDER BY id DESC) = 1) o ON o.who = s.who AND o.at <= s.day`,
    ],
    [
      "a sum of many doubles, whose last bits depend on the order of its rows",
      "SELECT s.*, (SELECT sum(amount * 0.1) FROM orders o WHERE o.at <= s.day) AS f FROM source s",
    ],
    [
      "where only the target looks ahead",
      `SELECT *, (SELECT max(amount) FROM orders) AS y FROM (${joined("o.at <= s.day")})`,
    ],
    [
      "where rows are chosen by the future",
      `${joined("o.at <= s.day")} WHERE s.day + INTERVAL 3 DAY <= (SELECT max(o.at) FROM orders o)`,
    ],
    ["that has no rows of further tables", "SELECT *, length(who) AS f FROM source"],
  ])("finds nothing in what was known: %s", async (_what, sql) => {
    expect(await ahead({ sql })).toEqual([]);
    expect(await ahead({ sql }, true)).toEqual([]);
  });

  it.each<[what: string, sql: string]>([
    ["a day ahead", joined("o.at <= s.day + INTERVAL 1 DAY")],
    ["all there is", joined("true")],
    ["a count", joined("o.at <= s.day + INTERVAL 1 DAY", "count(*)")],
    [
      "whether there is one",
      "SELECT s.*, EXISTS (FROM orders o WHERE o.who = s.who AND o.at > s.day) AS f FROM source s",
    ],
    [
      "the next one",
      "SELECT s.*, o.amount AS f FROM source s ASOF LEFT JOIN orders o ON o.who = s.who AND o.at > s.day",
    ],
    ["a mean over the whole table", "SELECT s.*, (SELECT avg(amount) FROM orders) AS f FROM source s"],
    [
      "through a window over the joined rows",
      "SELECT s.*, lead(o.amount) OVER (PARTITION BY s.who ORDER BY s.day) AS f FROM source s LEFT JOIN orders o ON o.who = s.who AND o.at = s.day",
    ],
  ])("finds a look ahead: %s", async (_what, sql) => {
    expect(await ahead({ sql })).toEqual(["f"]);
    expect(await ahead({ sql }, true)).toEqual(["f"]);
  });

  const visits = {
    name: "visits",
    sources: [{ path: "visits.csv" }],
    schema: { fields: [field("who", "string"), field("seen", "datetime"), field("pages", "number")] },
    availableAt: "seen",
  };
  const seenOn = (times: readonly string[]) =>
    ["who,seen,pages", ...times.flatMap((seen, i) => people.map((who, j) => `${who},${seen},${i * 7 + j}`))].join("\n");
  const visited = (condition: string) =>
    `SELECT s.who, s.day, (SELECT sum(v.pages) FROM visits v WHERE v.who = s.who AND ${condition}) AS f FROM source s`;
  const both = (seen: readonly string[], condition: string, thorough = false) =>
    ahead({ sql: visited(condition), tables: [table, visits], contents: { orders, visits: seenOn(seen) } }, thorough);
  const dayAhead = "v.seen <= s.day + INTERVAL 1 DAY";

  it.each<[what: string, seen: string[], condition: string]>([
    ["in a table that ends long before another", ["2026-01-02", "2026-01-04", "2026-01-06"], dayAhead],
    ["in a table with few rows, far apart", ["2026-01-05", "2026-01-17", "2026-02-01"], dayAhead],
    [
      "of an hour, where few rows lie as near",
      ["2026-01-05T13:00", "2026-01-17T00:20", "2026-02-01T08:00"],
      "v.seen <= s.day + INTERVAL 1 HOUR",
    ],
    ["in a table that begins near the end", ["2026-02-08", "2026-02-09"], dayAhead],
    ["in a table with a row after the last one only", ["2026-01-01", "2026-02-10"], dayAhead],
    [
      "at rows whose time is missing, where no other comes after the last row",
      ["2026-01-01", ""],
      "(v.seen IS NULL OR v.seen <= s.day)",
    ],
    ["at rows of which none has a time", ["", ""], "true"],
  ])("finds a look ahead %s", async (_what, seen, condition) => {
    expect(await both(seen, condition)).toEqual(["f"]);
    expect(await both(seen, condition, true)).toEqual(["f"]);
  });

  it.each<[what: string, seen: string[], condition: string]>([
    ["beside older ones", ["2025-01-01", ""], "(v.seen IS NULL OR v.seen <= s.day)"],
    ["that are counted among all", ["2025-01-01", ""], "true"],
    ["of which all are taken", ["", ""], "true"],
    ["for which there is another time", ["2025-01-01", ""], "coalesce(v.seen, DATE '2025-06-01') <= s.day"],
    ["that a comparison turned round lets through", ["2025-01-01", ""], "(v.seen > s.day) IS NOT TRUE"],
  ])(
    "finds rows whose time is missing, where no row of any table comes after the last one: %s",
    async (_, seen, condition) => {
      const request = { sql: visited(condition), tables: [visits], contents: { visits: seenOn(seen) } };

      expect(await ahead(request)).toEqual(["f"]);
      expect(await ahead(request, true)).toEqual(["f"]);
    },
  );

  it.each<[what: string, seen: string[], condition: string]>([
    ["in a table that ends long before another", ["2026-01-02", "2026-01-04", "2026-01-06"], "v.seen <= s.day"],
    ["with rows whose time is missing", ["2026-01-01", "", "2026-01-30"], "v.seen <= s.day"],
    ["with ties", ["2026-01-04", "2026-01-04", "2026-01-04T00:00:00Z"], "v.seen <= s.day"],
    ["with a row an instant later", ["2026-01-04T00:00:00.001", "2026-01-09"], "v.seen <= s.day"],
    ["after all rows of the model", ["2027-01-01", "2027-01-02"], "v.seen <= s.day"],
    ["before all rows of the model", ["2025-01-01", "2025-01-02"], "true"],
  ])("finds nothing %s", async (_what, seen, condition) => {
    expect(await both(seen, condition)).toEqual([]);
    expect(await both(seen, condition, true)).toEqual([]);
  });

  it("tells column, instant and rows, and the same each time", async () => {
    const made = await prepared({ sql: joined("o.at <= s.day + INTERVAL 1 DAY") });

    const { columns, compared } = await made.futureReads(["f"], false);

    expect(columns).toEqual([{ column: "f", reads: "tables", at: Date.UTC(2026, 0, 20), rows: 3 }]);
    expect(compared).toBeGreaterThan(150);
    expect(await made.futureReads(["f"], false)).toEqual({ columns, compared, unordered: [] });
    expect((await made.column("f")).kind).toBe("number");
  });

  it("by key, where rows of the result are not rows of the source", async () => {
    const sql = (until: string) =>
      `SELECT s.who, s.day, sum(o.amount) AS f FROM source s JOIN orders o ON o.who = s.who AND o.at <= ${until} GROUP BY ALL`;

    expect(await ahead({ sql: sql("s.day"), key: ["who"] })).toEqual([]);
    expect(await ahead({ sql: sql("s.day + INTERVAL 1 DAY"), key: ["who"] })).toEqual(["f"]);
  });

  it("looks only at the columns that it is asked for, at tables that say when, and at rows that have a time", async () => {
    const sql = joined("true");
    const made = await prepared({ sql });

    expect((await made.futureReads([], false)).columns).toEqual([]);
    expect(await ahead({ sql, tables: [{ ...table, availableAt: undefined }] })).toEqual([]);
    expect(await (await prepared({ sql, time: null })).futureReads(["f"], true)).toEqual({
      columns: [],
      compared: 0,
      unordered: [],
    });
  });

  it("compares nothing, and says so, where the statement fails or gives no rows without the future", async () => {
    const fails = "SELECT s.*, CAST((SELECT min(id) FROM orders WHERE at > '2026-02-08') AS DATE) AS f FROM source s";
    const needs =
      "SELECT s.*, o.amount AS f FROM source s JOIN orders o ON o.who = s.who AND o.at > s.day + INTERVAL 60 DAY";
    const made = await prepared({ sql: needs });

    expect(await made.futureReads(["f"], true)).toEqual({ columns: [], compared: 0, unordered: [] });
    await expect(prepared({ sql: fails })).rejects.toMatchObject({ code: "prepare-invalid" });
  });
});
