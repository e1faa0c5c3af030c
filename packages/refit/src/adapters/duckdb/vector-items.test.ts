import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSession } from "./session.ts";
import { vectorItems } from "./vector-items.ts";

const { limits } = dataManifest.parse({ sources: [{ path: "a.csv" }] });

async function sessionOfTest() {
  const session = await openSession(await temporaryFolder(), limits);
  onTestFinished(() => session.close());
  return session;
}

describe("vectorItems", () => {
  it("are the values of each chunk, as many as it has rows", async () => {
    const session = await sessionOfTest();
    const found: number[][] = [];
    const digests: bigint[] = [];
    const sql = "SELECT (i / 4)::DOUBLE, (18446744073709551615 - i)::UBIGINT FROM range(2050) r(i)";
    await session.eachChunk(sql, (chunk) => {
      found.push([...vectorItems(chunk.getColumnVector(0), Float64Array)]);
      digests.push(...vectorItems(chunk.getColumnVector(1), BigUint64Array));
    });

    expect(found.map(({ length }) => length)).toEqual([2048, 2]);
    expect(found.flat()).toEqual(Array.from({ length: 2050 }, (_, i) => i / 4));
    expect(digests.slice(-1)).toEqual([18_446_744_073_709_551_615n - 2049n]);
  });

  it("of another kind are refused", async () => {
    const session = await sessionOfTest();
    const read = session.eachChunk("SELECT 1::BIGINT, 'a'", (chunk) => {
      vectorItems(chunk.getColumnVector(chunk.columnCount - 1), Float64Array);
    });
    await expect(read).rejects.toThrow("a vector of VARCHAR holds no Float64Array");
  });
});
