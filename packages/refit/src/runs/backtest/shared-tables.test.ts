import { describe, expect, it } from "vitest";
import type { OpenRequest, PreparedTable, SourceTable, Tables } from "../../ports/tables.ts";
import { sharedTables } from "./shared-tables.ts";

const request = {
  dataset: "d",
  files: [{ path: "a.csv", sha256: "1", delimiter: "," }],
  manifest: { schema: { fields: [] } },
  knownTypes: [],
  scratch: "/tmp",
} as unknown as OpenRequest;
const preparing = { sql: null, target: "y", time: "at", key: [] };

function tables(): { readonly tables: Tables; readonly opened: () => number } {
  let opened = 0;
  const prepared = { findOut: (_key, find) => find() } as Pick<PreparedTable, "findOut"> as PreparedTable;
  const table = { prepare: async () => prepared, close: async () => {} } as unknown as SourceTable;
  return { tables: { open: async () => (opened++, table) }, opened: () => opened };
}

describe("sharedTables", () => {
  it("finds out once what several runs ask of the same rows, and anew by another key or for other rows", async () => {
    const real = tables();
    const shared = sharedTables(real.tables, "/scratch");
    let found = 0;
    const ask = async (key: string, given = request) => {
      const table = await (await shared.open(given)).prepare(preparing);
      return table.findOut(
        () => key,
        async () => ++found,
      );
    };

    expect([await ask("split 1"), await ask("split 1"), await ask("split 2")]).toEqual([1, 1, 2]);
    expect(real.opened()).toBe(1);
    const other = { ...request, files: [{ ...request.files[0]!, sha256: "2" }] };
    expect(await ask("split 1", other)).toBe(3);
  });
});
