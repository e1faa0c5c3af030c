import { describe, expect, it } from "vitest";
import { dataManifest } from "../spec/data-manifest.ts";
import { preparedRows, rawRows } from "./given-rows.ts";

const spec = {
  source: [
    { name: "id", type: "string" },
    { name: "age", type: "integer" },
    { name: 'ci"ty', type: "string" },
    { name: "left", type: "boolean" },
    { name: "note", type: "string" },
  ],
  inputs: [
    { name: "age", type: "integer" },
    { name: "place", type: "string" },
  ],
  ignored: [
    { name: "left", reason: "target-input" },
    { name: "gone", reason: "target" },
    { name: "note", reason: "identifier" },
  ],
} as const satisfies Parameters<typeof rawRows>[0] & object;
const read = (more: object) => dataManifest.parse({ sources: [{ path: "a.csv" }], ...more });
const copy = () => structuredClone(spec) as unknown as Parameters<typeof rawRows>[0];

describe("raw rows", () => {
  it("need what is an input or stands in the SQL, but nothing of the answer, and keep what is there", () => {
    const schema = {
      fields: [{ name: "age", from: "Age", type: "integer", constraints: { minimum: 0 } }],
      primaryKey: "id",
    };
    const prepare = 'SELECT *, "ci""ty" AS place, NOT left AS gone FROM source';
    const { manifest, mayLack } = rawRows(copy(), read({ schema, prepare }), ["id", "when"]);

    expect(manifest.schema.fields).toEqual([
      { name: "id", type: "string" },
      { name: "age", from: "Age", type: "integer" },
      { name: 'ci"ty', type: "string" },
      { name: "left", type: "boolean" },
    ]);
    expect(manifest.schema.primaryKey).toBeUndefined();
    expect([...mayLack]).toEqual(["id", "left"]);
  });

  it("need the inputs alone where nothing is prepared", () => {
    const { manifest, mayLack } = rawRows(copy(), read({}), []);

    expect(manifest.schema.fields.map(({ name }) => name)).toEqual(["age"]);
    expect(mayLack.size).toBe(0);
  });
});

describe("prepared rows", () => {
  it("need the inputs, and nothing is prepared or joined", () => {
    const { manifest, mayLack } = preparedRows(copy(), read({ prepare: "SELECT * FROM source" }), ["id", "age"]);

    expect(manifest.prepare).toBeUndefined();
    expect(manifest.schema.fields).toEqual([...spec.inputs, { name: "id", type: "string" }]);
    expect([...mayLack]).toEqual(["id"]);
  });

  it("lack the values that the schema says are missing in a column, and are written as anywhere", () => {
    const fields = [
      { name: "id", type: "string", missingValues: ["-"] },
      { name: "age", type: "number", decimalChar: ",", missingValues: ["", "-99"] },
      { name: "place", from: "Place", type: "string", missingValues: [] },
    ];
    const { manifest } = preparedRows(copy(), read({ schema: { fields, missingValues: ["NA"] } }), ["id"]);

    expect(manifest.schema).toMatchObject({
      missingValues: ["NA"],
      fields: [
        { name: "age", type: "integer", missingValues: ["", "-99"] },
        { name: "place", type: "string", missingValues: [] },
        { name: "id", type: "string", missingValues: ["-"] },
      ],
    });
    expect(JSON.stringify(manifest.schema.fields)).not.toMatch(/decimalChar|from/);
  });
});
