import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packTar, unpackTar } from "./tar-file.ts";

const name = fc.stringMatching(/^[a-z0-9][a-zA-Z0-9_.+-]{0,60}$/);
const paths = fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 3 }), {
  selector: (parts) => parts[0],
  maxLength: 4,
});

async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [file, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), bytes);
  }
  return folder;
}

const anything = { isWanted: () => true, mostBytes: 1e9 };

describe("a tar file", () => {
  it("gives back every file as it was, and the same bytes each time", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(paths, fc.array(fc.uint8Array({ maxLength: 1500 })), async (all, contents) => {
        const files = Object.fromEntries(all.map((parts, i) => [parts.join("/"), contents[i] ?? new Uint8Array()]));
        const folder = await folderOf(files);
        const out = await temporaryFolder();
        const [one, two] = [path.join(out, "1.tar"), path.join(out, "2.tar")];

        expect(await packTar(folder, Object.keys(files), one)).toBe(await packTar(folder, Object.keys(files), two));
        await unpackTar(one, { ...anything, folder: path.join(out, "all") });

        for (const [file, bytes] of Object.entries(files))
          expect(new Uint8Array(await readFile(path.join(out, "all", file)))).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it.each<[what: string, words: string, change: (file: string) => Promise<unknown>]>([
    ["cut", "ends in the middle", (file) => truncate(file, 700)],
    ["empty", "ends in the middle", (file) => truncate(file, 0)],
    ["other bytes", "not a tar file", (file) => writeFile(file, "x".repeat(2000))],
    ["a flipped bit of the name", "not a tar file", async (file) => writeFile(file, flipped(await readFile(file)))],
  ])("is refused: %s", async (_what, words, change) => {
    const folder = await folderOf({ "a.txt": new Uint8Array(300) });
    const file = path.join(folder, "a.tar");
    await packTar(folder, ["a.txt"], file);
    await change(file);

    await expect(unpackTar(file, { ...anything, folder: path.join(folder, "out") })).rejects.toThrow(words);
  });

  it("unpacks only what was asked for, and no more than that", async () => {
    const folder = await folderOf({ "a.txt": new Uint8Array(300) });
    const file = path.join(folder, "a.tar");
    await packTar(folder, ["a.txt"], file);
    const into = path.join(folder, "out");

    await expect(unpackTar(file, { ...anything, folder: into, isWanted: () => false })).rejects.toThrow("asked for");
    await expect(unpackTar(file, { ...anything, folder: into, mostBytes: 299 })).rejects.toThrow("more than 299");
    await expect(readdir(into)).rejects.toThrow("ENOENT");
  });
});

function flipped(bytes: Uint8Array): Uint8Array {
  bytes[0]! ^= 1;
  return bytes;
}
