import { describe, expect, it } from "vitest";
import { excuseUnused, unusedColumns } from "./excuse-unused.ts";
import { finding, type FindingCode } from "./finding-codes.ts";
import type { ColumnProfile } from "./profile.ts";

const ignored = [
  { name: "customer", reason: "excluded" as const },
  { name: "day", reason: "key" as const },
  { name: "left", reason: "target" as const },
];
const column = (name: string, facts: object) => ({ name, rows: 100, nulls: 0, ...facts }) as ColumnProfile;
const profile = {
  rows: 100,
  columns: [
    column("currency", { type: "string", distinct: 1, top: [["EUR", 100]] }),
    column("rate", { type: "number", min: 1, max: 1 }),
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
