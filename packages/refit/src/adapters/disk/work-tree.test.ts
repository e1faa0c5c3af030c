import { writeFileSync } from "node:fs";
import { chmod, lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { FilesInTheWayError } from "@refit/core/errors";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import type { PlannedFile } from "../../ports/work-tree.ts";
import { diskWorkTree } from "./work-tree.ts";

const plan = (file: string, text = "ours\n", replaces: PlannedFile["replaces"] = null): PlannedFile => {
  return { path: file, bytes: Buffer.from(text), replaces };
};

interface Place {
  readonly root: string;
  readonly scratch: string;
  write(file: string, text: string): Promise<void>;
  /** Every file with its text, every link with its target, every empty folder. */
  content(): Promise<Readonly<Record<string, string>>>;
}

async function place(): Promise<Place> {
  const folder = await temporaryFolder();
  const root = path.join(folder, "repository");
  const scratch = path.join(folder, "scratch");
  await mkdir(root);
  await mkdir(scratch);
  return {
    root,
    scratch,
    async write(file, text) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), text);
    },
    async content() {
      const content: Record<string, string> = {};
      for (const name of (await readdir(root, { recursive: true })).sort()) {
        const file = path.join(root, name);
        const there = await lstat(file);
        if (there.isSymbolicLink()) content[name] = `-> ${path.basename(await readlink(file))}`;
        else content[name] = there.isFile() ? await readFile(file, "utf8") : "folder";
      }
      return content;
    },
  };
}

const problemsOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => expect.unreachable("nothing was in the way"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FilesInTheWayError);
  return (error as FilesInTheWayError).message;
};

describe("files among those of people", () => {
  it("are written with the folders that they need", async () => {
    const { root, scratch, content } = await place();

    const changes = await diskWorkTree.write(root, [plan("models/a/model.yaml"), plan(".gitattributes")], scratch);

    expect([...changes.values()]).toEqual(["written", "written"]);
    expect(await content()).toMatchObject({ "models/a/model.yaml": "ours\n", ".gitattributes": "ours\n" });
    expect(await readdir(scratch)).toEqual([]);
  });

  it("are left alone where they are the same, and changed only from what was read, or by name", async () => {
    const { root, scratch, content, write } = await place();
    await write("same", "ours\n");
    await write("read", "theirs\n");
    await write("named", "theirs, and long\n");
    await chmod(path.join(root, "named"), 0o755);
    const planned = [
      plan("same"),
      plan("read", "theirs\nours\n", Buffer.from("theirs\n")),
      plan("named", "ours\n", "anything"),
    ];

    expect([...(await diskWorkTree.check(root, planned)).values()]).toEqual(["unchanged", "replaced", "replaced"]);
    expect(await content()).toMatchObject({ read: "theirs\n" });
    expect([...(await diskWorkTree.write(root, planned, scratch)).values()]).toEqual([
      "unchanged",
      "replaced",
      "replaced",
    ]);

    expect(await content()).toEqual({ same: "ours\n", read: "theirs\nours\n", named: "ours\n" });
    expect((await lstat(path.join(root, "named"))).mode & 0o777).toBe(0o755);
    // Further files are staged under the names that these had.
    await diskWorkTree.write(root, [plan("more", "1"), plan("most", "2")], scratch);
    expect(await content()).toMatchObject({ named: "ours\n", more: "1", most: "2" });
  });

  it.each<[what: string, prepare: (place: Place) => Promise<unknown>, file: PlannedFile, problem: string]>([
    ["other content", ({ write }) => write("a/b", "theirs"), plan("a/b"), '"a/b" exists, with other content'],
    [
      "content of the same length",
      ({ write }) => write("a/b", "their\n".slice(1)),
      plan("a/b"),
      '"a/b" exists, with other content',
    ],
    [
      "content that is not what was read",
      ({ write }) => write("a", "theirs"),
      plan("a", "ours", Buffer.from("before")),
      '"a" has changed since it was read',
    ],
    ["a folder", ({ root }) => mkdir(path.join(root, "a")), plan("a"), '"a" is a folder, and a file is needed there'],
    ["a file", ({ write }) => write("a", ""), plan("a/b/c"), '"a" is a file, and a folder is needed there'],
    [
      "a link to a file, though a person has named it",
      async ({ root, write }) => {
        await write("target", "theirs");
        await symlink("target", path.join(root, "a"));
      },
      plan("a", "ours", "anything"),
      '"a" is a symbolic link that leads elsewhere',
    ],
    [
      "a folder that is a link to the outside",
      async ({ root }) => {
        await mkdir(path.join(root, "../outside"));
        await symlink("../outside", path.join(root, "a"));
      },
      plan("a/b"),
      '"a" is a symbolic link that leads out of the repository',
    ],
    [
      "a folder beside whose name begins alike",
      async ({ root }) => {
        await mkdir(path.join(root, "../repository-two"));
        await symlink("../repository-two", path.join(root, "a"));
      },
      plan("a/b"),
      '"a" is a symbolic link that leads out of the repository',
    ],
    [
      "a link that leads nowhere",
      ({ root }) => symlink("gone", path.join(root, "a")),
      plan("a"),
      '"a" is a symbolic link that leads nowhere',
    ],
    [
      "a folder of another case",
      ({ write }) => write("Models/x", ""),
      plan("models/a/model.yaml"),
      '"models" differs only in case from Models, which is there',
    ],
    [
      "an accent in its other form",
      ({ write }) => write("mode\u0301les/x", ""),
      plan("mod\u00e9les/a"),
      "which is there",
    ],
    [
      "a name that no disk takes",
      async () => {},
      plan(`a/${"é".repeat(128)}/b`),
      "has a name of 256 bytes; 255 are possible",
    ],
    [
      "a place of another kind",
      async ({ root }) => {
        const { createServer } = await import("node:net");
        await new Promise<void>((done) => {
          const server = createServer().listen(path.join(root, "a"), () => {
            server.unref();
            done();
          });
        });
      },
      plan("a"),
      '"a" is not a regular file',
    ],
  ])("%s is in the way: nothing is written", async (_what, prepare, file, problem) => {
    const scene = await place();
    await prepare(scene);
    const before = await scene.content();
    const planned = [plan("first"), file, plan("last")];

    for (const work of [
      () => diskWorkTree.check(scene.root, planned),
      () => diskWorkTree.write(scene.root, planned, scene.scratch),
    ]) {
      expect(await problemsOf(work())).toContain(problem);
      expect(await scene.content()).toEqual(before);
    }
    expect(await readdir(scene.scratch)).toEqual([]);
  });

  it("are refused with everything that is in the way, each thing once, and what would replace it", async () => {
    const { root, write } = await place();
    await write("a", "theirs");
    await write("b", "theirs");
    await write("c", "theirs");
    const planned = [plan("a"), plan("b"), plan("c/1"), plan("c/2"), plan("Free")];

    const error = (await diskWorkTree.check(root, planned).catch((thrown: unknown) => thrown)) as FilesInTheWayError;

    expect(error.message).toBe(
      [
        "No file was written:",
        '  - "a" exists, with other content',
        '  - "b" exists, with other content',
        '  - "c" is a file, and a folder is needed there',
      ].join("\n"),
    );
    expect(error.hint).toBe(
      'Move away or rename what is in the way. To replace what you no longer need, add --overwrite "a" --overwrite "b", or choose another name.',
    );
  });

  it.each([
    ["two names that differ only in case", ["a/b", "A/c"], '"A" differs from a only in case'],
    ["a file that is a folder of another", ["a", "a/b"], '"a" would have to be a file and a folder'],
  ])("are refused when they clash: %s", async (_what, files, problem) => {
    const { root, scratch, content } = await place();

    expect(
      await problemsOf(
        diskWorkTree.write(
          root,
          files.map((file) => plan(file)),
          scratch,
        ),
      ),
    ).toContain(problem);
    expect(await content()).toEqual({});
  });

  it("are all taken back when something gets in the way of the last one", async () => {
    const { root, scratch, content, write } = await place();
    await write("read", "theirs\n");
    const before = await content();
    const late: PlannedFile = {
      path: "models/late",
      replaces: null,
      get bytes() {
        writeFileSync(path.join(root, "models"), "theirs, since then");
        return Buffer.from("ours");
      },
    };
    const planned = [plan("new/a"), plan("read", "theirs\nours\n", Buffer.from("theirs\n")), late];

    await expect(diskWorkTree.write(root, planned, scratch)).rejects.toMatchObject({ code: "EEXIST" });

    expect(await content()).toEqual({ ...before, models: "theirs, since then" });
  });

  it("never take the place of what has appeared since they were checked", async () => {
    const { root, scratch, content } = await place();
    const late: PlannedFile = {
      path: "late",
      replaces: null,
      get bytes() {
        writeFileSync(path.join(root, "late"), "theirs");
        return Buffer.from("ours");
      },
    };

    expect(await problemsOf(diskWorkTree.write(root, [plan("first"), late], scratch))).toContain(
      '"late" has appeared meanwhile',
    );
    expect(await content()).toEqual({ late: "theirs" });
  });

  it.skipIf(process.getuid?.() === 0)("are refused where no file can be made", async () => {
    const { root, scratch, content } = await place();
    await mkdir(path.join(root, "a"));
    await chmod(path.join(root, "a"), 0o500);

    expect(await problemsOf(diskWorkTree.write(root, [plan("first"), plan("a/b/c")], scratch))).toMatch(
      /"a\/b\/c" cannot be written: .*\/a allows no new files \(EACCES\)/,
    );
    expect(await content()).toEqual({ a: "folder" });
  });

  it("are refused where the folder that they go to is a file", async () => {
    const { root, write } = await place();
    await write("out", "");

    expect(await problemsOf(diskWorkTree.check(path.join(root, "out"), [plan("a")]))).toMatch(
      /cannot be written: .*out is not a folder/,
    );
  });
});
