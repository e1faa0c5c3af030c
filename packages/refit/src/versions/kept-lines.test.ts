import { appendFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { diskFiles } from "../adapters/disk/files.ts";
import type { Repository } from "../ports/repository.ts";
import { addLines, recallLines } from "./kept-lines.ts";

describe("lines that are added", () => {
  it("are found after a line that was cut short, and without what stood before being written anew", async () => {
    const repository = { commonDir: await mkdtemp(path.join(tmpdir(), "refit-lines-")) } as Repository;
    const recall = () => recallLines(diskFiles, repository, "lines");
    const add = async (value: Record<string, unknown>) =>
      addLines(diskFiles, repository, "lines", {
        commit: "c",
        before: await recall(),
        values: new Map(Object.entries(value)),
      });
    const file = path.join(repository.commonDir, "refit/cache/lines");

    await add({ a: 1, b: 2 });
    const before = await readFile(file);
    await writeFile(file, before.subarray(0, -5));
    await add({ c: 3 });

    const kept = await recall();
    expect(["a", "b", "c"].map((key) => kept!.value(key))).toEqual([1, null, 3]);
    expect((await readFile(file)).subarray(0, before.length - 5)).toEqual(before.subarray(0, -5));
    await add({ b: 4 });
    await appendFile(file, "half a li");
    expect((await recall())!.value("b")).toBe(4);
  });
});
