import { mkdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { dataManifest, type DataManifest } from "@refit/core/spec";
import { temporaryRepository, type TemporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { namingSources } from "../../src/adapters/sources/git/named/index.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";
import type { FetchedFile } from "../../src/ports/sources.ts";
import type { Repository } from "../../src/ports/repository.ts";

const manifest: DataManifest = dataManifest.parse({
  sources: [{ path: "data/*.csv" }],
  schema: { fields: [{ name: "photo", from: "Photo", type: "file" }] },
});

/** As one process of refit has them. */
function sourcesOf({ root, env }: TemporaryRepository) {
  const git = gitProcess(root, env);
  return namingSources(sourcesAdapter({ git, env: {} }), git);
}

async function locate({ root, git }: TemporaryRepository): Promise<Repository> {
  const baseCommit = await git("rev-parse", "HEAD");
  return { root, commonDir: path.join(root, ".git"), baseBranch: "main", baseCommit, remote: null, notices: [] };
}

async function fetched(repository: TemporaryRepository, workTree = false): Promise<FetchedFile> {
  const [here, sources] = [await locate(repository), sourcesOf(repository)];
  const { files } = await sources.list(here, manifest, { workTree });
  return sources.fetch(here, files[0]!);
}

const told = ({ namedFiles }: FetchedFile) =>
  Object.fromEntries(
    [...namedFiles![0]!.files].map(([text, each]) => [
      text,
      "code" in each ? `${each.code}: ${each.words}` : each.path,
    ]),
  );

async function withPhotos(...texts: readonly string[]): Promise<TemporaryRepository> {
  const repository = await temporaryRepository();
  await repository.write("data/rows.csv", `Photo\n${texts.map((text) => `"${text}"`).join("\n")}\n`);
  await repository.write("data/photos/a.png", "first");
  await repository.write("data/photos/b.png", "second");
  await repository.write(".gitignore", "/data/local/\n");
  await repository.commit("Photos");
  return repository;
}

describe("files that rows name", () => {
  it("are found in the commit and among ignored files, and nowhere else", async () => {
    const repository = await withPhotos(
      "photos/a.png",
      "local/c.png",
      "local/out.png",
      "local/deep",
      "photos/A.png",
      "photos/new.png",
      "photos/link.png",
      "photos",
      "gone.png",
      "../../x",
      "pointer.bin",
      "local/huge.bin",
    );
    await mkdir(path.join(repository.root, "data/local/deep"), { recursive: true });
    await writeFile(path.join(repository.root, "data/local/c.png"), "third");
    await symlink("/etc/passwd", path.join(repository.root, "data/local/out.png"));
    await symlink("a.png", path.join(repository.root, "data/photos/link.png"));
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 5\n`;
    await repository.write("data/pointer.bin", pointer);
    await repository.commit("A link and a pointer");
    await repository.write("data/photos/new.png", "not committed");
    const { truncate } = await import("node:fs/promises");
    await writeFile(path.join(repository.root, "data/local/huge.bin"), "");
    await truncate(path.join(repository.root, "data/local/huge.bin"), 2 ** 30 + 1);

    expect(told(await fetched(repository))).toEqual({
      "photos/a.png": "data/photos/a.png",
      "local/c.png": "data/local/c.png",
      "local/out.png": "file-path: is a symbolic link that leads out of the repository, or lies behind one",
      "local/deep": "file-missing: is a folder",
      "photos/A.png": 'file-missing: does not exist; there is "data/photos/a.png"',
      "photos/new.png":
        "file-missing: is neither on main nor git-ignored, so it is not read: commit it, or git-ignore it",
      "photos/link.png": "file-path: is a symbolic link in the base commit, or lies behind one",
      photos: "file-missing: is a folder",
      "gone.png": "file-missing: does not exist",
      "../../x": "file-path: leaves the repository",
      "pointer.bin": "file-missing: is a pointer of Git LFS whose data are not here: run `git lfs pull`",
      "local/huge.bin": "file-too-large: has 1073741825 bytes; at most 1 GiB is possible",
    });
    expect(told(await fetched(repository, true))).toMatchObject({ "photos/new.png": "data/photos/new.png" });
  });

  it("make one content with the data file, which is the same wherever it is computed", async () => {
    const repository = await withPhotos("photos/a.png", "photos/b.png");
    const first = await fetched(repository);
    const here = await locate(repository);

    const again = await sourcesOf(repository).list(here, manifest, { workTree: false });
    await rm(path.join(repository.root, ".git", "refit", "cache"), { recursive: true });
    const cold = await sourcesOf(repository).list(here, manifest, { workTree: false });

    expect(again.files[0]!.named).toMatchObject({ sha256: first.sha256, files: 2, bytes: 11 });
    expect(cold.files[0]!.named).toBeUndefined();
    expect((await fetched(repository)).sha256).toBe(first.sha256);
  });

  it("are other content when one is replaced, and the earlier one can be told without a cache", async () => {
    const repository = await withPhotos("photos/a.png", "photos/b.png");
    const first = await fetched(repository);
    await repository.write("data/photos/a.png", "another");
    await repository.commit("Replace");
    const second = await fetched(repository);
    await rm(path.join(repository.root, ".git", "refit", "cache"), { recursive: true });
    const [here, sources] = [await locate(repository), sourcesOf(repository)];
    const { files } = await sources.list(here, manifest, { workTree: false });

    const then = await sources.fetch(here, { ...files[0]!, names: { ...files[0]!.names!, was: first.sha256 } });

    expect(second.sha256).not.toBe(first.sha256);
    expect(second.named!.own).toBe(first.named!.own);
    expect(then.sha256).toBe(first.sha256);
    const old = then.namedFiles![0]!.files.get("photos/a.png")!;
    expect("sha256" in old && old.sha256).toBe("a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e");
  });

  it("come from the commit where the work tree has others", async () => {
    const repository = await withPhotos("photos/a.png");
    const before = await fetched(repository);
    await writeFile(path.join(repository.root, "data/photos/a.png"), "edited");

    const now = await fetched(repository);
    const edited = await fetched(repository, true);

    expect(now.sha256).toBe(before.sha256);
    expect(edited.sha256).not.toBe(before.sha256);
  });

  it("that git ignores are hashed again only when they look different", async () => {
    const repository = await withPhotos("local/c.png");
    const file = path.join(repository.root, "data/local/c.png");
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "third");
    await utimes(file, 1000, 1000);
    const before = await fetched(repository);
    await writeFile(file, "THIRD");
    await utimes(file, 1000, 1000);

    const unseen = await fetched(repository);
    await utimes(file, 2000, 2000);
    const seen = await fetched(repository);

    expect(unseen.sha256).toBe(before.sha256);
    expect(seen.sha256).not.toBe(before.sha256);
  });
});
