import type { RefitError } from "@refit/core/errors";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import type { PreparedTable, SourceTable } from "../../ports/tables.ts";
import { openFiles } from "./open-files.fixture.ts";

const people = "id,age,city,joined,spent\n1,30,Bern,2020-01-03,1.5\n2,40,Rome,2020-01-01,2.5\n3,,Bern,2020-01-02,0\n";

const openPeople = (manifest: object = {}): Promise<SourceTable> => openFiles({ "people.csv": people }, { manifest });

const request = { sql: null, target: "age", time: null, key: [] };

async function texts(table: PreparedTable, name: string): Promise<unknown[]> {
  const column = await table.column(name);
  if (column.kind === "number") return [...column.values];
  return [...column.codes].map((code) => column.dictionary[code] ?? null);
}

async function failure(promise: Promise<unknown>): Promise<RefitError> {
  return promise.then(
    () => expect.fail("no error"),
    (error: RefitError) => error,
  );
}

describe("prepare", () => {
  it("gives the source as it is without SQL, and none of refit's own columns", async () => {
    const table = await (await openPeople()).prepare(request);

    expect(table.rows).toBe(3);
    expect(table.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "id integer",
      "age integer",
      "city string",
      "joined date",
      "spent number",
    ]);
    expect(table.targetInputs).toEqual([]);
  });

  it.each<[what: string, sql: string, columns: string[]]>([
    ["a star", "SELECT * FROM source", ["id", "age", "city", "joined", "spent"]],
    ["plain columns", "SELECT id, age FROM source", ["id", "age"]],
    ["a trailing semicolon and comments", "SELECT id, age -- two\nFROM source; -- end", ["id", "age"]],
    ["a CTE", "WITH old AS (SELECT * FROM source WHERE id > 1) SELECT age, id FROM old", ["age", "id"]],
    ["FROM first", "FROM source SELECT age", ["age"]],
    ["a window", "SELECT age, sum(spent) OVER (ORDER BY joined) AS total FROM source", ["age", "total"]],
    [
      "a union of stars",
      "SELECT * FROM source UNION ALL SELECT * FROM source",
      ["id", "age", "city", "joined", "spent"],
    ],
    ["hugeint and decimal", "SELECT age, 1::HUGEINT AS h, 1.5::DECIMAL(5,2) AS d FROM source", ["age", "h", "d"]],
    ["a range", "SELECT age, r FROM source, range(2) t(r)", ["age", "r"]],
  ])("runs %s", async (_what, sql, columns) => {
    const table = await (await openPeople()).prepare({ ...request, sql });

    expect(table.columns.map(({ name }) => name)).toEqual(columns);
  });

  it.each<[word: string, sql: string]>([
    ["at", "SELECT at.age FROM source at"],
    ["at", "SELECT s.age, at.id FROM source s JOIN source at USING (id)"],
    ["at", "SELECT age AS a, joined at FROM source"],
    ["AT", "WITH AT AS (SELECT * FROM source) SELECT * FROM AT"],
    ["asof", "SELECT s.age FROM source s JOIN source asof ON true"],
    ["order", "SELECT age FROM source order"],
    ["end", "SELECT end FROM source"],
  ])("says that a name is a word of SQL: %s", async (word, sql) => {
    const error = await failure((await openPeople()).prepare({ ...request, sql }));

    expect(error.code).toBe("prepare-invalid");
    expect(error.hint).toBe(`\`${word}\` is a word of DuckDB's SQL: choose another name, or put it in double quotes.`);
  });

  it("says nothing of words where they are in their place", async () => {
    const error = await failure((await openPeople()).prepare({ ...request, sql: "SELECT age FROM source ORDER BY )" }));

    expect(error.hint).not.toContain("word of DuckDB");
  });

  it.each<[what: string, sql: string, line: number | null, column: number | null, message: string]>([
    ["a syntax error", "SELECT age\nFRM source", 2, 5, "syntax error"],
    ["no statement", "", null, null, "expected one SELECT, found 0"],
    ["two statements", "SELECT age FROM source; SELECT 1", null, null, "found 2 statements"],
    ["another statement", "DROP TABLE refit_source", 1, 1, "only a SELECT"],
    ["an insert", "INSERT INTO refit_source SELECT * FROM refit_source", 1, 1, "only a SELECT"],
    ["random()", "SELECT age,\n  random() AS r FROM source", 2, 3, "random() gives another result"],
    ["now()", "SELECT age, now() AS t FROM source", 1, 13, "now() gives another result"],
    ["current_date", "SELECT age FROM source WHERE joined < current_date", 1, 39, "current_date gives another result"],
    ["age() of one time", "SELECT age(joined::TIMESTAMP) AS age FROM source", 1, 8, "age() gives another result"],
    ["ago()", "SELECT age FROM source WHERE joined < ago(INTERVAL 1 DAY)", 1, 39, "ago() gives another result"],
    ["a sample", "SELECT age FROM source USING SAMPLE 2", null, null, "sample"],
    ["a file", "SELECT age FROM source, 'people.csv'", 1, 25, 'no table "people.csv"'],
    ["read_csv", "SELECT age FROM source, read_csv('/etc/passwd')", 1, 25, "read_csv() is not allowed"],
    [
      "a file in a subquery",
      "SELECT age, (SELECT count(*) FROM read_text('/etc/hosts')) AS n FROM source",
      1,
      35,
      "read_text() is not allowed",
    ],
    ["query()", "SELECT age FROM source, query('SELECT 1')", 1, 25, "query() is not allowed"],
    ["the table below", "SELECT age FROM refit_source", 1, 17, 'no table "refit_source"'],
    ["DuckDB's own tables", "SELECT age FROM source, information_schema.tables", 1, 25, "no table"],
    ["a setting", "SELECT age, current_setting('temp_directory') AS d FROM source", 1, 13, "current_setting()"],
    ["a parameter", "SELECT age, $1 AS p FROM source", null, null, "parameters"],
    ["an unknown column", "SELECT age,\n       agee FROM source", 2, 8, 'Referenced column "agee" not found'],
    ["an unknown function", "SELECT frobnicate(age) AS age FROM source", 1, 8, "frobnicate does not exist"],
    [
      "two columns of a name",
      "SELECT age, id AS AGE FROM source",
      null,
      null,
      'two columns of the result are named "AGE"',
    ],
    ["a list", "SELECT age, [1, 2] AS l FROM source", null, null, 'the column "l" of the result is a INTEGER[]'],
    ["a cast that fails", "SELECT age, city::INTEGER AS c FROM source", null, null, "Could not convert string 'Bern'"],
    [
      "a division by zero",
      "SELECT age, 1 / spent AS r FROM source",
      null,
      null,
      '"r" of the result is not finite in 1 row',
    ],
  ])("refuses %s", async (_what, sql, line, column, message) => {
    const source = await openPeople();

    const error = await failure(source.prepare({ ...request, sql }));

    expect(error).toMatchObject({ code: "prepare-invalid", message: expect.stringContaining(message) });
    if (line !== null) expect(error).toMatchObject({ line, column });
  });

  it("ends SQL that never ends, and the source can be used again", async () => {
    const source = await openPeople({ limits: { prepareSeconds: 60 } });
    const sql = "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT 1 - n FROM t) SELECT age FROM source, t";
    const realTimeout = setTimeout;
    const reallyWait = () => new Promise((resolve) => realTimeout(resolve, 20));
    // The clock of the limit is the test's: it stands still afterwards, however busy the machine is.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());

    const run = { hasEnded: false };
    const ended = failure(source.prepare({ ...request, sql })).finally(() => (run.hasEnded = true));
    while (!run.hasEnded && vi.getTimerCount() === 0) await reallyWait(); // until the limit counts
    vi.advanceTimersByTime(59_999);
    await reallyWait();
    expect(run.hasEnded).toBe(false);
    // Interrupts come every 50 ms from then on; each may meet the moment between two statements.
    for (let tries = 0; !run.hasEnded && tries < 90; tries++) {
      vi.advanceTimersByTime(50);
      await reallyWait();
    }
    const error = await ended;

    expect(error).toMatchObject({ code: "data-limit", limit: "prepareSeconds" });
    expect((await source.prepare(request)).rows).toBe(3);
  });

  it("keeps large constants exact while it adds the row digest", async () => {
    const sql = "SELECT age, 9007199254740993::VARCHAR AS big FROM source";

    const table = await (await openPeople()).prepare({ ...request, sql });

    expect(await texts(table, "big")).toContain("9007199254740993");
  });

  it("lets a column have the name of a clock word", async () => {
    const source = await openFiles({ "a.csv": "age,current_date\n1,x\n" });

    const table = await source.prepare({ ...request, sql: "SELECT age, current_date FROM source" });

    expect(await texts(table, "current_date")).toEqual(["x"]);
  });

  it("shows no sensitive value in what DuckDB says", async () => {
    const source = await openPeople({ sensitive: ["city"] });

    const error = await failure(source.prepare({ ...request, sql: "SELECT age, city::INTEGER AS c FROM source" }));

    expect(error.message).not.toContain("Bern");
  });

  it.each<[role: string, change: object, message: string]>([
    ["target", { target: "agee" }, 'Did you mean "age"?'],
    ["time", { time: "when" }, "names as its time"],
    ["key", { key: ["id", "nr"] }, "names as its key"],
  ])("names the nearest columns when the %s is missing", async (_role, change, message) => {
    const source = await openPeople();

    const error = await failure(source.prepare({ ...request, ...change }));

    expect(error).toMatchObject({ code: "column-missing", message: expect.stringContaining(message) });
  });
});

describe("order", () => {
  it("is by time, then key", async () => {
    const source = await openPeople();

    const byTime = await source.prepare({ ...request, time: "joined" });
    const byKey = await source.prepare({ ...request, key: ["city", "id"] });

    expect(await texts(byTime, "id")).toEqual([2, 3, 1]);
    expect(await texts(byKey, "id")).toEqual([1, 3, 2]);
  });

  it("does not depend on the order of rows, columns or files", async () => {
    const one = await (await openFiles({ "a.csv": "x,y\n1,a\n2,b\n3,c\n" })).prepare({ ...request, target: "x" });
    const other = await openFiles({ "1.csv": "y,x\nc,3\n", "2.csv": "y,x\nb,2\na,1\n" });
    const two = await other.prepare({ ...request, target: "x" });

    expect(await texts(two, "x")).toEqual(await texts(one, "x"));
    expect(await two.rowDigests()).toEqual(await one.rowDigests());
    expect(await two.positions()).toEqual(await one.positions());
  });

  it("gives whole columns, however they are asked for at once", async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${i},t${i % 7},${i / 4}`);
    const source = await openFiles({ "a.csv": `i,t,n\n${lines.join("\n")}\n` });
    const table = await source.prepare({ ...request, target: "i", key: ["i"] });

    const [i, t, n, digests] = await Promise.all([
      texts(table, "i"),
      texts(table, "t"),
      texts(table, "n"),
      table.rowDigests(),
    ]);

    expect(i).toEqual(lines.map((_, row) => row));
    expect(t).toEqual(lines.map((_, row) => `t${row % 7}`));
    expect(n).toEqual(lines.map((_, row) => row / 4));
    expect(new Set(digests).size).toBe(5000);
  });
});

describe("row digests", () => {
  const digestsOf = async (csv: string, sql: string | null = null) => {
    const source = await openFiles({ "a.csv": csv });
    return (await source.prepare({ ...request, sql, target: "x" })).rowDigests();
  };

  it("are those of the raw row, whatever the SELECT leaves of it", async () => {
    expect(await digestsOf("x,y\n1,a\n", "SELECT x FROM source")).toEqual(await digestsOf("x,y\n1,a\n"));
    expect(await digestsOf("x,y\n1,a\n", "SELECT x FROM source")).not.toEqual(await digestsOf("x,y\n1,b\n"));
  });

  it.each([
    ["another value", "x,y\n1,b\n"],
    ["another name", "x,z\n1,a\n"],
    ["value and name run together", "x,y\n1a,\n"],
    ["no value", "x,y\n1,\n"],
  ])("differ for %s", async (_what, csv) => {
    expect(await digestsOf(csv)).not.toEqual(await digestsOf("x,y\n1,a\n"));
  });

  it("are the same for equal rows", async () => {
    const [first, second] = await digestsOf("x,y\n1,a\n1,a\n");

    expect(first).toBe(second);
  });

  it("of aggregated rows need a key or a time, and then come from the prepared row", async () => {
    const source = await openPeople();
    const sql = "SELECT city, avg(age) AS age FROM source GROUP BY city";

    const error = await failure(source.prepare({ ...request, sql }));
    const keyed = await source.prepare({ ...request, sql, key: ["city"] });

    expect(error).toMatchObject({ code: "prepare-invalid", hint: expect.stringContaining("`key`") });
    expect(await texts(keyed, "city")).toEqual(["Bern", "Rome"]);
    expect(new Set(await keyed.rowDigests()).size).toBe(2);
  });

  it.each([
    "SELECT DISTINCT city, age FROM source",
    "SELECT sum(age) AS age FROM source",
    "SELECT a.age FROM source a, source b",
    "WITH c AS (SELECT age FROM source) SELECT age FROM c",
  ])("cannot be carried through %s", async (sql) => {
    const source = await openPeople();

    const error = await failure(source.prepare({ ...request, sql }));

    expect(error).toMatchObject({
      code: "prepare-invalid",
      message: expect.stringContaining("not made of rows of the source"),
    });
  });
});

describe("positions", () => {
  const positionsOf = async (csv: string, key: readonly string[]) => {
    const source = await openFiles({ "a.csv": csv });
    return (await source.prepare({ ...request, target: "x", key })).positions();
  };

  it("depend on the key alone, when there is one", async () => {
    expect(await positionsOf("id,x\n7,1\n", ["id"])).toEqual(await positionsOf("id,x\n7,2\n", ["id"]));
    expect(await positionsOf("id,x\n7,1\n", ["id"])).not.toEqual(await positionsOf("id,x\n8,1\n", ["id"]));
    expect(await positionsOf("id,x\n7,1\n", [])).not.toEqual(await positionsOf("id,x\n7,2\n", []));
  });

  it("take a whole number for the same key with and without decimals", async () => {
    expect(await positionsOf("id,x\n7,1\n", ["id"])).toEqual(await positionsOf("id,x\n7.0,1\n", ["id"]));
  });

  it("keep the parts of a key apart", async () => {
    const [first, second] = await positionsOf("a,b,x\nx1,1,1\nx,11,2\n", ["a", "b"]);

    expect(first).not.toBe(second);
  });

  it("spread evenly over [0, 1)", async () => {
    const lines = Array.from({ length: 4000 }, (_, i) => `${i},1`);

    const positions = await positionsOf(`id,x\n${lines.join("\n")}\n`, ["id"]);

    expect(Math.min(...positions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...positions)).toBeLessThan(1);
    expect(positions.filter((position) => position < 0.2).length / 4000).toBeCloseTo(0.2, 1);
  });
});

describe("target inputs", () => {
  it.each<[sql: string, inputs: string[]]>([
    ["SELECT age > 35 AS old, * EXCLUDE (age) FROM source", ["age"]],
    ["SELECT *, spent / age AS rate, rate > 1 AS old FROM source", ["age", "spent"]],
    ["SELECT * REPLACE (id * 2 AS id), age AS old FROM source", ["age"]],
    ["SELECT *, CASE WHEN city IN ('Bern') THEN spent END AS old FROM source", ["city", "spent"]],
    ["SELECT *, s.age IS NULL AS OLD FROM source s", ["age"]],
    ["SELECT *, 1 AS old FROM source", []],
    ["WITH c AS (SELECT *, age > 1 AS old FROM source) SELECT * FROM c", []],
  ])("%s", async (sql, inputs) => {
    const target = sql.includes("OLD") ? "OLD" : "old";

    const table = await (await openPeople()).prepare({ ...request, sql, target });

    expect(table.targetInputs).toEqual(inputs);
  });
});

describe("profile", () => {
  it("counts what is there, and no value of a sensitive column", async () => {
    const source = await openPeople({ sensitive: ["city"] });

    const { rows, columns } = await source.profile("data/people.csv");

    expect(rows).toBe(3);
    expect(columns[1]).toEqual({
      name: "age",
      type: "integer",
      rows: 3,
      nulls: 1,
      min: 30,
      max: 40,
      sum: 70,
      sumOfSquares: 2500,
      buckets: expect.any(Array),
    });
    expect(columns[2]).toEqual({ name: "city", type: "string", rows: 3, nulls: 0 });
    expect(columns[3]).toMatchObject({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2020, 0, 3) });
  });

  it("counts numbers in core's buckets", async () => {
    const { bucketOf } = await import("@refit/core/data");
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
    const values = fc.sample(number, { numRuns: 500, seed: 7 });
    const source = await openFiles({ "a.csv": `i,x\n${values.map((x, i) => `${i},${x}`).join("\n")}\n` });

    const { columns } = await source.profile("data/a.csv");

    const expected = new Map<number, number>();
    for (const x of values) expected.set(bucketOf(x), (expected.get(bucketOf(x)) ?? 0) + 1);
    expect(columns[1]!.buckets).toEqual([...expected].sort(([a], [b]) => a - b));
  });

  it("does not depend on the order of rows, and adds up over files", async () => {
    const { mergeProfiles } = await import("@refit/core/data");
    const lines = Array.from({ length: 500 }, (_, i) => `${(i * 37) % 101},t${(i * i) % 230}`);
    const all = await openFiles({ "a.csv": `n,t\n${lines.join("\n")}\n` });
    const reversed = await openFiles({ "a.csv": `n,t\n${[...lines].reverse().join("\n")}\n` });
    const parts = await openFiles({
      "1.csv": `n,t\n${lines.slice(0, 200).join("\n")}\n`,
      "2.csv": `n,t\n${lines.slice(200).join("\n")}\n`,
    });

    const whole = await all.profile("data/a.csv");
    const merged = mergeProfiles([await parts.profile("data/1.csv"), await parts.profile("data/2.csv")]);

    expect(await reversed.profile("data/a.csv")).toEqual(whole);
    expect({ ...merged.columns[1], distinct: 0 }).toEqual({ ...whole.columns[1], distinct: 0 });
    expect(merged.columns[0]).toEqual(whole.columns[0]);
  });
});
