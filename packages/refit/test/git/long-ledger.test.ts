import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { LedgerRow } from "@refit/core/history";
import { describe, expect, it } from "vitest";
import { appendLedger, readLedger } from "../../src/ledger/ledger.ts";
import { type TestWorld, temporaryWorld, worldOf } from "./world.ts";

const rowsFrom = (first: number, count: number): LedgerRow[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: "drift",
    model: "churn",
    at: new Date(Date.UTC(2026, 2, 1, 0, first + i)).toISOString(),
    inputDigest: String(first + i),
    parent: null,
    holdout: null,
    driftLevel: 0.5,
  }));

async function append(world: TestWorld, rows: readonly LedgerRow[]): Promise<void> {
  await appendLedger(world, await world.locate(), { rows, files: new Map(), at: 0 });
}

/** As the next process reads it. */
async function readAnew({ repository }: TestWorld): Promise<readonly LedgerRow[]> {
  const world = worldOf(repository);
  return (await readLedger(world, await world.locate(), "churn")).rows;
}

const keptFile = ({ repository }: TestWorld) => path.join(repository.root, ".git/refit/cache/parses");

describe("a long ledger", () => {
  it("is parsed in parts, of which only new ones are parsed again", async () => {
    const world = await temporaryWorld();
    await append(world, rowsFrom(0, 450));
    expect(await readAnew(world)).toEqual(rowsFrom(0, 450));
    const before = await readFile(keptFile(world), "utf8");

    await append(world, rowsFrom(450, 3));
    expect(await readAnew(world)).toEqual(rowsFrom(0, 453));

    const after = await readFile(keptFile(world), "utf8");
    expect(after.startsWith(before)).toBe(true);
    const added = after.slice(before.length);
    expect([399, 400, 452].map((digest) => added.includes(`"inputDigest":"${digest}"`))).toEqual([false, true, true]);
  });

  it.each([0, 0.3, 0.7])("is read from git where kept parts were damaged: %s", async (place) => {
    const world = await temporaryWorld();
    await append(world, rowsFrom(0, 650));
    await readAnew(world);
    const kept = await readFile(keptFile(world));

    const lines = kept.toString().split("\n");
    const damaged = Math.floor(place * lines.length);
    lines[damaged] = lines[damaged]!.replace('"inputDigest":"', '"inputDigest":"9');
    await writeFile(keptFile(world), lines.join("\n"));

    expect(await readAnew(world)).toEqual(rowsFrom(0, 650));
  });

  it("names the first line that is invalid, in whatever part it is", async () => {
    const world = await temporaryWorld();
    const lines = rowsFrom(0, 650).map((row) => JSON.stringify(row));
    lines[302] = "{}";
    lines[640] = "no JSON";
    await append(world, rowsFrom(0, 1));
    await world.repository.git("switch", "--quiet", "refit-ledger");
    await world.repository.write("models/churn.jsonl", `${lines.join("\n")}\n`);
    await world.repository.commit("Edit by hand");

    await expect(readAnew(world)).rejects.toMatchObject({
      code: "ledger-invalid",
      message: expect.stringContaining("models/churn.jsonl:303 "),
    });
  });
});
