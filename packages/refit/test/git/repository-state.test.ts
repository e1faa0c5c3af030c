import { createRepository } from "@refit/testkit";
import { execSync } from "node:child_process";
import { expect, it, onTestFinished } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { repositoryState } from "../../src/adapters/git/repository-state.ts";

async function someRepository() {
  const repository = await createRepository({});
  onTestFinished(() => repository.dispose());
  await repository.write("data/my file.csv", "a\n");
  await repository.write("b.txt", "b\n");
  await repository.commit("One");
  return repository;
}

const changed = (some: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
  [...new Set([...some.keys(), ...other.keys()])].filter((name) => some.get(name) !== other.get(name)).sort();

it.each([
  ["a branch is made", "git branch stolen", ["refs/heads/stolen"]],
  ["somebody commits", "git commit -q --allow-empty -m x", ["refs/heads/main", "the commit of HEAD"]],
  ["HEAD moves", "git switch -q -c other", ["HEAD", "refs/heads/other"]],
  ["a tracked file is edited", "echo x >> 'data/my file.csv'", ["data/my file.csv"]],
  ["a tracked file is removed", "rm b.txt", ["b.txt"]],
  ["an edit is staged", "echo x >> b.txt && git add b.txt", ["b.txt"]],
  ["a file is added", "echo x > new.txt && git add new.txt", ["new.txt"]],
  ["a hook is left", "mkdir -p .git/hooks && echo x > .git/hooks/pre-push", [".git/hooks/pre-push"]],
  ["a setting is changed", "git config core.sshCommand evil", [".git/config"]],
  ["an attribute is set", "mkdir -p .git/info && echo '* filter=x' > .git/info/attributes", [".git/info/attributes"]],
  ["nothing is done", "true", []],
  ["a file is read, and touched", "cat b.txt && touch b.txt", []],
  ["an untracked file is written", "echo x > untracked.txt", []],
])("sees that %s", async (_what, action, names) => {
  const { root, env } = await someRepository();
  const git = gitProcess(root, env);
  const before = await repositoryState(git);

  execSync(action, { cwd: root, env });

  expect(changed(before!, (await repositoryState(git))!)).toEqual(names);
});

it("cannot tell where there is no repository", async () => {
  const { root, env } = await someRepository();
  execSync("rm -rf .git", { cwd: root });

  expect(await repositoryState(gitProcess(root, env))).toBeNull();
});
