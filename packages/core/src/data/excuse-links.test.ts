import { describe, expect, it } from "vitest";
import { excuseLinks, linkColumns } from "./excuse-links.ts";
import { finding, type FindingCode } from "./finding-codes.ts";

const fields = [{ name: "customer", type: "string" as const }];
const table = (primaryKey: string | undefined) => ({ schema: { fields, missingValues: [""], primaryKey } });
const manifest = {
  schema: { fields, missingValues: [""], primaryKey: ["customer", "month"] },
  tables: [table("order_id"), table(undefined), table("product")],
} as unknown as Parameters<typeof linkColumns>[0];
const spec = { key: "row", features: { exclude: ["email"] } } as unknown as Parameters<typeof linkColumns>[1];

describe("columns that link tables", () => {
  it("are keys of any table, and what is no feature of the model", () => {
    expect([...linkColumns(manifest, spec)]).toEqual(["row", "customer", "month", "order_id", "product", "email"]);
  });

  it("are none where nothing is declared", () => {
    const plain = { schema: { fields, missingValues: [""] } } as unknown as typeof manifest;
    expect(linkColumns(plain, { key: undefined, features: { exclude: [] } } as unknown as typeof spec).size).toBe(0);
  });

  it.each<[code: FindingCode, column: string | null, severity: string]>([
    ["unseen-categories", "customer", "warning"],
    ["relabelled", "customer", "warning"],
    ["unseen-categories", "order_id", "warning"],
    ["unseen-categories", "channel", "suspect"],
    ["relabelled", "channel", "suspect"],
    ["unit-change", "customer", "suspect"],
    ["unseen-categories", null, "suspect"],
    ["not-unique", "customer", "error"],
  ])("%s of %s is of severity %s", (code, column, severity) => {
    const found = finding(code, { column }, "Column.");
    const [told] = excuseLinks([found], linkColumns(manifest, spec));

    expect(told!.severity).toBe(severity);
    expect(told!.message.includes("blocks nothing")).toBe(severity === "warning");
  });
});
