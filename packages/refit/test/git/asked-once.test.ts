import { join } from "node:path";
import { type TemporaryRepository, temporaryFolder, temporaryRepository } from "@refit/testkit";
import { expect, it } from "vitest";
import { gitAdapter } from "../../src/adapters/git/git.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { commandsIn } from "./traced.ts";

const branches = [
  "refs/heads/refit--a",
  "refs/heads/refit--b",
  "refs/heads/nested/refit--c",
  "refs/remotes/origin/refit--a",
];

/** What git itself says of each. */
const truth = (repository: TemporaryRepository) =>
  Promise.all(
    branches.map(async (name) => (await repository.git("for-each-ref", "--format=%(objectname)", name)) || null),
  );

/** Time stamps of the last moments are not trusted. */
const settle = () => new Promise((done) => setTimeout(done, 50));

it("branches are answered from one listing, and each change is seen at once", async () => {
  const repository = await temporaryRepository();
  await repository.write("a.txt", "a");
  const first = await repository.commit("First");
  await repository.write("a.txt", "b");
  const second = await repository.commit("Second");
  await repository.git("update-ref", "refs/heads/refit--a", first);
  await settle();
  const trace = join(await temporaryFolder(), "trace");
  const git = gitAdapter(gitProcess(repository.root, { ...repository.env, GIT_TRACE: trace }), null);
  const told = () => Promise.all(branches.map((name) => git.resolve(name)));
  await git.locate();
  const atFirst = await commandsIn(trace);

  for (let i = 0; i < 50; i++) expect(await told()).toEqual([first, null, null, null]);
  expect(await commandsIn(trace)).toBe(atFirst);

  const changes: readonly (readonly string[])[] = [
    ["update-ref", "refs/heads/refit--a", second],
    ["update-ref", "refs/heads/refit--b", first],
    ["pack-refs", "--all"],
    ["update-ref", "refs/heads/nested/refit--c", first],
    ["update-ref", "refs/remotes/origin/refit--a", second],
    ["update-ref", "-d", "refs/heads/refit--a"],
    ["update-ref", "-d", "refs/heads/nested/refit--c"],
    ["pack-refs", "--all"],
    ["update-ref", "refs/remotes/origin/refit--a", first],
    ["update-ref", "-d", "refs/remotes/origin/refit--a"],
  ];
  for (const isSettled of [true, false]) {
    for (const change of changes) {
      if (isSettled) await settle();
      await git.locate();
      await told();
      await repository.git(...change);

      expect({ change, told: await told() }).toEqual({ change, told: await truth(repository) });
    }
  }
});

it("lists again where many questions came after a change, and leaves expressions to git", async () => {
  const repository = await temporaryRepository();
  await repository.write("a.txt", "a");
  const head = await repository.commit("First");
  const trace = join(await temporaryFolder(), "trace");
  const git = gitAdapter(gitProcess(repository.root, { ...repository.env, GIT_TRACE: trace }), null);
  expect(await git.resolve("refs/heads/main")).toBe(head);
  await git.locate();
  await repository.git("update-ref", "refs/heads/refit--a", head);
  await settle();

  for (let i = 0; i < 40; i++) expect(await git.resolve("refs/heads/refit--a")).toBe(head);

  expect(await commandsIn(trace, "for-each-ref")).toBe(2);
  expect(await git.resolve("refs/heads/refit--a^{tree}")).toBe(await repository.git("rev-parse", `${head}^{tree}`));
  expect(await git.resolve("refs/heads/refit--a:a.txt")).toBe(await repository.git("rev-parse", `${head}:a.txt`));
});

it("what was listed of a commit is not asked again", async () => {
  const repository = await temporaryRepository();
  for (const file of ["models/a/model.yaml", "models/a/champion/artifact/m.json", "other/b.txt"])
    await repository.write(file, file);
  const head = await repository.commit("Files");
  const revision = (name: string) => repository.git("rev-parse", name);
  const [champion, artifact] = await Promise.all([
    revision(`${head}:models/a/champion`),
    revision(`${head}:models/a/champion/artifact/m.json`),
  ]);
  const trace = join(await temporaryFolder(), "trace");
  const git = gitAdapter(gitProcess(repository.root, { ...repository.env, GIT_TRACE: trace }), null);
  const files = await git.list(head, "models");
  const before = await commandsIn(trace);

  expect(files.map(({ path }) => path)).toEqual(["a/champion/artifact/m.json", "a/model.yaml"]);
  expect(await git.list(head, "models")).toEqual(files);
  expect(await git.resolve(`${head}:models/a/champion`)).toBe(champion);
  expect(await git.resolve(`${head}:models/a/champion/artifact/m.json`)).toBe(artifact);
  expect(await git.resolve(`${head}:models/a/gone`)).toBe(null);
  expect(await git.resolve(`${champion}:artifact/m.json`)).toBe(artifact);
  expect(await git.resolve(`${champion}:m.json`)).toBe(null);
  expect(await commandsIn(trace)).toBe(before);
  expect(await git.resolve(`${head}:other/b.txt`)).toBe(await revision(`${head}:other/b.txt`));

  const above = await revision(`${head}:models`);
  const another = gitAdapter(gitProcess(repository.root, repository.env), null);
  await another.list(head, "models/a/champion");
  expect(await another.resolve(`${champion}:artifact/m.json`)).toBe(artifact);
  expect(await another.resolve(`${above}:a/model.yaml`)).toBe(await revision(`${head}:models/a/model.yaml`));
});

it("many objects come in one go, each in its place", async () => {
  const repository = await temporaryRepository();
  const names = Array.from({ length: 90 }, (_, i) => `f/${i}.txt`);
  for (const [i, name] of names.entries()) await repository.write(name, i === 3 ? "x".repeat(100_000) : `text ${i}`);
  const head = await repository.commit("Files");
  const git = gitAdapter(gitProcess(repository.root, repository.env), null);

  const asked = [...names, "f", "gone.txt", names[0]!].map((name) => `${head}:${name}`);
  const texts = (await git.read([...asked, "refs/heads/main"])).map((each) => each && new TextDecoder().decode(each));

  expect(texts.slice(0, 3)).toEqual(["text 0", "text 1", "text 2"]);
  expect(texts[3]).toHaveLength(100_000);
  expect(texts.slice(89)).toEqual(["text 89", null, null, "text 0", null]);
  expect(await git.read([asked[3]!])).toEqual([new TextEncoder().encode("x".repeat(100_000))]);
});

it("an ordinary clone says by its files where it is, and git is asked about any other", async () => {
  const repository = await temporaryRepository();
  await repository.write("sub/a.txt", "a");
  await repository.commit("First");
  const trace = join(await temporaryFolder(), "trace");
  const locate = (folder = repository.root) =>
    gitAdapter(gitProcess(folder, { ...repository.env, GIT_TRACE: trace }), null).locate();
  const asked = () => commandsIn(trace, "rev-parse");

  const located = await locate();
  expect(await asked()).toBe(0);
  expect(await locate(join(repository.root, "sub"))).toEqual(located);
  expect(await asked()).toBe(1);

  await repository.git("worktree", "add", "--quiet", "-b", "side", join(repository.root, "side"));
  expect(await locate(join(repository.root, "side"))).toMatchObject({ commonDir: located.commonDir });
  expect(await asked()).toBe(2);

  await repository.git("config", "core.worktree", join(repository.root, "sub"));
  expect(await locate()).toMatchObject({ root: join(repository.root, "sub") });
  await repository.git("config", "--unset", "core.worktree");
  await repository.write(".git/shallow", `${located.baseCommit}\n`);
  await expect(locate()).rejects.toMatchObject({ code: "shallow-clone" });
  expect(await asked()).toBe(4);
});
