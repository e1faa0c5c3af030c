import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import { diskFiles } from "../adapters/disk/files.ts";
import type { Git } from "../ports/git.ts";
import type { Repository } from "../ports/repository.ts";
import { type ParsedForm, parseKey, parseStore } from "./parse-store.ts";

const idOf = (i: number) => String(i).padStart(40, "0");

async function clone() {
  const commonDir = await temporaryFolder();
  const repository = { commonDir } as Repository;
  const made: string[] = [];
  /** As a process reads that knows what earlier ones have kept. */
  const open = async () => {
    const store = await parseStore({ files: diskFiles, git: {} as Git }, repository);
    const once = (i: number, parsed: ParsedForm | null) =>
      store.once(parseKey(idOf(i), "parser"), async () => {
        made.push(idOf(i).slice(-1));
        return parsed;
      });
    return { ...store, once };
  };
  return { open, made, file: path.join(commonDir, "refit/cache/parses") };
}

const parsed = (value: unknown, place = "a file"): ParsedForm => ({ value, place });

describe("parsed forms", () => {
  it("are made once, in this process and the next, and nothing is kept of what is not there", async () => {
    const { open, made } = await clone();
    const first = await open();
    await Promise.all([first.once(1, parsed({ a: [1] })), first.once(1, parsed("never")), first.once(2, null)]);
    const second = await open();

    expect((await second.once(1, parsed("never")))?.value).toEqual({ a: [1] });
    expect([second.knows(idOf(1)), second.knows(idOf(2))]).toEqual([true, false]);
    expect(made).toEqual(["1", "2"]);
  });

  it("that were cut short or damaged are made again, and those after them are not", async () => {
    const { open, made, file } = await clone();
    const first = await open();
    for (const i of [1, 2, 3]) await first.once(i, parsed(`value ${i}`, `file ${i}`));
    const text = await readFile(file, "latin1");
    await writeFile(file, text.replace("value 2", "value 9").slice(0, -3), "latin1");
    for (let process = 0; process < 2; process++) {
      const store = await open();
      for (const i of [1, 2, 3])
        expect((await store.once(i, parsed(`value ${i}`, `file ${i}`)))?.value).toBe(`value ${i}`);
    }

    expect(made).toEqual(["1", "2", "3", "2", "3"]);
  });

  it("of one file are kept for its last three texts, and the file does not grow for ever", async () => {
    const { open, made, file } = await clone();
    const text = "x".repeat(300_000);
    await (await open()).once(0, parsed("other", "another file"));
    let largest = 0;
    for (let i = 1; i <= 30; i++) {
      await (await open()).once(i, parsed(text));
      largest = Math.max(largest, (await stat(file)).size);
    }
    const last = await open();

    expect([0, 27, 28, 29, 30].map((i) => last.knows(idOf(i)))).toEqual([true, false, true, true, true]);
    expect(largest).toBeLessThan(10 * text.length);
    expect(made).toHaveLength(31);
  });
});
