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

function tables() {
  let [opened, closed] = [0, 0];
  const prepared = { findOut: (_key, find) => find() } as Pick<PreparedTable, "findOut"> as PreparedTable;
  const close = async () => void closed++;
  const table = { prepare: async () => ({ ...prepared }), close } as unknown as SourceTable;
  const real: Tables = { open: async () => (opened++, table) };
  return { tables: real, opened: () => opened, closed: () => closed };
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

  it.each<[what: string, other: object]>([
    ["types", { knownTypes: [{ name: "y", type: "string" }] }],
    ["schema", { manifest: { schema: { fields: [{ name: "y", type: "string" }] } } }],
    ["checks", { manifest: { schema: { fields: [] }, checks: { minRows: 2 } } }],
    ["limits", { manifest: { schema: { fields: [] }, limits: { memoryMiB: 2 } } }],
    ["sensitive columns", { manifest: { schema: { fields: [] }, sensitive: ["y"] } }],
    ["names of files", { files: [{ ...request.files[0]!, path: "b.csv" }] }],
    ["separator", { files: [{ ...request.files[0]!, delimiter: ";" }] }],
    ["rows of a file", { files: [{ ...request.files[0]!, only: [[2, 3]] }] }],
    ["dataset", { dataset: "e" }],
  ])("reads the same rows anew with other %s", async (_what, other) => {
    const real = tables();
    const shared = sharedTables(real.tables, "/scratch");

    for (const asked of [request, { ...request, ...other }, request, { ...request, ...other }])
      await shared.open(asked);

    expect(real.opened()).toBe(2);
  });

  it("prepares once what is prepared alike, and anew by other SQL", async () => {
    const real = tables();
    const table = await sharedTables(real.tables, "/scratch").open(request);

    const [first, again] = [await table.prepare(preparing), await table.prepare(preparing)];
    const other = await table.prepare({ ...preparing, sql: "SELECT * FROM source" });

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it("keeps the newest two open when a night has ended, and none at the end", async () => {
    const real = tables();
    const shared = sharedTables(real.tables, "/scratch");
    for (const dataset of ["a", "b", "c", "a"]) await (await shared.open({ ...request, dataset })).close();

    await shared.closeOld();
    expect(real.closed()).toBe(1);
    await shared.open({ ...request, dataset: "a" });
    expect(real.opened()).toBe(3);
    await shared.closeAll();
    expect(real.closed()).toBe(3);
  });
});
