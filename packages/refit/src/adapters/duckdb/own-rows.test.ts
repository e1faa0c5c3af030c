import { describe, expect, it } from "vitest";
import type { FutureReads } from "../../ports/tables.ts";
import { openFiles } from "./open-files.fixture.ts";

const days = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
const people = ["anna", "ben", "cleo"];

/** A row a day of each person, and values that look like chance. */
const source = [
  "who,day,x,y",
  ...days.flatMap((day, i) =>
    people.map((who, j) => `${who},${day},${((i * 37 + j * 11) % 101) / 7},${((i * 53 + j * 29) % 97) / 3}`),
  ),
].join("\n");

interface Asked {
  readonly sql: string;
  readonly time?: string | null;
  readonly key?: readonly string[];
  readonly views?: Readonly<Record<string, string>>;
  readonly rows?: string;
}

async function reads(
  { sql, time = "day", key = ["who"], views, rows = source }: Asked,
  thorough: boolean,
): Promise<FutureReads> {
  const opened = await openFiles({ "source.csv": rows }, { manifest: { prepare: sql }, ...(views && { views }) });
  expect(opened.findings).toEqual([]);
  const made = await opened.prepare({ sql, target: "y", time, key });
  return made.futureReads(["f"], thorough);
}

async function found(asked: Asked): Promise<readonly (readonly string[])[]> {
  const all = [await reads(asked, false), await reads(asked, true)];
  return all.map(({ columns }) => columns.map(({ column, reads: what }) => `${column} ${what}`));
}

const ofWho = (window: string) =>
  `SELECT *, ${window.replaceAll("OVER (", "OVER (PARTITION BY who ")} AS f FROM source`;
const plain = (expression: string) => `SELECT *, ${expression} AS f FROM source`;

describe("windows over the model's own rows", () => {
  it.each<[what: string, asked: Asked]>([
    ["a row on either side", { sql: ofWho("avg(x) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)") }],
    ["the largest of all rows", { sql: plain("max(x) OVER ()") }],
    ["scaling by all rows", { sql: plain("(x - avg(x) OVER ()) / stddev(x) OVER ()") }],
    ["the next row", { sql: ofWho("lead(x) OVER (ORDER BY day)") }],
    ["the next row, where many have one time", { sql: plain("lead(x) OVER (ORDER BY day)") }],
    ["the row before, in an order that is turned round", { sql: ofWho("lag(x) OVER (ORDER BY day DESC)") }],
    [
      "how many rows come",
      { sql: ofWho("count(*) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)") },
    ],
    ["the rank among all rows", { sql: plain("rank() OVER (ORDER BY x)") }],
    [
      "a range of a day ahead",
      { sql: ofWho("sum(x) OVER (ORDER BY day RANGE BETWEEN CURRENT ROW AND INTERVAL 1 DAY FOLLOWING)") },
    ],
    ["a mean in a subquery", { sql: plain("x - (SELECT avg(x) FROM source)") }],
    [
      "a mean by key, joined",
      { sql: "SELECT s.*, m.f FROM source s JOIN (SELECT who, avg(x) AS f FROM source GROUP BY who) m USING (who)" },
    ],
    [
      "a join with later rows, by key",
      {
        sql: "SELECT s.who, s.day, s.y, sum(o.x) AS f FROM source s JOIN source o ON o.who = s.who AND o.day <= s.day + INTERVAL 1 DAY GROUP BY ALL",
      },
    ],
    ["in a feature view", { sql: "SELECT * FROM v", views: { v: ofWho("lead(x) OVER (ORDER BY day)") } }],
    ["without a key", { sql: ofWho("lead(x) OVER (ORDER BY day)"), key: [] }],
    [
      "where `prepare` makes the time",
      {
        sql: "SELECT * EXCLUDE (day), day + INTERVAL 1 HOUR AS seen, lead(x, 2) OVER (PARTITION BY who ORDER BY day) AS f FROM source",
        time: "seen",
      },
    ],
  ])("find a look ahead: %s", async (_what, asked) => {
    expect(await found(asked)).toEqual([["f source"], ["f source"]]);
  });

  it.each<[what: string, asked: Asked]>([
    ["the next one's", { sql: ofWho("lead(y) OVER (ORDER BY day)") }],
    ["the mean of all by key", { sql: ofWho("avg(y) OVER ()") }],
    ["the mean around the row", { sql: ofWho("avg(y) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING)") }],
    [
      "the mean of a join, where rows without one are left out",
      {
        sql: "SELECT s.*, m.f FROM source s JOIN (SELECT who, avg(y) AS f FROM source GROUP BY who) m USING (who) WHERE s.y IS NOT NULL",
      },
    ],
  ])("name the target of later rows: %s", async (_what, asked) => {
    expect(await found(asked)).toEqual([["f target"], ["f target"]]);
  });

  it.each<[what: string, asked: Asked]>([
    ["the week before", { sql: ofWho("avg(x) OVER (ORDER BY day ROWS BETWEEN 7 PRECEDING AND CURRENT ROW)") }],
    ["the row before", { sql: ofWho("lag(x) OVER (ORDER BY day)") }],
    ["the target of the row before", { sql: ofWho("lag(y) OVER (ORDER BY day)") }],
    ["a running sum", { sql: ofWho("sum(x * 0.1) OVER (ORDER BY day)") }],
    ["the row before, where many have one time", { sql: plain("lag(x) OVER (ORDER BY day)") }],
    ["rows of one time, which know each other", { sql: plain("avg(x) OVER (PARTITION BY day)") }],
    ["a running mean over all, with its ties", { sql: plain("avg(x) OVER (ORDER BY day)") }],
    ["how many rows came before", { sql: ofWho("row_number() OVER (ORDER BY day)") }],
    [
      "a range that looks back",
      { sql: ofWho("sum(x) OVER (ORDER BY day RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW)") },
    ],
    [
      "a join with earlier rows, by key",
      {
        sql: "SELECT s.who, s.day, s.y, sum(o.x) AS f FROM source s JOIN source o ON o.who = s.who AND o.day < s.day GROUP BY ALL",
      },
    ],
    [
      "a target that looks ahead",
      { sql: "SELECT * EXCLUDE (y), x AS f, lead(y) OVER (PARTITION BY who ORDER BY day) AS y FROM source" },
    ],
    ["in a feature view", { sql: "SELECT * FROM v", views: { v: ofWho("lag(x) OVER (ORDER BY day)") } }],
    ["without a key", { sql: ofWho("lag(x) OVER (ORDER BY day)"), key: [] }],
    [
      "where `prepare` makes the time",
      {
        sql: "SELECT * EXCLUDE (day), date_trunc('month', day) AS month, lag(x) OVER (PARTITION BY who ORDER BY day) AS f FROM source",
        time: "month",
      },
    ],
  ])("stay silent: %s", async (_what, asked) => {
    expect(await found(asked)).toEqual([[], []]);
    expect((await reads(asked, true)).compared).toBeGreaterThan(100);
  });

  it("stay silent where thousands of rows have one time, whose order is not said", async () => {
    const rows = ["who,day,x,y"];
    for (let i = 0; i < 6000; i++) rows.push(`w${i % 7},${days[Math.floor(i / 1500) * 3]},${(i * 7919) % 2},${i % 5}`);
    const asked = { rows: rows.join("\n"), key: [] };

    expect(await found({ ...asked, sql: plain("lag(x) OVER (ORDER BY day)") })).toEqual([[], []]);
    expect(await found({ ...asked, sql: ofWho("lag(x) OVER (ORDER BY day)") })).toEqual([[], []]);
    expect(await found({ ...asked, sql: plain("avg(x) OVER ()") })).toEqual([["f source"], ["f source"]]);
  });

  it("leave `source` as it was, and try nothing where each row is made of itself, or there is no time", async () => {
    const opened = await openFiles({ "source.csv": source }, {});
    const request = { sql: plain("max(x) OVER ()"), target: "y", time: "day", key: ["who"] };
    const made = await opened.prepare(request);
    const first = await made.futureReads(["f"], true);

    expect(await made.futureReads(["f"], true)).toEqual(first);
    expect((await opened.prepare(request)).rows).toBe(120);
    const none = { columns: [], compared: 0, unordered: [] };
    expect(await reads({ sql: plain("x * 2") }, true)).toEqual(none);
    expect(await reads({ sql: plain("max(x) OVER ()"), time: null, key: [] }, true)).toEqual(none);
  });
});
