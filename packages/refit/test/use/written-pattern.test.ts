import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { writtenPattern } from "../../../serve/src/open-api/written-pattern.ts";

const years = [1900, 2000, 2016, 2023, 2024];
const two = (number: number) => String(number).padStart(2, "0");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Also days that no month has. */
const days = years.flatMap((year) =>
  Array.from({ length: 14 }, (_, month) => Array.from({ length: 33 }, (__, day) => ({ year, month, day }))).flat(),
);
type Day = (typeof days)[number];

it.each<[format: string, write: (day: Day) => string]>([
  ["%Y-%m-%d", ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`],
  ["%d/%m/%Y", ({ year, month, day }) => `${two(day)}/${two(month)}/${year}`],
  ["%Y%m%d", ({ year, month, day }) => `${year}${two(month)}${two(day)}`],
  ["%-d.%-m.%y", ({ year, month, day }) => `${day}.${month}.${two(year % 100)}`],
  ["%d %b %Y", ({ year, month, day }) => `${two(day)} ${months[month - 1] ?? "Foo"} ${year}`],
  ["%d.%m.", ({ month, day }) => `${two(day)}.${two(month)}.`],
  ["[%Y+%m]", ({ year, month }) => `[${year}+${two(month)}]`],
  [
    "%Y-%m-%d %H:%M:%S.%f",
    ({ year, month, day }) => `${year}-${two(month)}-${two(day)} ${two(day)}:${two(2 * day)}:59.25`,
  ],
])("the pattern of %s has those texts that DuckDB reads", async (format, write) => {
  const texts = [...new Set(days.map(write))];
  const pattern = new RegExp(writtenPattern(format)!);
  const connection = await (await DuckDBInstance.create()).connect();

  const list = `[${texts.map((text) => `'${text}'`).join(", ")}]`;
  const read = await connection.runAndReadAll(
    `SELECT text FROM (SELECT unnest(${list}) AS text) WHERE try_strptime(text, '${format}') IS NOT NULL`,
  );

  const expected = new Set(read.getRows().map(([text]) => text));
  expect(expected.size).toBeGreaterThan(0);
  expect(texts.filter((text) => pattern.test(text) !== expected.has(text))).toEqual([]);
});

it.each(["%A", "%Y-%Y", "%m %b", "%-d%m", "%", "%d %"])("no pattern is known for %s", (format) => {
  expect(writtenPattern(format)).toBe(null);
});
