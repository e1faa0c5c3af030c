import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { hashedKey } from "../../../serve/src/index.ts";
import { diskFiles } from "../../src/adapters/disk/files.ts";
import { duckdbPredictionLogs } from "../../src/adapters/duckdb/log/prediction-logs.ts";
import { forgetPredictions } from "../../src/runs/forget-predictions.ts";

const clock = { now: () => Date.parse("2026-12-01T10:30:00Z") };
const ports = { files: diskFiles, clock, predictionLogs: duckdbPredictionLogs };
const old = "churn/2026-08-01T05Z-0a1b2c3d.jsonl";
const closed = "churn/2026-12-01T09Z-0a1b2c3d.jsonl";
const open = "churn/2026-12-01T10Z-0a1b2c3d.jsonl";

async function logWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-log-"));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, "churn"));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

const all = { key: null, salt: null, olderThanDays: null, dryRun: false } as const;
const line = (id: string, key: string) => `{"id":"${id}","key":"${key}"}\n`;

describe("refit log forget", () => {
  it("takes out lines of a key, plain and hashed, also cut off ones, and leaves every other byte", async () => {
    const hashed = await hashedKey(["c17"], "s3");
    const others = `${line("1", "c18")}{"id":"2"}\n{"id":"3","inp\n`;
    const torn = `{"id":"5","key":"c17","inp\n`;
    const folder = await logWith({
      [closed]: line("0", "c17") + others + line("4", hashed) + torn,
      "churn/2026-12-01T08Z-0a1b2c3d-2.jsonl": line("6", "c17"),
      "churn/notes.txt": "c17\n",
    });

    const found = await forgetPredictions(ports, { ...all, folder, key: ["c17"], salt: "s3" });

    expect(found).toEqual({ lines: 4, oldFiles: 0, unreadable: 0, open: [] });
    expect(await readFile(path.join(folder, closed), "utf8")).toBe(others);
    expect((await readdir(path.join(folder, "churn"))).sort()).toEqual([path.basename(closed), "notes.txt"]);
  });

  it("says what it could not do: hashed keys without their salt, and files that are still written to", async () => {
    const files = { [closed]: line("0", await hashedKey(["c17"], "s3")), [open]: line("1", "c17") };
    const folder = await logWith(files);

    const found = await forgetPredictions(ports, { ...all, folder, key: ["c17"] });

    expect(found).toEqual({ lines: 0, oldFiles: 0, unreadable: 1, open: [open] });
    for (const [name, text] of Object.entries(files))
      expect(await readFile(path.join(folder, name), "utf8")).toBe(text);
  });

  it("removes old files as a whole, and nothing in a dry run", async () => {
    const folder = await logWith({ [old]: line("0", "c1"), [closed]: line("1", "c17"), [open]: "" });
    const wanted = { ...all, folder, olderThanDays: 90, key: ["c17"] };
    const expected = { lines: 1, oldFiles: 1, unreadable: 0, open: [open] };

    expect(await forgetPredictions(ports, { ...wanted, dryRun: true })).toEqual(expected);
    expect(await readdir(path.join(folder, "churn"))).toHaveLength(3);
    expect(await forgetPredictions(ports, wanted)).toEqual(expected);
    expect(await readdir(path.join(folder, "churn"))).toEqual([path.basename(open)]);
  });
});
