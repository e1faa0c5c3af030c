import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { dataLimits } from "@refit/core/spec";
import { describe, expect, it, onTestFinished } from "vitest";
import { diskFiles } from "../../src/adapters/disk/files.ts";
import { duckdbPredictionLogs } from "../../src/adapters/duckdb/log/prediction-logs.ts";
import { diskScratch } from "../../src/adapters/disk/scratch.ts";
import type { Ports } from "../../src/ports/index.ts";
import { listLog } from "../../src/runs/log-files.ts";
import { compactLog } from "../../src/runs/monitor/compact-log.ts";
import { newestLogged, type LoggedPart } from "../../src/runs/shadow/logged-rows.ts";

const version = "a".repeat(40);
const other = "b".repeat(40);

const line = (id: string, time: string, more: object = {}) =>
  JSON.stringify({
    format: 1,
    id,
    time: `2026-12-01T${time}:00.000Z`,
    model: "churn",
    version,
    input: { plan: "pro" },
    prediction: { class: true, probabilities: [0.2, 0.8] },
    microseconds: 3,
    ...more,
  });

interface MadeLog {
  /** That the log of all models is in. */
  readonly folder: string;
  newest(most: number, files?: Pick<Ports["files"], "list">): Promise<LoggedPart>;
  /** What `refit monitor` does with it; `isKilled`: before it removes what it has compacted. */
  compact(how?: { readonly isKilled: boolean }): Promise<void>;
}

async function logWith(files: Readonly<Record<string, string>>, now = "2026-12-02T00:30:00Z"): Promise<MadeLog> {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-log-"));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  const commonDir = path.join(folder, "git");
  await mkdir(path.join(folder, "churn"));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, "churn", name), text);
  const clock = { now: () => Date.parse(now) };
  const ports = { files: diskFiles, clock, predictionLogs: duckdbPredictionLogs, scratch: diskScratch } as const;
  return {
    folder,
    newest: (most, listed = diskFiles) =>
      newestLogged(
        { ...ports, clock: clock as Ports["clock"], files: { ...diskFiles, list: (place) => listed.list(place) } },
        { commonDir },
        { folder, model: "churn" },
        most,
      ),
    async compact(how) {
      const log = await listLog(ports, folder, "churn", clock.now());
      const scratch = await diskScratch.open(commonDir);
      const opened = await duckdbPredictionLogs.open({ scratch: scratch.path, limits: dataLimits.parse({}) });
      const out = { progress: () => {} } as unknown as Ports["out"];
      const keep = { ...diskFiles, remove: async () => {} };
      await compactLog(
        { files: how?.isKilled === true ? keep : diskFiles, out },
        { model: "churn", log, folder: log.folder, known: {}, open: async () => opened },
      );
      await opened.close();
      await scratch.remove();
    },
  };
}

const read = async (files: Readonly<Record<string, string>>, most: number) => (await logWith(files)).newest(most);

const ids = ({ rows }: Awaited<ReturnType<typeof read>>) => rows.map(({ id }) => id);

describe("the newest rows of a prediction log", () => {
  it("are those of all processes of an hour, and of earlier hours where these are too few", async () => {
    const files = {
      "2026-12-01T09Z-0a1b2c3d.jsonl": `${line("1", "09:00")}\n${line("4", "09:30")}\n`,
      "2026-12-01T09Z-0a1b2c3d-2.jsonl": `${line("5", "09:40")}\n`,
      "2026-12-01T09Z-ffffffff.jsonl": `${line("2", "09:10")}\n${line("3", "09:20")}\n`,
      "2026-12-01T08Z-ffffffff.jsonl": `${line("0", "08:10")}\n`,
      "notes.jsonl": line("9", "10:00"),
    };

    const three = await read(files, 3);
    expect(ids(three)).toEqual(["5", "4", "3"]);
    expect(three.files).toBe(3);
    expect(ids(await read(files, 6))).toEqual(["5", "4", "3", "2", "1", "0"]);
    expect(ids(await read({}, 6))).toEqual([]);
  });

  it("leave out what is cut off, of another model or of another format, and count it", async () => {
    const files = {
      "2026-12-01T09Z-0a1b2c3d.jsonl": [
        line("1", "09:00"),
        line("2", "09:01").slice(0, 40),
        line("3", "09:02", { model: "prices" }),
        line("4", "09:03", { format: 2 }),
        "null",
        "",
        line("5", "09:04"),
      ].join("\r\n"),
    };

    expect(await read(files, 9)).toMatchObject({ damaged: 4, repeated: 0, rows: [{ id: "5" }, { id: "1" }] });
  });

  it("count the same line in two files once", async () => {
    const files = {
      "2026-12-01T09Z-0a1b2c3d.jsonl": `${line("1", "09:00")}\n${line("2", "09:01", { input: { plan: "new" } })}\n`,
      "2026-12-01T09Z-ffffffff.jsonl": `${line("1", "09:00", { input: { plan: "newer" } }).replace("09:00:00", "09:00:30")}\n${line("2", "09:00")}\n`,
    };

    const found = await read(files, 9);

    expect(found).toMatchObject({
      repeated: 2,
      rows: [
        { id: "2", input: { plan: "new" } },
        { id: "1", input: { plan: "newer" } },
      ],
    });
  });

  it("know what a second version has answered to them", async () => {
    const second = { version: other, prediction: { class: false, probabilities: [0.7, 0.3] }, microseconds: 2 };
    const files = {
      "2026-12-01T09Z-0a1b2c3d.jsonl": `${line("1", "09:00", { other: second })}\n${line("0", "08:59", { other: 3 })}\n`,
    };

    const { rows } = await read(files, 9);

    expect([...rows[0]!.answers]).toEqual([
      [other, second.prediction],
      [version, { class: true, probabilities: [0.2, 0.8] }],
    ]);
    expect([...rows[1]!.answers.keys()]).toEqual([version]);
  });

  const hours = {
    "2026-11-30T23Z-0a1b2c3d.jsonl": `${line("0", "23:10").replace("12-01", "11-30")}\n`,
    "2026-12-01T08Z-0a1b2c3d.jsonl": `${line("1", "08:10", { input: { plan: "old" } })}\n${line("2", "08:20")}\n`,
    "2026-12-01T09Z-0a1b2c3d.jsonl": `${line("1", "09:10")}\n${line("3", "09:20")}\n${line("4", "09:20")}\n`,
    "2026-12-01T09Z-ffffffff.jsonl": `${line("5", "09:20", { model: "prices" })}\n${line("6", "09:20")}\n`,
  };
  const facts = async (log: MadeLog, most: number) => ({ ...(await log.newest(most)), files: null });
  const each = [1, 2, 5, 9];

  it("are the same when days were compacted, where more has come since, and where a copy of a line is left", async () => {
    const [plain, killed, early] = [
      await logWith(hours),
      await logWith(hours),
      await logWith(hours, "2026-12-01T09:30:00Z"),
    ];
    const rows = await Promise.all(each.map(async (most) => (await plain.newest(most)).rows));
    expect(rows.at(-1)!.map(({ id }) => id)).toEqual(["6", "4", "3", "1", "2", "0"]);
    expect(rows).toEqual(each.map((most) => rows.at(-1)!.slice(0, most)));
    expect(await facts(plain, 9)).toMatchObject({ damaged: 1, repeated: 1 });

    await plain.compact();
    await killed.compact({ isKilled: true });
    await early.compact();

    const names = async (log: MadeLog) =>
      (await readdir(path.join(log.folder, "churn"))).map((name) => path.extname(name));
    expect((await names(plain)).sort()).toEqual([".parquet", ".parquet"]);
    expect((await names(killed)).filter((name) => name === ".parquet")).toHaveLength(2);
    expect(await names(killed)).toHaveLength(6);
    expect((await names(early)).sort()).toEqual([".jsonl", ".jsonl", ".parquet", ".parquet"]);
    for (const log of [plain, killed, early]) {
      for (const [i, most] of each.entries()) expect((await log.newest(most)).rows).toEqual(rows[i]);
      expect(await facts(log, 9)).toMatchObject({ repeated: 1 });
    }
    expect((await plain.newest(1)).files).toBe(1);
  });

  it("are found where a monitor compacts the log meanwhile", async () => {
    const log = await logWith(hours);
    const { rows } = await log.newest(9);
    let isFirst = true;
    const list = async (folder: string) => {
      const listed = await diskFiles.list(folder);
      if (isFirst) await log.compact();
      isFirst = false;
      return listed;
    };

    expect((await log.newest(9, { list })).rows).toEqual(rows);
  });

  it("are not found where a file is damaged, which is said", async () => {
    const log = await logWith({ ...hours, "2026-12-01-0123456789abcdef.parquet": "PAR1" });

    await expect(log.newest(9)).rejects.toThrow("parquet");
  });
});
