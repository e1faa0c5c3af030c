import { mkdir, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import { diskFolders } from "./folders.ts";

const files = (text: string) =>
  new Map([
    ["a", Buffer.from(text)],
    ["b/c", Buffer.from("deep")],
  ]);
const never = async () => false;
const always = async () => true;

describe("a folder that is written as a whole", () => {
  it("is made with the folders above it, and nothing else is left", async () => {
    const root = await temporaryFolder();
    const folder = path.join(root, "new/place");

    await diskFolders.replace(folder, files("first"), never);

    expect(await readdir(path.join(root, "new"), { recursive: true })).toEqual([
      "place",
      "place/a",
      "place/b",
      "place/b/c",
    ]);
  });

  it("takes the place of one that may be replaced, of which no file stays", async () => {
    const folder = path.join(await temporaryFolder(), "place");
    await diskFolders.replace(folder, new Map([["old", Buffer.from("old")]]), never);

    const seen: string[] = [];
    await diskFolders.replace(folder, files("second"), async (entries) => {
      seen.push(...entries.map((entry) => entry.path));
      return true;
    });

    expect(seen).toEqual(["old"]);
    expect(await readdir(folder)).toEqual(["a", "b"]);
    expect(await readFile(path.join(folder, "a"), "utf8")).toBe("second");
  });

  it.each([
    ["a folder of somebody", (place: string) => mkdir(place), never, /files that no export wrote/],
    ["a file", (place: string) => writeFile(place, "mine"), always, /is not a folder/],
    ["a link, wherever it leads", (place: string) => symlink(path.dirname(place), place), always, /is not a folder/],
  ])("leaves %s alone", async (_what, make, mayReplace, message) => {
    const root = await temporaryFolder();
    await make(path.join(root, "place"));

    const asked = diskFolders.replace(path.join(root, "place"), files("x"), mayReplace);

    await expect(asked).rejects.toMatchObject({ code: "files-in-the-way", message: expect.stringMatching(message) });
    expect(await readdir(root)).toEqual(["place"]);
  });

  it("removes what a killed process has left of it, and nothing that looks alike", async () => {
    const root = await temporaryFolder();
    const [left, other] = ["place.elsewhere.1.0123456789ab.tmp", "place.notes.tmp"];
    for (const name of [left, other]) await mkdir(path.join(root, name));
    await utimes(path.join(root, left), 0, 0);

    await diskFolders.replace(path.join(root, "place"), files("x"), never);

    expect(await readdir(root)).toEqual(["place", other]);
  });
});
