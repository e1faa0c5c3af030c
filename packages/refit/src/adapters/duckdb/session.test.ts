import { access, writeFile } from "node:fs/promises";
import path from "node:path";

import type { DataLimits } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { openSession, type Session } from "./session.ts";

const limits: DataLimits = { prepareSeconds: 600, memoryMiB: 400, spillMiB: 20_480 };

async function lockedSession(): Promise<{ session: Session; folder: string }> {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, "secret.csv"), "a\n1\n");
  const session = await openSession(path.join(folder, "scratch"), limits);
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
    const session = await openSession(path.join(folder, "scratch"), limits);

    await session.close();

    await expect(access(path.join(folder, "scratch"))).rejects.toThrow("ENOENT");
  });
});

describe("the limits of a session", () => {
  async function limited(change: Partial<DataLimits>): Promise<Session> {
    const folder = await temporaryFolder();
    const session = await openSession(path.join(folder, "scratch"), { ...limits, ...change });
    onTestFinished(() => session.close());
    return session;
  }
  const endless = "SELECT count(*) FROM range(100000000000) a, range(100000000000) b WHERE a.range % 7 = b.range % 5";

  it("end what takes too long, and the session still answers", async () => {
    const session = await limited({ prepareSeconds: 0.2 });

    const outcome = session.withinTime(async () => {
      await session.rows("SELECT 1");
      await session.rows(endless);
    });

    await expect(outcome).rejects.toMatchObject({
      code: "data-limit",
      limit: "prepareSeconds",
      message: "`prepare` did not end within 0.2 seconds, the limit.",
      hint: expect.stringContaining("`limits: { prepareSeconds: 0.4 }`"),
    });
    expect(await session.rows("SELECT 2")).toEqual([[2]]);
  });

  it("leave a mistake that comes in time what it is", async () => {
    const session = await limited({ prepareSeconds: 60 });

    await expect(session.withinTime(() => session.rows("SELECT nothing"))).rejects.toThrow("Binder Error");
  });

  it.each<[limit: "memoryMiB" | "spillMiB", sql: string]>([
    [
      "spillMiB",
      "CREATE TEMP TABLE big AS SELECT md5(range::VARCHAR) || sha256(range::VARCHAR) AS a FROM range(1500000)",
    ],
    [
      "memoryMiB",
      "SELECT length(string_agg(range::VARCHAR, ',')) + length(list(repeat(range::VARCHAR, 90))::VARCHAR) FROM range(9000000)",
    ],
  ])("name %s when it is used up", async (limit, sql) => {
    const session = await limited({ memoryMiB: 64, spillMiB: limit === "spillMiB" ? 10 : 20_480 });

    await expect(session.run(sql)).rejects.toMatchObject({ code: "data-limit", limit });
    expect(await session.rows("SELECT 2")).toEqual([[2]]);
  });

  it.each<[memoryMiB: number | null, columns: number, setting: string]>([
    [null, 10, "2.0 GiB"],
    [null, 5000, "3.3 GiB"],
    [100, 10_000, "100.0 MiB"],
  ])(
    "where %s MiB are set and the machine has 8192: room for %i columns is %s",
    async (memoryMiB, columns, setting) => {
      vi.spyOn(process, "constrainedMemory").mockReturnValue(8192 * 2 ** 20);
      onTestFinished(() => void vi.restoreAllMocks());
      const given = { prepareSeconds: 600, spillMiB: 10, ...(memoryMiB !== null && { memoryMiB }) };
      const session = await openSession(path.join(await temporaryFolder(), "scratch"), given);
      onTestFinished(() => session.close());

      await session.fitColumns(columns);

      expect(await session.rows("SELECT current_setting('memory_limit')")).toEqual([[setting]]);
    },
  );

  it.each<[machineMiB: number, advice: string]>([
    [8192, "for one run: `--memory 128MiB`. This machine has 8192 MiB."],
    [
      100,
      "This machine has 100 MiB, so raising the limit helps little: use fewer columns or rows, or a larger machine.",
    ],
  ])("say what to do about memory on a machine of %i MiB", async (machineMiB, advice) => {
    vi.spyOn(process, "constrainedMemory").mockReturnValue(machineMiB * 2 ** 20);
    onTestFinished(() => void vi.restoreAllMocks());
    const session = await limited({ memoryMiB: 64 });

    await expect(
      session.run("SELECT length(list(repeat(range::VARCHAR, 90))::VARCHAR) FROM range(9000000)"),
    ).rejects.toMatchObject({ limit: "memoryMiB", hint: expect.stringContaining(advice) });
  });
});
