import { describe, expect, it } from "vitest";
import { dataManifest } from "../spec/data-manifest.ts";
import { weakenedChecks } from "./weakened-checks.ts";

const written = {
  sources: [{ path: "data/*.csv" }, { path: "more/*.csv" }],
  schema: {
    fields: [
      { name: "id", type: "integer", constraints: { required: true, unique: true } },
      { name: "age", type: "number", constraints: { minimum: 0, maximum: 120 } },
      { name: "plan", type: "string", constraints: { enum: ["a", "b"], pattern: "[ab]" } },
    ],
    primaryKey: "id",
  },
  checks: { maxNullRate: 0.1, minRows: 100, maxAgeDays: 3 },
  sensitive: ["age"],
};
type Written = typeof written;

const fields = (change: (field: Written["schema"]["fields"][number]) => object) => (old: Written) => ({
  ...old,
  schema: { ...old.schema, fields: old.schema.fields.map(change) },
});
const constrained = (name: string, constraints: object) =>
  fields((field) => (field.name === name ? { ...field, constraints } : field));

describe("weakenedChecks of a database", () => {
  const source = { path: "postgres:orders", query: "SELECT * FROM orders", connection: "DB", cursor: "at" };
  const clausesOf = (now: object) =>
    weakenedChecks(dataManifest.parse({ sources: [source] }), dataManifest.parse({ sources: [{ ...source, ...now }] }));

  it.each<[why: string, now: object, clauses: readonly string[]]>([
    ["nothing changed", { querySeconds: 5, lookbackDays: 3 }, []],
    ["rows are left out", { query: "SELECT * FROM orders WHERE ok" }, ["`query` of postgres:orders is changed"]],
    ["rows are cut otherwise", { cursor: "updated_at" }, ["`cursor` of postgres:orders is changed"]],
    ["it is gone", { path: "postgres:other" }, ["postgres:orders is gone from `sources`"]],
  ])("%s", (_why, now, clauses) => expect(clausesOf(now)).toEqual(clauses));
});

describe("weakenedChecks of a further table", () => {
  const table = {
    name: "orders",
    sources: [{ path: "orders/*.csv" }],
    schema: {
      fields: [
        { name: "at", type: "date" },
        { name: "amount", type: "number", constraints: { minimum: 0 } },
      ],
    },
    availableAt: "at",
    checks: { minRows: 10 },
  };
  const clausesOf = (tables: readonly object[]) =>
    weakenedChecks(
      dataManifest.parse({ ...written, prepare: "SELECT 1", tables: [table] }),
      dataManifest.parse({ ...written, prepare: "SELECT 1", ...(tables.length > 0 && { tables }) }),
    );

  it.each<[why: string, tables: readonly object[], clauses: readonly string[]]>([
    ["nothing changed", [table], []],
    ["another table is added", [table, { ...table, name: "visits" }], []],
    ["it is gone", [], ["the table orders is gone from `tables`"]],
    [
      "its rows were always known",
      [{ ...table, availableAt: undefined }],
      ["table orders: `availableAt` is changed or gone"],
    ],
    ["a check is loosened", [{ ...table, checks: {} }], ["table orders: `checks.minRows` falls from 10 to 1"]],
    [
      "a constraint is gone",
      [{ ...table, schema: { fields: [table.schema.fields[0], { name: "amount", type: "number" }] } }],
      ["table orders: the constraint `minimum` of amount is gone"],
    ],
    [
      "a source is gone",
      [{ ...table, sources: [{ path: "new/*.csv" }] }],
      ["table orders: orders/*.csv is gone from `sources`"],
    ],
  ])("tells where %s", (_why, tables, clauses) => {
    expect(clausesOf(tables)).toEqual(clauses);
  });
});

describe("weakenedChecks", () => {
  it.each<[why: string, change: (old: Written) => object, clauses: readonly string[]]>([
    ["nothing changed", (old) => old, []],
    ["more is asked", constrained("age", { minimum: 10, maximum: 90, required: true }), []],
    ["fewer values are allowed", constrained("plan", { enum: ["b"], pattern: "[ab]" }), []],
    [
      "limits are loosened",
      (old) => ({ ...old, checks: { maxNullRate: 0.9, minRows: 1, maxAgeDays: 30 } }),
      ["`checks.maxNullRate` grows to 0.9", "`checks.minRows` falls from 100 to 1", "`checks.maxAgeDays` grows to 30"],
    ],
    [
      "limits are gone",
      (old) => ({ ...old, checks: { minRows: 100 } }),
      ["`checks.maxNullRate` is gone", "`checks.maxAgeDays` is gone"],
    ],
    [
      "a finding is accepted",
      (old) => ({
        ...old,
        checks: { ...old.checks, accept: [{ column: "age", finding: "unit-change", reason: "?" }] },
      }),
      ["`checks.accept` now accepts unit-change of age"],
    ],
    [
      "a column is gone",
      (old) => ({ ...old, schema: { ...old.schema, fields: old.schema.fields.slice(0, 2) } }),
      ["the column plan is gone from `schema`"],
    ],
    [
      "texts of one column count as missing",
      fields((field) => (field.name === "age" ? { ...field, missingValues: ["", "NA", "?"] } : field)),
      ['"NA" now counts as missing in age', '"?" now counts as missing in age'],
    ],
    [
      "fewer texts of one column count as missing",
      fields((field) => (field.name === "age" ? { ...field, missingValues: [] } : field)),
      [],
    ],
    [
      "what stands around a number counts no longer",
      fields((field) => (field.name === "age" ? { ...field, bareNumber: false } : field)),
      ["age is read without what stands before and after its numbers"],
    ],
    [
      "a number is read in its unit alone",
      fields((field) => (field.name === "age" ? { ...field, bareNumber: false, unit: "years" } : field)),
      ["age is read without what stands before and after its numbers"],
    ],
    [
      "a type asks for less",
      fields((field) => (field.name === "age" ? { ...field, type: "string", constraints: undefined } : field)),
      [
        "age is read as string, no longer as number",
        "the constraint `minimum` of age is gone",
        "the constraint `maximum` of age is gone",
      ],
    ],
    [
      "constraints are gone or loosened",
      constrained("plan", { enum: ["a", "b", "c"] }),
      ["the constraint `enum` of plan is loosened", "the constraint `pattern` of plan is gone"],
    ],
    [
      "switches are off",
      constrained("id", { required: false }),
      ["the constraint `required` of id is gone", "the constraint `unique` of id is gone"],
    ],
    [
      "a range is wider",
      constrained("age", { minimum: -1, maximum: 121 }),
      ["the constraint `minimum` of age is loosened", "the constraint `maximum` of age is loosened"],
    ],
    [
      "the key is gone",
      (old) => ({ ...old, schema: { fields: old.schema.fields } }),
      ["`schema.primaryKey` is changed or gone"],
    ],
    [
      "a text counts as missing",
      (old) => ({ ...old, schema: { ...old.schema, missingValues: ["", "-1"] } }),
      ['"-1" now counts as missing'],
    ],
    ["values may be told", (old) => ({ ...old, sensitive: [] }), ["age is gone from `sensitive`"]],
    [
      "data are left out",
      (old) => ({ ...old, sources: [{ path: "data/*.csv" }] }),
      ["more/*.csv is gone from `sources`"],
    ],
  ])("%s", (_why, change, clauses) => {
    expect(weakenedChecks(dataManifest.parse(written), dataManifest.parse(change(written)))).toEqual(clauses);
  });
});
