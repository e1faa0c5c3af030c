import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { RefitError } from "@refit/core/errors";
import { type TemporaryRepository, temporaryFolder, temporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitAdapter } from "../../src/adapters/git/git.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";

const gitOf = (repository: TemporaryRepository, base: string | null = null) =>
  gitAdapter(gitProcess(repository.root, repository.env), base);

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: RefitError) => error.code,
  );

describe("locate", () => {
  it("finds the root from a subfolder, the common directory and main", async () => {
    const repository = await temporaryRepository();
    await repository.write("a/b/c.txt", "c");
    const head = await repository.commit("Add");

    const located = await gitAdapter(gitProcess(join(repository.root, "a/b"), repository.env), null).locate();

    expect(located).toEqual({
      root: repository.root,
      commonDir: join(repository.root, ".git"),
      baseBranch: "main",
      baseCommit: head,
      remote: null,
      notices: [],
    });
  });

  it("finds the common directory from a linked worktree", async () => {
    const repository = await temporaryRepository();
    const linked = join(await temporaryFolder(), "linked");
    await repository.git("worktree", "add", "--quiet", "-b", "topic", linked);

    const located = await gitAdapter(gitProcess(linked, repository.env), null).locate();

    expect(located).toMatchObject({ root: linked, commonDir: join(repository.root, ".git"), baseBranch: "main" });
  });

  it("is not led astray by the variables that a hook sets", async () => {
    const repository = await temporaryRepository();
    const env = { ...repository.env, GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index", GIT_WORK_TREE: "/" };

    const located = await gitAdapter(gitProcess(repository.root, env), null).locate();

    expect(located.root).toBe(repository.root);
  });

  it.each<[why: string, commands: string[][], base: string | null, expected: string]>([
    [
      "the remote's HEAD before main",
      [
        ["branch", "trunk"],
        ["push", "origin", "trunk"],
        ["remote", "set-head", "origin", "trunk"],
      ],
      null,
      "trunk",
    ],
    ["the option before all", [["branch", "release"]], "release", "release"],
    ["a branch that only the remote has", [["push", "origin", "main:next"], ["fetch"]], "next", "next"],
    [
      "main when the remote names none",
      [
        ["remote", "set-head", "origin", "--delete"],
        ["switch", "-c", "topic"],
      ],
      null,
      "main",
    ],
    ["main on a detached head", [["switch", "--detach"]], null, "main"],
    [
      "the current branch when nothing else is known",
      [
        ["remote", "remove", "origin"],
        ["branch", "-m", "work"],
      ],
      null,
      "work",
    ],
  ])("base branch: %s", async (_why, commands, base, expected) => {
    const repository = await temporaryRepository({ remote: true });
    for (const command of commands) await repository.git(...command);

    expect((await gitOf(repository, base).locate()).baseBranch).toBe(expected);
  });

  it("uses the remote's main when it is ahead, and says so", async () => {
    const repository = await temporaryRepository({ remote: true });
    const newest = await repository.commit("More");
    await repository.git("push");
    await repository.git("reset", "--hard", "HEAD~1");

    const located = await gitOf(repository).locate();

    expect(located.baseCommit).toBe(newest);
    expect(located.notices).toEqual(["main is 1 commit behind origin/main; origin/main is used."]);
  });

  it("uses the local main when it is ahead, and says so", async () => {
    const repository = await temporaryRepository({ remote: true });
    await repository.commit("More");
    const newest = await repository.commit("And more");

    const located = await gitOf(repository).locate();

    expect(located.baseCommit).toBe(newest);
    expect(located.notices).toEqual(["main is 2 commits ahead of origin/main; main is used."]);
  });

  it("refuses to choose between two histories", async () => {
    const repository = await temporaryRepository({ remote: true });
    await repository.commit("Theirs");
    await repository.git("push");
    await repository.git("reset", "--hard", "HEAD~1");
    await repository.commit("Ours");

    await expect(gitOf(repository).locate()).rejects.toMatchObject({
      code: "base-diverged",
      message: "`main` and `origin/main` have diverged: 1 and 1 commits that are not in the other.",
    });
  });

  it("takes the only remote whatever its name, and none of several", async () => {
    const repository = await temporaryRepository({ remote: true });
    await repository.git("remote", "rename", "origin", "upstream");
    expect((await gitOf(repository).locate()).remote).toBe("upstream");

    await repository.git("remote", "add", "fork", "../fork.git");
    const located = await gitOf(repository).locate();

    expect(located.remote).toBeNull();
    expect(located.notices[0]).toMatch(/^There are 2 remotes, and none is called origin/);
  });

  it("names what is wrong with a place that has no usable history", async () => {
    const folder = await temporaryFolder();
    const { env } = await temporaryRepository();
    const empty = await temporaryRepository({ empty: true });
    const source = await temporaryRepository({ remote: true });
    await source.commit("More");
    const shallow = join(await temporaryFolder(), "shallow");
    await source.git("clone", "--quiet", "--depth=1", `file://${source.root}`, shallow);
    const feature = await temporaryRepository();
    await feature.git("branch", "-m", "feature");
    await feature.git("switch", "--detach");
    const located = (place: string, base: string | null = null) =>
      codeOf(gitAdapter(gitProcess(place, env), base).locate());

    expect(await located(folder)).toBe("not-a-repository");
    expect(await located(empty.root)).toBe("no-commits");
    expect(await located(source.remote ?? "")).toBe("bare-repository");
    expect(await located(shallow)).toBe("shallow-clone");
    expect(await located(source.root, "nope")).toBe("base-not-found");
    expect(await located(feature.root)).toBe("base-not-found");
  });

  it("says when git is not installed", async () => {
    const { root } = await temporaryRepository();

    expect(await codeOf(gitAdapter(gitProcess(root, { PATH: "/nowhere" }), null).locate())).toBe("git-missing");
  });
});

describe("resolve", () => {
  it("answers with an id or null", async () => {
    const repository = await temporaryRepository();
    const head = await repository.git("rev-parse", "HEAD");
    const git = gitOf(repository);

    expect(await git.resolve("refs/heads/main")).toBe(head);
    expect(await git.resolve("HEAD:README.md")).toBe(await repository.git("rev-parse", "HEAD:README.md"));
    expect(await git.resolve("refs/heads/refit-ledger")).toBeNull();
    expect(await git.resolve("HEAD\nHEAD")).toBeNull();
    expect(await git.resolve("--help")).toBeNull();
  });
});

describe("log", () => {
  it("follows a folder at the top, which is the first thing that git names of a commit", async () => {
    const repository = await temporaryRepository();
    await repository.write("manifests/a.yaml", "one");
    const first = await repository.commit("First");
    await repository.write("manifests/a.yaml", "two");
    const second = await repository.commit("Second");

    const states = (await gitOf(repository).log(second, ["manifests"], ["a.yaml"])).get("manifests")!;

    expect(states.map(({ sha }) => sha)).toEqual([first, second]);
    expect(states.map(({ contents }) => new TextDecoder().decode(contents.get("a.yaml")))).toEqual(["one", "two"]);
  });

  it("gives tree ids and files of each folder, along the first parents only", async () => {
    const repository = await temporaryRepository();
    const at = 1_800_000_000_000;
    await repository.write("m/a/champion/artifact/model.json", "1");
    await repository.write("m/a/champion/lineage.json", "1");
    await repository.write("m/b/champion/lineage.json", "b");
    const first = await repository.commit("commit looks like a header", {
      at,
      author: { name: "Zoë", email: "z@example.com" },
    });
    await repository.git("switch", "-c", "topic");
    await repository.write("m/a/champion/lineage.json", "2, never on main");
    await repository.commit("Second");
    await repository.write("m/a/champion/lineage.json", "3");
    await repository.commit("Third");
    await repository.git("switch", "main");
    await repository.write("other.txt", "main moves on");
    await repository.commit("Other");
    await repository.git("merge", "--no-ff", "-m", "Merge topic", "topic");
    await repository.remove("m/a");
    await repository.commit("Retire");

    const log = await gitOf(repository).log(
      "main",
      ["m/a/champion", "m/b/champion", "m/none/champion"],
      ["lineage.json", "absent.json"],
    );

    const a = log.get("m/a/champion") ?? [];
    expect(a.map((state) => state.subject)).toEqual(["commit looks like a header", "Merge topic", "Retire"]);
    expect(a[0]).toEqual({
      sha: first,
      committedAt: at,
      author: "Zoë",
      subject: "commit looks like a header",
      treeId: await repository.git("rev-parse", `${first}:m/a/champion`),
      files: [
        {
          path: "artifact/model.json",
          mode: "100644",
          id: await repository.git("rev-parse", `${first}:m/a/champion/artifact/model.json`),
        },
        {
          path: "lineage.json",
          mode: "100644",
          id: await repository.git("rev-parse", `${first}:m/a/champion/lineage.json`),
        },
      ],
      contents: expect.any(Map),
    });
    const lineages = a.map((state) =>
      [...state.contents].map(([path, bytes]) => `${path} ${new TextDecoder().decode(bytes)}`),
    );
    expect(lineages).toEqual([["lineage.json 1"], ["lineage.json 3"], []]);
    expect(a[1]?.treeId).toBe(await repository.git("rev-parse", "main~1:m/a/champion"));
    expect(a[1]?.files.map((file) => file.path)).toEqual(["artifact/model.json", "lineage.json"]);
    expect(a[2]).toMatchObject({ treeId: null, files: [] });
    expect(log.get("m/b/champion")?.map((state) => state.sha)).toEqual([first]);
    expect(log.get("m/none/champion")).toEqual([]);
  });

  it("follows a folder that becomes a symlink, and back", async () => {
    const repository = await temporaryRepository();
    await repository.write("m/champion/lineage.json", "1");
    await repository.commit("One");
    const tree = await repository.git("rev-parse", "HEAD:m/champion");
    await repository.remove("m/champion");
    await symlink("elsewhere", join(repository.root, "m/champion"));
    await repository.commit("Two");
    await repository.remove("m/champion");
    await mkdir(join(repository.root, "m/champion"));
    await repository.write("m/champion/lineage.json", "1");
    await repository.commit("Three");

    const states = (await gitOf(repository).log("main", ["m/champion"])).get("m/champion") ?? [];

    expect(states.map(({ treeId, files }) => [treeId, files.length])).toEqual([
      [tree, 1],
      [null, 0],
      [tree, 1],
    ]);
  });

  it("is the same whatever the user's settings say", async () => {
    const plain = await temporaryRepository();
    await plain.write("m/champion/ä b.json", "1");
    await plain.commit("One");
    await plain.git("mv", "m/champion/ä b.json", "m/champion/c.json");
    await plain.commit("Two");
    const expected = await gitOf(plain).log("main", ["m/champion"]);

    for (const [key, value] of Object.entries({
      "diff.renames": "copies",
      "log.follow": "true",
      "log.showRoot": "false",
      "core.quotePath": "true",
      "log.showSignature": "true",
      "color.ui": "always",
      "log.diffMerges": "combined",
      "diff.noprefix": "true",
      "format.pretty": "oneline",
      "log.decorate": "full",
      "core.abbrev": "5",
      "log.abbrevCommit": "true",
    }))
      await plain.git("config", key, value);

    expect(await gitOf(plain).log("main", ["m/champion"])).toEqual(expected);
    expect(expected.get("m/champion")?.flatMap((state) => state.files.map((file) => file.path))).toEqual([
      "ä b.json",
      "c.json",
    ]);
  });
});

describe("list and read", () => {
  it("lists files below a folder of a commit or tree", async () => {
    const repository = await temporaryRepository();
    await repository.write("m/champion/artifact/x y.json", "x");
    await repository.write("m/champion/lineage.json", "l");
    await repository.write("m/champion-of-old.txt", "not below");
    await repository.commit("Add");
    const git = gitOf(repository);
    const tree = await repository.git("rev-parse", "HEAD:m/champion");

    const below = await git.list("HEAD", "m/champion");

    expect(below.map(({ mode, path }) => `${mode} ${path}`)).toEqual([
      "100644 artifact/x y.json",
      "100644 lineage.json",
    ]);
    expect(await git.list(tree)).toEqual(below);
    expect(await git.list("HEAD", "m/none")).toEqual([]);
    expect(await git.list("HEAD", "README.md")).toEqual([]);
  });

  it("reads bytes as they are, in the order asked for, and null where there is no file", async () => {
    const repository = await temporaryRepository();
    const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256);
    await repository.write("m/binary.bin", bytes);
    await repository.write("m/empty.txt", "");
    await repository.write("m/lines.txt", "a\nb\n");
    await repository.commit("Add");

    const contents = await gitOf(repository).read([
      "HEAD:m/lines.txt",
      "HEAD:m/none.txt",
      "HEAD:m/binary.bin",
      "HEAD:m",
      "HEAD:m/empty.txt",
      "a\nb",
      "",
      "HEAD:m/lines.txt",
    ]);

    const lines = new TextEncoder().encode("a\nb\n");
    expect(contents.map((content) => content && Buffer.from(content))).toEqual(
      [lines, null, bytes, null, new Uint8Array(), null, null, lines].map((content) => content && Buffer.from(content)),
    );
  });
});
