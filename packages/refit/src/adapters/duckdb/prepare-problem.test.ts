import type { RefitError } from "@refit/core/errors";
import { createFolder, removeFolder } from "@refit/testkit/folders";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { checkPrepare } from "./prepare-check.ts";
import { knownFunctions } from "./prepare-functions.ts";
import { openSession, type Session } from "./session.ts";

/** Statements are parsed here, and never run. */
let opened: Session;
beforeAll(async () => {
  const folder = await createFolder();
  opened = await openSession(folder, { prepareSeconds: 600, spillMiB: 10 });
  await opened.run("CREATE TABLE refit_source (age INTEGER, __refit_row UBIGINT)");
  await opened.run("CREATE VIEW source AS SELECT * FROM refit_source");
  return async () => {
    await opened.close();
    await removeFolder(folder);
  };
});

/** What is said of a statement; `null`: it may run. */
async function refusal(sql: string): Promise<string | null> {
  return checkPrepare(opened, sql, ["age"]).then(
    () => null,
    (error: RefitError) => (error.code === "prepare-invalid" ? error.message : `${error.code}: ${error.message}`),
  );
}

describe("what prepare may not hold", () => {
  it.each<[sql: string, why: string]>([
    ["SHOW TABLES", "SHOW, DESCRIBE and SUMMARIZE"],
    ["SELECT * FROM (SHOW ALL TABLES)", "SHOW, DESCRIBE and SUMMARIZE"],
    ["DESCRIBE refit_source", "SHOW, DESCRIBE and SUMMARIZE"],
    ["SUMMARIZE source", "SHOW, DESCRIBE and SUMMARIZE"],
    ["SELECT age FROM source, (SUMMARIZE refit_source) s", "SHOW, DESCRIBE and SUMMARIZE"],
    ["WITH x AS (SELECT * FROM refit_source), refit_source AS (SELECT 1) SELECT * FROM x", 'no table "refit_source"'],
    ["WITH refit_source AS (SELECT * FROM refit_source) SELECT * FROM refit_source", "is refit's own"],
    ["WITH RECURSIVE refit_source AS (SELECT * FROM refit_source) SELECT * FROM refit_source", "is refit's own"],
    ["WITH RECURSIVE x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x", 'no table "y"'],
    ["WITH a AS (WITH b AS (SELECT 1) SELECT * FROM b) SELECT * FROM b", 'no table "b"'],
    ["WITH duckdb_tables AS (SELECT * FROM duckdb_tables) SELECT * FROM duckdb_tables", 'no table "duckdb_tables"'],
    ["SELECT age FROM source WHERE EXISTS (FROM duckdb_settings())", "duckdb_settings() is not allowed"],
    ["SELECT age FROM source, pg_catalog.pg_class", 'no table "pg_class"'],
    ["SELECT age FROM source, sqlite_master", 'no table "sqlite_master"'],
    ["SELECT age FROM main.source", 'no table "source"'],
    ["SELECT pg_sleep(1000), age FROM source", "pg_sleep() is not allowed"],
    ["SELECT sleep_ms(1000), age FROM source", "sleep_ms() gives another result"],
    ["SELECT system.main.sleep_ms(1000), age FROM source", "sleep_ms() gives another result"],
    ["SELECT age, random() OVER () AS r FROM source", "random() gives another result"],
    ["SELECT age FROM source ORDER BY (SELECT random())", "random() gives another result"],
    ["SELECT age, list_transform([1], lambda x: x + random()) AS l FROM source", "random() gives another result"],
    ["SELECT age, current_user AS u FROM source", "current_user gives another result"],
    ["SELECT age, pg_get_viewdef(1) AS v FROM source", "pg_get_viewdef() is not allowed"],
    ["SELECT age, json_serialize_plan('FROM refit_source') AS p FROM source", "json_serialize_plan() is not allowed"],
    ["SELECT age, write_log('x') AS w FROM source", "write_log() gives another result"],
    ["FROM glob('/etc/*')", "glob() is not allowed"],
    ["FROM read_text('/etc/passwd')", "read_text() is not allowed"],
    // Of an extension that is not loaded, so that nobody knows the function yet.
    ["FROM sqlite_scan('/etc/x.db', 't')", "the table function sqlite_scan() is not allowed"],
    ["FROM '/etc/passwd'", 'no table "/etc/passwd"'],
    ["FROM query_table('refit_source')", "query_table() is not allowed"],
    ["FROM json_execute_serialized_sql('{}')", "json_execute_serialized_sql() is not allowed"],
    ["COPY source TO '/tmp/x'", "only a SELECT"],
    ["ATTACH '/tmp/x.db'", "only a SELECT"],
    ["PRAGMA database_list", "only a SELECT"],
    ["CALL pragma_version()", "only a SELECT"],
    ["EXPLAIN ANALYZE SELECT 1", "only a SELECT"],
    ["SET memory_limit = '1TB'", "only a SELECT"],
    ["SELECT age, 0::UBIGINT AS __refit_row FROM source", "is refit's own"],
    ["SELECT * REPLACE (0::UBIGINT AS __REFIT_row) FROM source", "is refit's own"],
    ["SELECT * RENAME (age AS __refit_row) FROM source", "is refit's own"],
    ["SELECT * FROM (SELECT age, 0::UBIGINT FROM source) t(age, __refit_row)", "is refit's own"],
  ])("%s", async (sql, why) => {
    expect(await refusal(sql)).toContain(why);
  });
});

describe("what prepare may hold", () => {
  it.each([
    "WITH source AS (SELECT * FROM source WHERE age > 1) SELECT * FROM source",
    "WITH a AS (SELECT * FROM source), b AS (SELECT * FROM a) SELECT * FROM b, a",
    "WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t WHERE x < 9) SELECT * FROM source, t",
    "SELECT age, coalesce(nullif(age, 1), 2), try_cast('1' AS INT), age BETWEEN 1 AND 2, age::DECIMAL(9, 2) FROM source",
    "SELECT age, row_number() OVER (PARTITION BY age ORDER BY age), lag(age) OVER w FROM source WINDOW w AS (ORDER BY age)",
    "SELECT age, list_sum([age, 1]), [x * 2 FOR x IN [1, 2]], unnest([1]) FROM source",
    "SELECT age, strptime('2020-01-01', '%Y-%m-%d'), date_trunc('day', DATE '2020-01-02'), regexp_extract('a', '(a)') FROM source",
    "SELECT age, {'a': 1}.a, json_extract('{}', '$.a'), CASE age WHEN 1 THEN 'x' ELSE 'y' END COLLATE NOCASE FROM source",
    "SELECT COLUMNS(c -> c LIKE 'a%'), age FROM source QUALIFY row_number() OVER () = 1",
    "FROM source UNPIVOT (v FOR n IN (age))",
    "SELECT age FROM source ORDER BY ALL DESC LIMIT 10 PERCENT",
    "SELECT age FROM source ASOF JOIN (VALUES (1)) t(b) ON age >= b",
    "SELECT age, d FROM source, LATERAL (SELECT unnest(range(age)) AS d), generate_series(1, 3)",
    "SELECT age, '__refit_row' AS text FROM source",
  ])("%s", async (sql) => {
    expect(await refusal(sql)).toBeNull();
  });
});

describe("any statement", () => {
  it("over other tables or changing functions is refused, wherever they stand", async () => {
    const { changing } = await knownFunctions(opened);
    const bad = fc.oneof(
      fc.constantFrom(...changing).map((name) => `(SELECT "${name}"())`),
      fc
        .constantFrom(
          "refit_source",
          "duckdb_columns",
          "'a.csv'",
          "main.source",
          "information_schema.tables",
          "(SHOW TABLES)",
        )
        .map((table) => `(SELECT 1 FROM ${table})`),
      fc
        .constantFrom("glob('*')", "read_csv('x')", "duckdb_functions()", "query('SELECT 1')")
        .map((call) => `(SELECT 1 FROM ${call})`),
    );
    const around = fc.constantFrom<(x: string) => string>(
      (x) => `abs(${x})`,
      (x) => `(SELECT ${x})`,
      (x) => `CASE WHEN age = 1 THEN ${x} ELSE 2 END`,
      (x) => `(WITH q AS (SELECT ${x} AS v) SELECT v FROM q)`,
      (x) => `(SELECT max(v) FROM (VALUES (${x})) t(v))`,
      (x) => `sum(1) OVER (ORDER BY ${x})`,
      (x) => `list_transform([1], lambda e: ${x})[1]`,
      (x) => `(SELECT 1 UNION ALL SELECT ${x} LIMIT 1)`,
      (x) => `(SELECT 1 FROM source JOIN source s ON ${x} = 1 LIMIT 1)`,
      (x) => `(SELECT 1 FROM range(${x}) LIMIT 1)`,
      (x) => `(1 IN (${x}))::INT`,
      (x) => `(SELECT 1 FROM source GROUP BY ${x} HAVING ${x} > 0)`,
    );
    const place = fc.constantFrom<(x: string) => string>(
      (x) => `SELECT age, ${x} AS v FROM source`,
      (x) => `SELECT age FROM source WHERE ${x} = 1`,
      (x) => `SELECT age FROM source ORDER BY ${x}`,
      (x) => `WITH refit AS (SELECT ${x} AS v) SELECT age FROM source, refit`,
      (x) => `SELECT * REPLACE (${x} AS age) FROM source`,
      (x) => `SELECT DISTINCT ON (${x}) age FROM source`,
      (x) => `SELECT age FROM source LIMIT ${x}`,
    );
    const nested = fc
      .tuple(place, fc.array(around, { maxLength: 5 }), bad)
      .map(([outer, layers, inner]) => outer(layers.reduce((sql, layer) => layer(sql), inner)));

    await fc.assert(
      fc.asyncProperty(nested, async (sql) => {
        expect(await refusal(sql)).not.toBeNull();
      }),
      { numRuns: 400, seed: 9 },
    );
  });

  it("has a named outcome, however it is written", async () => {
    const word = fc.constantFrom(
      "SELECT",
      "FROM",
      "source",
      "WITH",
      "AS",
      "(",
      ")",
      ",",
      "*",
      "age",
      "'",
      '"',
      ";",
      "1",
      "::",
      "JOIN",
      "UNION",
      "ORDER BY",
      "\u{1F600}",
      "--",
      "/*",
      "[",
      "]",
      "{",
      "}",
      "->",
      "?",
      "$1",
      "PIVOT",
      "LIMIT",
    );

    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 14 }), async (words) => {
        const said = await refusal(words.join(" "));
        expect(said === null || said.startsWith("prepare")).toBe(true);
      }),
      { numRuns: 400, seed: 9 },
    );
  });
});
