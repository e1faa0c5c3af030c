import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
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

  it("have another stamp once they were written, or a link leads elsewhere", async () => {
    const folder = await temporaryFolder();
    const at = (name: string) => path.join(folder, name);
    await writeFile(at("a"), "x");
    await writeFile(at("b"), "x");
    await symlink(at("a"), at("link"));
    const first = await processStreams.stamp(at("link"));
    const again = await processStreams.stamp(at("link"));
    await writeFile(at("a"), "other");
    const written = await processStreams.stamp(at("link"));
    await rm(at("link"));
    await symlink(at("b"), at("link"));

    expect(first).toMatchObject({ name: "a", writtenAt: expect.any(Number) as number });
    expect(again).toEqual(first);
    expect(written!.id).not.toBe(first!.id);
    expect(await processStreams.stamp(at("link"))).toMatchObject({ name: "b" });
    for (const none of [".", "none", "a/b"]) expect(await processStreams.stamp(at(none))).toBe(null);
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
