import { describe, expect, it } from "vitest";
import { sourceReads } from "../../src/adapters/duckdb/source-reads.fixture.ts";
import { championScene, churnScene } from "./support/scene.ts";
import { churnCsv } from "./support/churn.ts";
import { shopScene } from "./support/shop.ts";

/** How often each file was read. */
function counts(names: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const name of names) counted[name] = (counted[name] ?? 0) + 1;
  return counted;
}

describe("how often a run reads a file", { timeout: 300_000 }, () => {
  it("a first one: to check it, and for the digests of its rows", async () => {
    const scene = await churnScene();
    const reads = sourceReads();

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    expect(counts(reads)).toEqual({ "churn/2026-01.csv": 2, "churn/2026-02.csv": 2 });
  });

  it("with further tables: their own rows no more often, and each table to check it and to join it", async () => {
    const scene = await shopScene();
    const reads = sourceReads();

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    const months = (await scene.git("ls-files", "data")).split("\n").map((file) => file.replace("data/", ""));
    expect(counts(reads)).toEqual(Object.fromEntries(months.map((name) => [name, 2])));
  });

  it("that grew: its new rows to check them, all to prepare them, and all of the one that grew for its profile", async () => {
    const scene = await championScene();
    scene.at("2026-06-03T00:00:00Z");
    const before = await scene.git("show", "main:data/churn/2026-02.csv");
    const more = churnCsv({ rows: 300, from: "2026-04-01", seed: 4 });
    await scene.land({ "data/churn/2026-02.csv": `${before}\n${more.slice(more.indexOf("\n") + 1)}` });
    const reads = sourceReads();

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    expect(counts(reads)).toEqual({ tail: 1, "churn/2026-01.csv": 1, "churn/2026-02.csv": 2 });
  });
});
