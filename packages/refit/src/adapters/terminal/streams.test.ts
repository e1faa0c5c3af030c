import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import { processStreams } from "./streams.ts";

describe("files that a person names", () => {
  it("are files at the end of links, and not folders", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "a.csv"), "x\n");
    await symlink(path.join(folder, "a.csv"), path.join(folder, "link.csv"));
    const names = ["a.csv", "link.csv", ".", "none.csv", "a.csv/b.csv"];

    const found = await Promise.all(names.map((name) => processStreams.isFile(path.join(folder, name))));

    expect(found).toEqual([true, true, false, false, false]);
  });

  it("are put in their place as a whole, also in a new folder, or not at all", async () => {
    const folder = await temporaryFolder();
    const from = path.join(folder, "made");
    await writeFile(from, "x\n");
    await mkdir(path.join(folder, "taken"));

    await processStreams.place(from, path.join(folder, "new/deep/a.csv"));
    await expect(processStreams.place(from, path.join(folder, "taken"))).rejects.toMatchObject({ syscall: "rename" });

    expect(await readFile(path.join(folder, "new/deep/a.csv"), "utf8")).toBe("x\n");
    expect((await readdir(folder)).toSorted()).toEqual(["made", "new", "taken"]);
  });
});
