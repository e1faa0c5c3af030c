import { writeFile } from "node:fs/promises";
import path from "node:path";

import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished } from "vitest";

import { duckdbSurveys } from "./index.ts";

async function survey(
  contents: Readonly<Record<string, string>>,
  missingValues: readonly string[] = ["", "NA", "nan"],
) {
  const folder = await temporaryFolder();
  const files = [];
  for (const [name, content] of Object.entries(contents)) {
    const localPath = path.join(folder, name);
    await writeFile(localPath, content);
    const format = name.endsWith(".jsonl") ? ("jsonl" as const) : ("csv" as const);
    files.push({
      path: name,
      format,
      delimiter: null,
      bytes: content.length,
      blob: null,
      identity: name,
      sha256: name.padStart(64, "0"),
      localPath,
    });
  }
  const manifest = dataManifest.parse({ sources: [{ path: "*" }], schema: { missingValues: [...missingValues] } });
  const seen = await duckdbSurveys.open({
    dataset: "d",
    files,
    manifest,
    knownTypes: [],
    scratch: path.join(folder, "scratch"),
  });
  onTestFinished(() => seen.close());
  return seen;
}

describe("a survey", () => {
  it("types columns with the words of no value left aside, and shows them where they stand", async () => {
    const seen = await survey({ "a.csv": "x;c;d\n1;NA;\nNA;b;\n nan;b;\n2,5;b;\n" });

    const texts = await seen.texts(["x", "d"], null);
    const words = await seen.texts(["x", "c"], ["NA", "nan"]);

    expect(seen.delimiter).toBe(";");
    expect(seen.columns.map(({ type }) => type)).toEqual(["string", "string", "string"]);
    expect(texts.get("x")!.map(({ text, count, row }) => [text, count, row])).toEqual([
      ["NA", 1, 2],
      [" nan", 1, 3],
      ["1", 1, 1],
      ["2,5", 1, 4],
    ]);
    expect(texts.get("d")).toEqual([{ text: "", count: 4, file: "a.csv", row: 1 }]);
    expect([...words].map(([name, found]) => [name, found.map(({ text }) => text)])).toEqual([
      ["x", ["NA", " nan"]],
      ["c", ["NA"]],
    ]);
  });

  it("is not stopped by numbers that are not finite, where their word is left aside", async () => {
    const seen = await survey({ "a.csv": `x\n${"1.5\nnan\n".repeat(2000)}` });

    expect(seen.findings).toEqual([]);
    expect(seen.columns).toEqual([{ name: "x", type: "number" }]);
  });

  it("counts over all files, and gives a row and its line", async () => {
    const seen = await survey({ "a.csv": 'x,y\n"a\nb",1\nTotal,2\n', "b.csv": "x,y\nc,1\nTotal,\n" });

    const texts = await seen.texts(["x"], null);

    expect(texts.get("x")).toContainEqual({ text: "Total", count: 2, file: "a.csv", row: 2 });
    expect(await seen.row("a.csv", 2)).toEqual({
      line: 4,
      texts: new Map([
        ["x", "Total"],
        ["y", "2"],
      ]),
    });
    expect((await seen.row("b.csv", 2)).texts.get("y")).toBe("");
  });

  it("says what is wrong with a file, and has no columns then", async () => {
    const seen = await survey({ "a.csv": "x,y\n1,2,3\n" });

    expect(seen.findings).toMatchObject([{ code: "ragged-row" }]);
    expect(seen.columns).toEqual([]);
  });
});
