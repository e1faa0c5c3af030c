import { writeFileSync } from "node:fs";
import path from "node:path";
import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import type { FetchedFile } from "../../ports/sources.ts";
import { parquetOf } from "../duckdb/open-files.fixture.ts";
import { openSession } from "../duckdb/session.ts";
import { arrivalsAdapter } from "./index.ts";

let scratch = "";

async function opened(name: string, bytes: Uint8Array) {
  scratch = await temporaryFolder();
  const localPath = path.join(scratch, name);
  writeFileSync(localPath, bytes);
  const manifest = dataManifest.parse({ sources: [{ path: name }] });
  const file = { path: name, localPath, format: "parquet", delimiter: null } as unknown as FetchedFile;
  return arrivalsAdapter.open(file, manifest, { time: "day", scratch });
}

/** What stands in the second column, in the order of the file. */
async function texts(bytes: Uint8Array): Promise<unknown[]> {
  const file = path.join(scratch, "cut.parquet");
  writeFileSync(file, bytes);
  const session = await openSession(
    path.join(scratch, "session"),
    dataManifest.parse({ sources: [{ path: "a" }] }).limits,
  );
  const rows = await session.rows(
    `SELECT x FROM read_parquet('${file}', file_row_number = true) ORDER BY file_row_number`,
  );
  await session.close();
  return rows.flat();
}

const at = (day: string) => Date.parse(day);

describe("rows of a Parquet file", () => {
  it.each<[what: string, day: string]>([
    ["dates", "DATE"],
    ["instants", "TIMESTAMP"],
    ["instants with a zone", "TIMESTAMPTZ"],
    ["texts", "VARCHAR"],
  ])("are there when their time has come, in the order of the file: %s", async (_what, type) => {
    const rows = "(VALUES ('2024-01-02', 'b'), ('2024-01-01', 'a'), (NULL, 'n'), ('2024-01-03', 'c')) AS t(day, x)";
    const bytes = await parquetOf(`SELECT day::${type} AS day, x FROM ${rows}`);
    const file = await opened("a.parquet", bytes);
    const rowsAt = async (day: string) => {
      const cut = await file.until(at(day), scratch);
      return cut && texts(cut);
    };

    expect([...file.times]).toEqual(["2024-01-02", "2024-01-01", "2024-01-01", "2024-01-03"].map(at));
    expect(await rowsAt("2023-12-31")).toBeNull();
    expect(await rowsAt("2024-01-01")).toEqual(["a", "n"]);
    expect(await rowsAt("2024-01-02")).toEqual(["b", "a", "n"]);
    expect(await file.until(at("2024-01-02"), scratch)).toEqual(await file.until(at("2024-01-02"), scratch));
    expect(await file.until(at("2024-01-03"), scratch)).toEqual(Buffer.from(bytes));
  });

  it("are refused without the column", async () => {
    const bytes = await parquetOf("SELECT 1 AS x");

    await expect(opened("a.parquet", bytes)).rejects.toMatchObject({ code: "backtest-time" });
  });
});
