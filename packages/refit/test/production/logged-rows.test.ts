import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { diskFiles } from "../../src/adapters/disk/files.ts";
import { newestLogged } from "../../src/runs/shadow/logged-rows.ts";

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

async function read(files: Readonly<Record<string, string>>, most: number) {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-log-"));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, "churn"));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, "churn", name), text);
  return newestLogged({ files: diskFiles }, folder, "churn", most);
}

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
});
