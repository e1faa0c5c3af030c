import { describe, expect, it } from "vitest";
import { excuseUnused, unusedColumns } from "./excuse-unused.ts";
import { finding, type FindingCode } from "./finding-codes.ts";
import { type Columns, profileOf } from "./profile.fixture.ts";
import type { ColumnProfile } from "./profile.ts";

const ignored = [
  { name: "customer", reason: "excluded" as const },
  { name: "day", reason: "key" as const },
  { name: "left", reason: "target" as const },
];
const column = (name: string, facts: object) => ({ name, rows: 100, nulls: 0, ...facts }) as ColumnProfile;
const numbers = (columns: Columns) => profileOf(columns).columns;
const profile = {
  rows: 100,
  columns: [
    column("currency", { type: "string", distinct: 1, top: [["EUR", 100]] }),
    ...numbers({ rate: [1], jump: [1, ...Array<number>(999).fill(3)], tenth: [1, ...Array<number>(9).fill(3)] }),
    ...numbers({ kelvin: Array.from({ length: 1000 }, (_, i) => 290 + (i % 3)) }),
    column("country", {
      type: "string",
      rows: 4000,
      distinct: 2,
      top: [
        ["AT", 3971],
        ["DE", 29],
      ],
    }),
    column("region", {
      type: "string",
      rows: 4000,
      distinct: 2,
      top: [
        ["AT", 3970],
        ["DE", 30],
      ],
    }),
    column("never", { type: "number", nulls: 100 }),
    column("often", { type: "number", nulls: 50, min: 1, max: 1 }),
    column("plan", { type: "string", distinct: 3, top: [["a", 50]] }),
  ],
} as unknown as Parameters<typeof unusedColumns>[1];

describe("a suspect", () => {
  it.each<[column: string, code: FindingCode, prepare: string | null, severity: string]>([
    ["customer", "unseen-categories", null, "warning"],
    ["customer", "unseen-categories", "SELECT *, len(Customer) AS n FROM source", "suspect"],
    ["currency", "constant-changed", null, "warning"],
    ["currency", "constant-changed", "SELECT * FROM source WHERE currency = 'EUR'", "suspect"],
    ["rate", "unit-change", null, "warning"],
    ["jump", "far-outside", null, "warning"],
    ["jump", "far-outside", "SELECT * FROM source WHERE jump < 9", "suspect"],
    ["tenth", "far-outside", null, "suspect"],
    ["kelvin", "unit-change", null, "suspect"],
    ["country", "relabelled", null, "warning"],
    ["region", "relabelled", null, "suspect"],
    ["never", "sentinel-spike", null, "warning"],
    ["often", "null-jump", null, "suspect"],
    ["plan", "relabelled", null, "suspect"],
    ["day", "null-jump", null, "suspect"],
    ["left", "one-label", null, "suspect"],
    ["customer", "null-rate", null, "error"],
    ["customer", "missing-together", null, "suspect"],
  ])("of %s, %s, with prepare %j", (name, code, prepare, severity) => {
    const [found] = excuseUnused(
      [finding(code, { column: name }, "Said.")],
      unusedColumns({ ignored }, profile, prepare),
    );

    expect(found!.severity).toBe(severity);
    expect(found!.message.endsWith("blocks nothing.")).toBe(severity === "warning");
  });
});
