import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";

import type { RefitError } from "@refit/core/errors";
import { dataManifest, type DataManifest } from "@refit/core/spec";
import { temporaryFolder, temporaryRepository, type TemporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";

import type { Repository } from "../../src/ports/repository.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";

const base = { workTree: false };

const manifestOf = (...paths: string[]): DataManifest =>
  dataManifest.parse({ sources: paths.map((p) => ({ path: p })) });

const sourcesOf = (repository: TemporaryRepository) =>
  sourcesAdapter({ git: gitProcess(repository.root, repository.env), env: {} });

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "no error",
    (error: RefitError) => error.code,
  );

async function locate(repository: TemporaryRepository): Promise<Repository> {
  const baseCommit = await repository.git("rev-parse", "HEAD");
  const commonDir = path.join(repository.root, ".git");
  return { root: repository.root, commonDir, baseBranch: "main", baseCommit, remote: null, notices: [] };
}

async function withYears(): Promise<TemporaryRepository> {
  const repository = await temporaryRepository();
  await repository.write("data/b.csv", "a\n2\n");
  await repository.write("data/a.csv", "a\n1\n");
  await repository.write("data/deep/c.tsv", "a\tb\n3\t4\n");
  await repository.write("data/notes.txt", "x");
  await repository.write(".gitignore", "/data/local/\n");
  await repository.commit("Add data");
  return repository;
}

describe("list", () => {
  it.each<[glob: string, found: string[]]>([
    ["data/*.csv", ["data/a.csv", "data/b.csv"]],
    ["data/**/*.{csv,tsv}", ["data/a.csv", "data/b.csv", "data/deep/c.tsv"]],
    ["data/[ab].csv", ["data/a.csv", "data/b.csv"]],
    ["data/?.csv", ["data/a.csv", "data/b.csv"]],
    ["data/b.csv", ["data/b.csv"]],
    ["**/c.tsv", ["data/deep/c.tsv"]],
    ["data/*", ["data/a.csv", "data/b.csv"]],
  ])("%s", async (glob, found) => {
    const repository = await withYears();

    const listing = await sourcesOf(repository).list(await locate(repository), manifestOf(glob), base);

    expect(listing.files.map((file) => file.path)).toEqual(found);
    expect(listing.findings).toEqual([]);
  });

  it("gives a tracked file its blob id, and a tab to .tsv", async () => {
    const repository = await withYears();

    const { files } = await sourcesOf(repository).list(await locate(repository), manifestOf("data/deep/*"), base);

    const blob = await repository.git("rev-parse", "HEAD:data/deep/c.tsv");
    const expected = { path: "data/deep/c.tsv", format: "csv", delimiter: "\t", bytes: 8, blob, identity: blob };
    expect(files).toEqual([expected]);
  });

  it("names the nearest file when nothing matches", async () => {
    const repository = await withYears();

    const listing = await sourcesOf(repository).list(await locate(repository), manifestOf("data/bb.csv"), base);

    expect(listing.findings).toMatchObject([{ code: "no-files", severity: "error" }]);
    expect(listing.findings[0]!.message).toContain('There is "data/b.csv"');
  });

  it("reads the base commit, and says what the work tree has besides", async () => {
    const repository = await withYears();
    await repository.write("data/a.csv", "a\n100\n");
    await repository.write("data/new.csv", "a\n5\n");
    await repository.remove("data/b.csv");
    const sources = sourcesOf(repository);
    const located = await locate(repository);

    const { files, notices } = await sources.list(located, manifestOf("data/*.csv"), base);
    const fetched = await Promise.all(files.map((file) => sources.fetch(located, file)));

    expect(fetched.map((file) => [file.path, file.sha256])).toEqual([
      ["data/a.csv", sha256("a\n1\n")],
      ["data/b.csv", sha256("a\n2\n")],
    ]);
    expect(notices).toEqual([
      '"data/a.csv" in the work tree differs from main; refit reads main.',
      '"data/b.csv" in the work tree differs from main; refit reads main.',
      '"data/new.csv" is neither committed nor git-ignored, so it is not read.',
    ]);
  });

  it("reads the base commit from another branch, too", async () => {
    const repository = await withYears();
    const located = await locate(repository);
    await repository.git("switch", "--quiet", "--create", "work");
    await repository.write("data/a.csv", "a\n100\n");
    await repository.write("data/new b.csv", "a\n5\n");
    await repository.commit("Elsewhere");
    const sources = sourcesOf(repository);

    const { files, notices } = await sources.list(located, manifestOf("data/*.csv"), base);
    const [first] = await Promise.all(files.map((file) => sources.fetch(located, file)));

    expect(files.map((file) => file.path)).toEqual(["data/a.csv", "data/b.csv"]);
    expect(first!.sha256).toBe(sha256("a\n1\n"));
    expect(notices).toEqual([
      '"data/a.csv" in the work tree differs from main; refit reads main.',
      '"data/new b.csv" is not on main yet, so it is not read.',
    ]);
  });

  it("names a staged file with a space in its name", async () => {
    const repository = await withYears();
    await repository.write("data/new b.csv", "a\n5\n");
    await repository.git("add", "--all");

    const { notices } = await sourcesOf(repository).list(await locate(repository), manifestOf("data/*.csv"), base);

    expect(notices).toEqual(['"data/new b.csv" is not on main yet, so it is not read.']);
  });

  it("reads the work tree for a dry run", async () => {
    const repository = await withYears();
    await repository.write("data/a.csv", "a\n100\n");
    await repository.write("data/new.csv", "a\n5\n");
    await repository.remove("data/b.csv");
    const sources = sourcesOf(repository);
    const located = await locate(repository);

    const { files } = await sources.list(located, manifestOf("data/*.csv"), { workTree: true });
    const fetched = await Promise.all(files.map((file) => sources.fetch(located, file)));

    expect(fetched.map((file) => [file.path, file.sha256, file.blob])).toEqual([
      ["data/a.csv", sha256("a\n100\n"), null],
      ["data/new.csv", sha256("a\n5\n"), null],
    ]);
  });

  it("reads untracked data that is git-ignored", async () => {
    const repository = await withYears();
    await repository.write("data/local/x.csv", "a\n9\n");

    const { files } = await sourcesOf(repository).list(await locate(repository), manifestOf("data/local/*.csv"), base);

    expect(files).toMatchObject([{ path: "data/local/x.csv", blob: null, bytes: 4 }]);
  });

  it.each(["../secret.csv", "data/../../x.csv", "/etc/passwd", "C:\\data.csv", "~/x.csv"])(
    "refuses %s",
    async (outside) => {
      const repository = await withYears();

      const listing = sourcesOf(repository).list(await locate(repository), manifestOf(outside), base);

      expect(await codeOf(listing)).toBe("source-outside");
    },
  );

  it.each<[what: string, link: string, glob: string]>([
    ["an ignored link to a file", "data/local/x.csv", "data/local/*.csv"],
    ["an ignored link to a folder", "data/local", "data/local/*.csv"],
    ["a committed link", "data/link.csv", "data/*.csv"],
  ])("refuses %s outside the repository", async (_what, link, glob) => {
    const repository = await withYears();
    const outside = await temporaryFolder();
    await writeFile(path.join(outside, "x.csv"), "a\n1\n");
    await repository.write(".gitignore", "/data/local\n");
    await mkdir(path.dirname(path.join(repository.root, link)), { recursive: true });
    await symlink(link.endsWith(".csv") ? path.join(outside, "x.csv") : outside, path.join(repository.root, link));
    await repository.commit("Add a link");

    const listing = sourcesOf(repository).list(await locate(repository), manifestOf(glob), base);

    expect(await codeOf(listing)).toBe("source-outside");
  });
});

describe("fetch", () => {
  it("uses an unmodified tracked file where it lies", async () => {
    const repository = await withYears();
    const sources = sourcesOf(repository);
    const located = await locate(repository);
    const { files } = await sources.list(located, manifestOf("data/a.csv"), base);

    const fetched = await sources.fetch(located, files[0]!);

    expect(fetched.localPath).toBe(path.join(repository.root, "data/a.csv"));
  });

  it.each<[when: string, change: (repository: TemporaryRepository) => Promise<void>]>([
    ["is deleted", (repository) => repository.remove("data/a.csv")],
    ["changes", (repository) => repository.write("data/a.csv", "a\n100\n")],
  ])("takes the committed bytes when the file %s after the listing", async (_when, change) => {
    const repository = await withYears();
    const sources = sourcesOf(repository);
    const located = await locate(repository);
    const { files } = await sources.list(located, manifestOf("data/a.csv"), base);
    await change(repository);

    const fetched = await sources.fetch(located, files[0]!);

    expect(fetched.sha256).toBe(sha256("a\n1\n"));
    expect(await readFile(fetched.localPath, "utf8")).toBe("a\n1\n");
  });

  it("says that an untracked file vanished or changed", async () => {
    const repository = await withYears();
    await repository.write("data/local/x.csv", "a\n9\n");
    await repository.write("data/local/y.csv", "a\n9\n");
    const sources = sourcesOf(repository);
    const located = await locate(repository);
    const { files } = await sources.list(located, manifestOf("data/local/*.csv"), base);
    await repository.remove("data/local/x.csv");
    await repository.write("data/local/y.csv", "a\n10\n");

    const codes = await Promise.all(files.map((file) => codeOf(sources.fetch(located, file))));

    expect(codes).toEqual(["source-vanished", "source-vanished"]);
  });

  it("applies line-end conversion to bytes that come out of git", async () => {
    const repository = await withYears();
    await repository.write(".gitattributes", "*.csv text eol=crlf\n");
    await repository.commit("Convert line ends");
    await repository.remove("data/a.csv");
    const sources = sourcesOf(repository);
    const located = await locate(repository);
    const { files } = await sources.list(located, manifestOf("data/a.csv"), base);

    const fetched = await sources.fetch(located, files[0]!);

    expect(await readFile(fetched.localPath, "utf8")).toBe("a\r\n1\r\n");
    expect(fetched.bytes).toBe(6);
  });

  it("keeps what comes out of git as long as it is used, and no longer", async () => {
    const repository = await withYears();
    for (const name of ["a", "b"]) await repository.remove(`data/${name}.csv`);
    const located = await locate(repository);
    const sources = sourcesOf(repository);
    const { files } = await sources.list(located, manifestOf("data/*.csv"), base);
    const folder = path.join(located.commonDir, "refit/cache/files");
    const age = async (file: string, days: number) => {
      const at = Date.now() / 1000 - days * 86_400;
      await utimes(file, at, at);
    };
    const first = await sources.fetch(located, files[0]!);
    await writeFile(path.join(folder, "of-an-old-version"), "x");
    await age(path.join(folder, "of-an-old-version"), 61);
    await age(first.localPath, 61);

    await sources.fetch(located, files[0]!);
    const second = await sources.fetch(located, files[1]!);

    expect((await readdir(folder)).sort()).toEqual(
      [first, second].map(({ localPath }) => path.basename(localPath)).sort(),
    );
  });

  it("refuses a Git LFS pointer, in place and out of git", async () => {
    const repository = await withYears();
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 12345\n`;
    await repository.write("data/a.csv", pointer);
    await repository.write("data/b.csv", pointer);
    await repository.commit("Point");
    await repository.remove("data/b.csv");
    const sources = sourcesOf(repository);
    const located = await locate(repository);
    const { files } = await sources.list(located, manifestOf("data/*.csv"), base);

    const codes = await Promise.all(files.map((file) => codeOf(sources.fetch(located, file))));

    expect(codes).toEqual(["source-lfs-pointer", "source-lfs-pointer"]);
  });
});

describe("knownDigest", () => {
  it("remembers what was hashed, for the next process, and forgets what changed", async () => {
    const repository = await withYears();
    await repository.write("data/local/x.csv", "a\n9\n");
    const located = await locate(repository);
    const manifest = manifestOf("data/a.csv", "data/local/x.csv");
    const before = sourcesOf(repository);
    const { files } = await before.list(located, manifest, base);
    const unknown = await Promise.all(files.map((file) => before.knownDigest(located, file)));
    for (const file of files) await before.fetch(located, file);
    await rm(path.join(repository.root, "data/local/x.csv"));
    await repository.write("data/local/x.csv", "a\n99\n");

    const after = sourcesOf(repository);
    const listed = await after.list(located, manifest, base);
    const known = await Promise.all(listed.files.map((file) => after.knownDigest(located, file)));

    expect(unknown).toEqual([null, null]);
    expect(known).toEqual([sha256("a\n1\n"), null]);
  });

  it("survives a cache that was cut short", async () => {
    const repository = await withYears();
    const located = await locate(repository);
    const sources = sourcesOf(repository);
    const { files } = await sources.list(located, manifestOf("data/a.csv"), base);
    await sources.fetch(located, files[0]!);
    const cache = path.join(located.commonDir, "refit/cache/digests.txt");
    await writeFile(cache, `${await readFile(cache, "utf8")}\n${"1".repeat(40)} abc`);

    const known = await sourcesOf(repository).knownDigest(located, files[0]!);

    expect(known).toBe(sha256("a\n1\n"));
  });

  it("believes no digest of a cache that was damaged", async () => {
    const repository = await withYears();
    const located = await locate(repository);
    const sources = sourcesOf(repository);
    const { files } = await sources.list(located, manifestOf("data/a.csv"), base);
    await sources.fetch(located, files[0]!);
    const cache = path.join(located.commonDir, "refit/cache/digests.txt");
    const text = await readFile(cache, "utf8");

    await writeFile(cache, text.replace(sha256("a\n1\n"), sha256("b\n")));

    expect(text).toContain(sha256("a\n1\n"));
    expect(await sourcesOf(repository).knownDigest(located, files[0]!)).toBeNull();
  });
});
