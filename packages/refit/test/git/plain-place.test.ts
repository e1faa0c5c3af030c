import { chown, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { startGit, temporaryFolder, temporaryRepository, type TemporaryRepository } from "@refit/testkit";
import { expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { plainPlace } from "../../src/adapters/git/plain-place.ts";
import { commandsIn } from "./traced.ts";

async function clone(): Promise<TemporaryRepository> {
  const repository = await temporaryRepository();
  await repository.write("sub/a.txt", "a");
  await repository.commit("First");
  return repository;
}

const placeAt = (cwd: string, { env }: TemporaryRepository, more = {}) =>
  plainPlace(gitProcess(cwd, { ...env, ...more }));

/** As for a person whose own settings say it of every repository, so that it is no sign of one. */
const notBare = { GIT_CONFIG_PARAMETERS: "'core.bare=false'" };

it("of an ordinary clone is what git says, without asking it", async () => {
  const repository = await clone();
  const { root: cwd, env } = repository;
  const trace = path.join(await temporaryFolder(), "trace");

  const place = await plainPlace(gitProcess(cwd, { ...env, GIT_TRACE: trace }));

  const args = ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-common-dir"];
  const [root, commonDir] = (await startGit(args, { cwd, env })).split("\n");
  expect(place).toEqual({ root, commonDir, shallow: false });
  expect(await commandsIn(trace, "rev-parse")).toBe(0);
});

type Bend = (repository: TemporaryRepository) => Promise<unknown>;
const git = (repository: TemporaryRepository) => path.join(repository.root, ".git");

it.each<[what: string, bend: Bend]>([
  ["that is shallow", (each) => writeFile(path.join(git(each), "shallow"), "")],
  ["whose objects are another's", (each) => writeFile(path.join(git(each), "commondir"), ".\n")],
  ["with settings of a work tree", (each) => writeFile(path.join(git(each), "config.worktree"), "")],
  ["with the work tree elsewhere", (each) => each.git("config", "core.worktree", "../sub")],
  ["with an extension", (each) => each.git("config", "extensions.partialClone", "origin")],
  ["that is bare by its settings", (each) => each.git("config", "core.bare", "true")],
  ["that does not say whether it is bare", (each) => each.git("config", "--unset", "core.bare")],
])("of a clone %s is for git to say", async (_what, bend) => {
  const repository = await clone();
  await bend(repository);

  expect(await placeAt(repository.root, repository)).toBeNull();
});

it.each<[what: string, bend: Bend]>([
  ["without objects", (each) => rm(path.join(git(each), "objects"), { recursive: true })],
  ["without refs", (each) => rm(path.join(git(each), "refs"), { recursive: true })],
  [
    "whose objects are a file",
    (each) =>
      rm(path.join(git(each), "objects"), { recursive: true }).then(() =>
        writeFile(path.join(git(each), "objects"), ""),
      ),
  ],
  ["without HEAD", (each) => rm(path.join(git(each), "HEAD"))],
  [
    "whose HEAD is a folder",
    (each) => rm(path.join(git(each), "HEAD")).then(() => mkdir(path.join(git(each), "HEAD"))),
  ],
  [
    "whose git folder is a link",
    async (each) => {
      await rename(git(each), `${git(each)}-moved`);
      await symlink(`${git(each)}-moved`, git(each));
    },
  ],
])("of a clone %s is for git to say, whatever a person's own settings say", async (_what, bend) => {
  const repository = await clone();
  await bend(repository);

  expect(await placeAt(repository.root, repository, notBare)).toBeNull();
});

it("of a linked work tree, below the root, by a link and outside of any repository is for git to say", async () => {
  const repository = await clone();
  const linked = path.join(await temporaryFolder(), "linked");
  await repository.git("worktree", "add", "--quiet", "--detach", linked);

  const link = path.join(await temporaryFolder(), "link");
  await symlink(repository.root, link);
  for (const cwd of [linked, link, path.join(repository.root, "sub"), await temporaryFolder()])
    expect(await placeAt(cwd, repository)).toBeNull();
});

// Only root may give a folder away.
it.runIf(process.geteuid?.() === 0).each([
  ["work tree", (root: string) => root],
  ["git folder", (root: string) => path.join(root, ".git")],
])("of a clone whose %s is another user's is for git to refuse", async (_what, part) => {
  const repository = await clone();
  await chown(part(repository.root), 65_534, 65_534);

  expect(await placeAt(repository.root, repository, notBare)).toBeNull();
});
