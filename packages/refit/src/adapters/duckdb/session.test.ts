import { access, writeFile } from "node:fs/promises";
import path from "node:path";

import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished } from "vitest";

import { openSession, type Session } from "./session.ts";

async function lockedSession(): Promise<{ session: Session; folder: string }> {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, "secret.csv"), "a\n1\n");
  const session = await openSession(path.join(folder, "scratch"));
  onTestFinished(() => session.close());
  await session.run("CREATE TABLE t AS SELECT range AS n FROM range(10)");
  await session.lock();
  return { session, folder };
}

describe("a locked session", () => {
  it.each([
    "SELECT * FROM '$/secret.csv'",
    "SELECT * FROM read_text('$/secret.csv')",
    "SELECT * FROM glob('$/*')",
    "COPY t TO '$/out.csv'",
    "COPY t FROM '$/secret.csv'",
    "ATTACH '$/other.db'",
    "EXPORT DATABASE '$/exported'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET threads = 4",
    "SET temp_directory = '$'",
  ])("refuses %s", async (sql) => {
    const { session, folder } = await lockedSession();

    await expect(session.run(sql.replaceAll("$", folder))).rejects.toThrow(/Permission Error|configuration/);
  });

  it("still answers, and still spills to its scratch folder", async () => {
    const { session } = await lockedSession();

    await session.run("CREATE TEMP TABLE big AS SELECT repeat(range::VARCHAR, 20) AS a FROM range(5000000)");
    const [row] = await session.rows(
      "SELECT count(*), (SELECT sum(temporary_storage_bytes) FROM duckdb_memory()) > 0 FROM big",
    );

    expect(row).toEqual([5_000_000n, true]);
  });

  it("leaves nothing behind", async () => {
    const folder = await temporaryFolder();
    const session = await openSession(path.join(folder, "scratch"));

    await session.close();

    await expect(access(path.join(folder, "scratch"))).rejects.toThrow("ENOENT");
  });
});
