import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Files } from "../ports/files.ts";
import type { Git } from "../ports/git.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText, encodeText } from "../text.ts";
import { parseKey, parseStore } from "./parse-store.ts";

const repository = { commonDir: "/r/.git" } as Repository;
const keyOf = (name: string) => parseKey(name.repeat(40), "spec");
const formOf = (name: string) => ({ place: `${name}.yaml`, value: { name } });

/** A file that ends in the middle of a line, on a disk where the first thing that is written takes longer than the second. */
function cutFile() {
  let text = "cut off in the mi";
  const waits = [8, 4, 0];
  const files = {
    read: async () => encodeText(text),
    async write(_file, bytes) {
      for (let left = waits.shift() ?? 0; left > 0; left--) await setImmediate();
      text += decodeText(bytes);
    },
  } as Partial<Files> as Files;
  return { files, text: () => text };
}

const asked = async (files: Files, names: readonly string[]) => {
  const store = await parseStore({ files, git: {} as Git }, repository);
  const made: string[] = [];
  const ask = async (name: string, i: number) =>
    store.once(keyOf(name), async () => {
      for (let left = i; left > 0; left--) await setImmediate();
      made.push(name);
      return formOf(name);
    });
  const forms = await Promise.all(names.map(ask));
  expect(forms).toEqual(names.map(formOf));
  return made;
};

it("what is parsed while something is written comes after it: the line that was cut off takes none with it", async () => {
  const { files, text } = cutFile();

  expect(await asked(files, ["a", "b", "c"])).toEqual(["a", "b", "c"]);

  const [cut, ...lines] = text().split("\n");
  expect(cut).toBe("cut off in the mi");
  expect(lines.map((line) => line.split(" ")[2])).toEqual([keyOf("a"), keyOf("b"), keyOf("c"), undefined]);
  expect(await asked(files, ["a", "b", "c"])).toEqual([]);
});
