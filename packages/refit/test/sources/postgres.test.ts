import { DuckDBInstance } from "@duckdb/node-api";
import { type PostgresServer, startPostgres } from "@refit/testkit/postgres";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { fixedClock } from "../../src/adapters/clock.ts";
import type { Repository } from "../../src/ports/repository.ts";
import { bareRepository, codeOf, fetchAll, listed, manifestOf, openSources } from "./world.ts";

const { server: started, missing } = await startPostgres();
const server = started as PostgresServer;
await started?.sql(
  "CREATE ROLE guest LOGIN PASSWORD 'guest'; CREATE SEQUENCE counted; GRANT USAGE ON SEQUENCE counted TO guest",
);
afterAll(() => started?.close());

const entry = {
  path: "postgres:orders",
  query: "SELECT id, amount, paid, at FROM orders;",
  connection: "DATABASE_URL",
  cursor: "at",
};
const open = (now = "2026-02-01T03:00:00Z", address: string = server.address) =>
  openSources({ env: { DATABASE_URL: address }, clock: fixedClock(Date.parse(now)) });
const pathsOf = (files: readonly { readonly path: string }[]) =>
  files.map((file) => file.path.replace("postgres:orders/", "").replace(".parquet", ""));

/** Days of January, three rows each; one row has no time. */
async function januaryOf(days: number): Promise<Repository> {
  await server.sql(`
    DROP TABLE IF EXISTS orders;
    CREATE TABLE orders (id bigint, amount numeric(8, 2), paid boolean, at timestamptz);
    INSERT INTO orders SELECT 3 * d + n, d + n / 10.0, n = 1, '2026-01-01T05:00:00Z'::timestamptz + (d * 24 + n * 6) * interval '1 hour'
      FROM generate_series(0, ${days - 1}) AS d, generate_series(0, 2) AS n;
    INSERT INTO orders VALUES (999, 1, true, NULL);`);
  return bareRepository();
}

async function rowsOf(file: string): Promise<unknown[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    return (await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet('${file}')`)).getRows();
  } finally {
    connection.closeSync();
  }
}

const whole = started === null ? ` (SKIPPED: ${missing})` : "";

describe.skipIf(started === null)(`the rows of a query${whole}`, () => {
  it("are a file for each day that is over, after the days in which rows may come late", async () => {
    const repository = await januaryOf(6);
    const at = async (now: string, more: object = {}) =>
      pathsOf((await listed(open(now), repository, manifestOf([{ ...entry, ...more }]))).files);

    expect(await at("2026-01-06T23:59:59Z")).toEqual(["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"]);
    expect((await at("2026-01-07T00:00:00Z")).at(-1)).toBe("2026-01-05");
    expect((await at("2026-01-07T00:00:00Z", { lookbackDays: 0 })).at(-1)).toBe("2026-01-06");
    expect(await at("2026-02-01T03:00:00Z", { interval: "month" })).toEqual([]);
    expect(await at("2026-02-02T00:00:00Z", { interval: "month" })).toEqual(["2026-01"]);
  });

  it("are read once: while counts and hashes are the same, nothing but those is asked for", async () => {
    const repository = await januaryOf(3);
    const manifest = manifestOf([entry]);
    const first = await fetchAll(open(), repository, manifest);
    expect(await rowsOf(first[1]!.localPath)).toEqual([
      ["3", "1.00", "false", "2026-01-02 05:00:00"],
      ["4", "1.10", "true", "2026-01-02 11:00:00"],
      ["5", "1.20", "false", "2026-01-02 17:00:00"],
    ]);

    const { files, notices } = await listed(open(), repository, manifest);
    expect(files.map(({ version, bytes }) => ({ version, bytes }))).toEqual(
      first.map(({ version, bytes }) => ({ version, bytes })),
    );
    expect(notices).toEqual(["1 row of postgres:orders not read: at has no time there."]);
    const again = open();
    await listed(again, repository, manifest);
    await server.stop();
    onTestFinished(() => server.start());
    for (const [i, file] of files.entries())
      expect((await again.fetch(repository, file)).sha256).toBe(first[i]!.sha256);
  });

  it("make the same bytes on a machine that never saw them, in whatever order the table has them", async () => {
    const manifest = manifestOf([entry]);
    const first = await fetchAll(open(), await januaryOf(3), manifest);
    await server.sql(
      "UPDATE orders SET paid = paid; CREATE INDEX ON orders (amount DESC); CLUSTER orders USING orders_amount_idx",
    );

    const second = await fetchAll(open(), await bareRepository(), manifest);

    expect(second.map(({ sha256 }) => sha256)).toEqual(first.map(({ sha256 }) => sha256));
  });

  it.each<[what: string, statement: string, there: string]>([
    ["a row that changed", "UPDATE orders SET amount = 7 WHERE id = 4", "as many rows with other values"],
    ["a row that is gone", "DELETE FROM orders WHERE id = 4", "2 rows now"],
    ["a row that came late", "INSERT INTO orders VALUES (77, 1, true, '2026-01-02T23:59:59.999999Z')", "4 rows now"],
  ])(
    "of a day with %s are a version of their own, and not read for that of before",
    async (_what, statement, there) => {
      const repository = await januaryOf(3);
      const manifest = manifestOf([entry]);
      const before = open();
      const { files } = await listed(before, repository, manifest);
      await server.sql(statement);

      await expect(before.fetch(repository, files[1]!)).rejects.toMatchObject({
        code: "source-vanished",
        message: expect.stringContaining(there),
      });
      expect(await codeOf(before.fetch(repository, files[2]!))).toBe("fine");
      const now = await listed(open(), repository, manifest);
      expect(now.files.map((file, i) => JSON.stringify(file.version) === JSON.stringify(files[i]!.version))).toEqual([
        true,
        false,
        true,
      ]);
      const earlier = open();
      const then = await earlier.earlier(repository, manifest, { ...files[1]!, version: files[1]!.version! });
      await expect(earlier.fetch(repository, then!)).rejects.toMatchObject({ code: "source-vanished" });
    },
  );

  it("of before a change are had from this machine's files", async () => {
    const repository = await januaryOf(3);
    const manifest = manifestOf([entry]);
    const before = await fetchAll(open(), repository, manifest);
    await server.sql("DELETE FROM orders WHERE id = 4");
    const sources = open();

    const then = await sources.earlier(repository, manifest, { ...before[1]!, version: before[1]!.version! });

    expect((await sources.fetch(repository, then!)).sha256).toBe(before[1]!.sha256);
  });

  it("have types of their own, empty values, and text as it is", async () => {
    const repository = await januaryOf(1);
    await server.sql(`
      CREATE TYPE size AS ENUM ('small', 'large');
      DROP TABLE IF EXISTS kinds;
      CREATE TABLE kinds (at date, a smallint, b real, c numeric, d text, e jsonb, f uuid, g timestamp, h size, i varchar(9), j double precision, k numeric(4), l time);
      INSERT INTO kinds VALUES ('2026-01-05', -3, 0.1, 12.50, E'ä "x",\\n\\\\', '{"b": [1, null]}', '0f0e0d0c-0b0a-0908-0706-050403020100', '2026-01-05 10:20:30.000007', 'large', '', 1e300, 77, '23:59:59.5'),
        ('2026-01-05', NULL, 'NaN', NULL, NULL, NULL, NULL, '1969-12-31 23:59:59.999999', NULL, NULL, '-Infinity', -1, NULL);`);
    onTestFinished(async () => void (await server.sql("DROP TABLE kinds; DROP TYPE size")));
    const manifest = manifestOf([{ ...entry, query: "SELECT * FROM kinds -- all of them" }]);

    const [file] = await fetchAll(open(), repository, manifest);

    const rows = await rowsOf(file!.localPath);
    expect(rows.map((row) => JSON.stringify(row)).sort()).toEqual(
      [
        [
          "2026-01-05",
          "-3",
          "0.1",
          "12.5",
          'ä "x",\n\\',
          '{"b": [1, null]}',
          "0f0e0d0c-0b0a-0908-0706-050403020100",
          "2026-01-05 10:20:30.000007",
          "large",
          "",
          "1e+300",
          "77",
          "23:59:59.5",
        ],
        [
          "2026-01-05",
          null,
          "nan",
          null,
          null,
          null,
          null,
          "1969-12-31 23:59:59.999999",
          null,
          null,
          "-inf",
          "-1",
          null,
        ],
      ]
        .map((row) => JSON.stringify(row))
        .sort(),
    );
  });
});

describe.skipIf(started === null)(`a query that cannot be read${whole}`, () => {
  it.each<[why: string, more: object, message: string]>([
    [
      "a type",
      { query: "SELECT at, point(1, 2) AS place FROM orders" },
      'its column "place" has the type point, which refit does not read',
    ],
    ["a list", { query: "SELECT at, ARRAY[1] AS list FROM orders" }, 'its column "list" has the type integer[], which'],
    ["two columns of a name", { query: "SELECT at, id, id FROM orders" }, 'two columns of its query are called "id"'],
    ["another cursor", { cursor: "when" }, 'its query has no column "when", which is its `cursor`'],
    ["a cursor that is a number", { cursor: "id" }, 'its `cursor` "id" is neither a date nor a timestamp'],
    [
      "no table",
      { query: "SELECT * FROM nothing" },
      'the database refuses the query: relation "nothing" does not exist',
    ],
    ["no SQL", { query: "SELECT at FORM orders" }, "the database refuses the query: syntax error"],
    [
      "two statements",
      { query: "SELECT at FROM orders) AS a; DROP TABLE orders; SELECT (1" },
      "the database refuses the query: cannot insert multiple commands",
    ],
    [
      "a change",
      { query: "WITH gone AS (DELETE FROM orders RETURNING at) SELECT at FROM gone" },
      "the database refuses the query: WITH clause containing a data-modifying statement",
    ],
    [
      "a change in a function",
      { query: "SELECT at, nextval('counted') FROM orders" },
      "its query would change the database",
    ],
    [
      "a value",
      { query: "SELECT at, 'infinity'::date AS day FROM orders" },
      'its column "day" has a value that cannot be stored',
    ],
    [
      "a value that cannot be made",
      { query: "SELECT at, 1 / (id - id) AS share FROM orders" },
      "the database refuses the query with the code 22012",
    ],
    [
      "a right",
      { query: "SELECT now() AS at, rolpassword FROM pg_authid" },
      "the database refuses the query: permission denied for table pg_authid",
    ],
  ])("because of %s is named", async (_why, more, message) => {
    const repository = await januaryOf(3);
    await server.sql("GRANT SELECT ON orders TO guest");
    const address = server.address.replace(/\/\/.*@/, "//guest:guest@");

    await expect(
      fetchAll(open(undefined, address), repository, manifestOf([{ ...entry, ...more }])),
    ).rejects.toMatchObject({
      code: "source-refused",
      message: expect.stringContaining(message),
    });
    expect(await server.sql("SELECT count(*) FROM orders")).toBe("10");
  });

  it.each<[why: string, address: (real: string) => string | undefined, code: string, message: string]>([
    ["no variable", () => undefined, "source-refused", "the variable DATABASE_URL is not set"],
    ["no address", () => "planted", "source-refused", "does not hold the address of a PostgreSQL database"],
    ["half an address", () => "postgres://me:planted@[", "source-refused", "does not hold the address of a PostgreSQL"],
    [
      "a wrong password",
      (real) => real.replace("planted-password", "planted-wrong"),
      "source-refused",
      "refuses the user or the password",
    ],
    ["no password", (real) => real.replace(":planted-password", ""), "source-refused", "asks for a password"],
    [
      "a wrong database",
      (real) => real.replace(/postgres$/, "planted"),
      "source-refused",
      "there is no database of this name",
    ],
    [
      "a server that is not there",
      () => "postgres://me:planted@127.0.0.1:9/x",
      "source-unreachable",
      "nothing answers at its address, 4 times in a row",
    ],
    ["no TLS", (real) => `${real}?sslmode=verify-full`, "source-refused", "the server speaks no TLS"],
  ])("because of %s is named, and nothing of the address is told", async (_why, address, code, message) => {
    const repository = await januaryOf(3);
    const sources = openSources({ env: { DATABASE_URL: address(server.address) } });

    const error = (await listed(sources, repository, manifestOf([entry])).catch((caught: unknown) => caught)) as Error;

    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    const all = [error, error.cause].map((each) => JSON.stringify(each, Object.getOwnPropertyNames(each ?? {})));
    expect(all.join("\n")).not.toMatch(/planted/);
  });

  it("because it takes too long is named", async () => {
    const repository = await januaryOf(3);
    const slow = { ...entry, query: "SELECT orders.*, pg_sleep(2)::text AS s FROM orders", querySeconds: 0.3 };

    await expect(fetchAll(open(), repository, manifestOf([slow]))).rejects.toMatchObject({
      code: "source-unreachable",
      message: expect.stringContaining("a statement did not end within 0.3 seconds"),
    });
  });
});
