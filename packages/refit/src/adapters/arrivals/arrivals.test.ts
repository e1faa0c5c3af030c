import { writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../text.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import { arrivalsAdapter } from "./index.ts";
import { instantReader } from "./read-instant.ts";

async function opened(name: string, text: string | Uint8Array, field: object = { name: "day", type: "date" }) {
  scratch = await temporaryFolder();
  const localPath = path.join(scratch, name);
  writeFileSync(localPath, text);
  const format = name.includes(".jsonl") ? "jsonl" : "csv";
  const manifest = dataManifest.parse({ sources: [{ path: name }], schema: { fields: [field] } });
  const file = { path: name, localPath, format, delimiter: null } as unknown as FetchedFile;
  return arrivalsAdapter.open(file, manifest, { time: "day", scratch });
}

let scratch = "";

const at = (day: string) => Date.parse(day);
const textAt = async (file: Awaited<ReturnType<typeof opened>>, day: string) => {
  const bytes = await file.until(at(day), scratch);
  return bytes && decodeText(bytes);
};

describe("rows of a file", () => {
  it("are there when their time has come, in the order of the file", async () => {
    const file = await opened("a.csv", "day,x\n2024-01-02,b\n2024-01-01,a\n2024-01-03,c\n");

    expect(await textAt(file, "2023-12-31")).toBeNull();
    expect(await textAt(file, "2024-01-01")).toBe("day,x\n2024-01-01,a\n");
    expect(await textAt(file, "2024-01-02T23:00:00Z")).toBe("day,x\n2024-01-02,b\n2024-01-01,a\n");
    expect(await textAt(file, "2024-01-03")).toBe("day,x\n2024-01-02,b\n2024-01-01,a\n2024-01-03,c\n");
  });

  it("may have line breaks and separators inside of quotes", async () => {
    const text = '"x","day"\r\n"a,\r\n""1""",2024-01-01\r\nb,"2024-01-02"\r\n\r\nc,2024-01-03';
    const file = await opened("a.csv", text);

    expect(await textAt(file, "2024-01-01")).toBe('"x","day"\r\n"a,\r\n""1""",2024-01-01\r\n');
    expect(await textAt(file, "2024-01-02")).toBe('"x","day"\r\n"a,\r\n""1""",2024-01-01\r\nb,"2024-01-02"\r\n\r\n');
    expect(await textAt(file, "2024-01-03")).toBe(text);
  });

  it("come with the row before them where their time cannot be read", async () => {
    const file = await opened("a.csv", "day,x\n?,0\n2024-01-01,a\n,b\n2024-01-02,c\n");

    expect([...file.times].map((time) => new Date(time).getUTCDate())).toEqual([1, 1, 1, 2]);
  });

  it("may be JSON, one a line, and have another name and format there", async () => {
    const field = { name: "day", from: "When", type: "date", format: "%d.%m.%Y" };
    const file = await opened("a.jsonl", '{"When":"01.02.2024"}\n{"When":"02.02.2024"}\n', field);

    expect(await textAt(file, "2024-02-01")).toBe('{"When":"01.02.2024"}\n');
  });

  it.each<[why: string, name: string, text: string, field: object]>([
    ["no such column", "a.csv", "x\n1\n", { name: "day", type: "date" }],
    ["a format that is not known", "a.csv", "day\n1\n", { name: "day", type: "date", format: "%A" }],
    ["a gzip file that was cut short", "a.csv.gz", "no", { name: "day", type: "date" }],
  ])("are refused: %s", async (_why, name, text, field) => {
    await expect(opened(name, text, field)).rejects.toMatchObject({ code: "backtest-time" });
  });
});

describe("compressed files", () => {
  it.each<[name: string, text: string, first: string]>([
    ["a.csv.gz", "day,x\n2024-01-02,b\n2024-01-01,a\n", "day,x\n2024-01-01,a\n"],
    ["a.jsonl.gz", '{"day":"2024-01-02"}\n{"day":"2024-01-01"}\n', '{"day":"2024-01-01"}\n'],
  ])("%s has the rows that have come, and is itself when all have", async (name, text, first) => {
    const bytes = gzipSync(text);
    const file = await opened(name, bytes);

    expect([...file.times]).toEqual([at("2024-01-02"), at("2024-01-01")]);
    expect(await file.until(at("2023-12-31"), scratch)).toBeNull();
    const early = (await file.until(at("2024-01-01"), scratch))!;
    expect(decodeText(gunzipSync(early))).toBe(first);
    expect(await file.until(at("2024-01-01"), scratch)).toEqual(early);
    expect(await file.until(at("2024-01-02"), scratch)).toEqual(bytes);
  });
});

describe("instantReader", () => {
  it.each<[format: string | null, text: string, instant: string | null]>([
    [null, "2024-01-31", "2024-01-31T00:00:00.000Z"],
    [null, "2024-01-31 12:30", "2024-01-31T12:30:00.000Z"],
    [null, "2024-01-31T12:30:15.25Z", "2024-01-31T12:30:15.250Z"],
    [null, "2024-01-31T12:30:15+02:00", "2024-01-31T10:30:15.000Z"],
    [null, "2024-02-31", null],
    [null, "soon", null],
    ["%m/%d/%y", "01/31/24", "2024-01-31T00:00:00.000Z"],
    ["%d.%m.%Y %H:%M", "31.01.2024 08:05", "2024-01-31T08:05:00.000Z"],
    ["%d.%m.%Y", "31x01x2024", null],
    ["%b %d %Y", "Feb 3 2024", "2024-02-03T00:00:00.000Z"],
    ["%d %B %Y", "3 september 2024", "2024-09-03T00:00:00.000Z"],
    ["%b %d %Y", "Foo 3 2024", null],
  ])("reads %s of %s", (format, text, instant) => {
    const found = instantReader(format)!(text);

    expect(found === null ? null : new Date(found).toISOString()).toBe(instant);
  });

  it("does not guess at a pattern", () => {
    expect(instantReader("%A %d")).toBeNull();
  });
});
