import { join } from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { expect, it } from "vitest";
import { gitAdapter } from "../../src/adapters/git/git.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { commandsIn } from "./traced.ts";

const patterns = ["settings/**", "models/**/model.yaml", "odd\\[x\\]/**/model.yaml"];

it("one question tells which files the work tree has otherwise, whatever the number", async () => {
  const repository = await temporaryRepository();
  const { write, remove, git: command } = repository;
  const files = ["same", "edited", "gone", "staged", "unstaged", "line-ends"].map(
    (name) => `models/${name}/model.yaml`,
  );
  for (const file of [...files, "odd[x]/a/model.yaml", "settings/a b.yaml", "models/edited/other.csv"])
    await write(file, "a: 1\nb: 2\n");
  await write(".gitattributes", "*.yaml text\n");
  await repository.commit("Settings");
  const trace = join(await temporaryFolder(), "trace");
  const git = gitAdapter(gitProcess(join(repository.root), { ...repository.env, GIT_TRACE: trace }), null);
  const at = await git.locate();
  expect(await git.edited(at, patterns)).toEqual(new Set());

  await write("models/edited/model.yaml", "a: 2\n");
  await write("models/edited/other.csv", "a: 2\n");
  await remove("models/gone/model.yaml");
  await write("models/staged/model.yaml", "a: 3\n");
  await command("add", "models/staged/model.yaml");
  await command("rm", "--quiet", "--cached", "models/unstaged/model.yaml");
  await write("models/line-ends/model.yaml", "a: 1\r\nb: 2\r\n");
  await write("models/new/model.yaml", "a: 1\n");
  await write("odd[x]/a/model.yaml", "a: 2\n");
  await write("settings/a b.yaml", "a: 2\n");
  const before = await commandsIn(trace);

  expect([...(await git.edited(at, patterns))].toSorted()).toEqual([
    "models/edited/model.yaml",
    "models/gone/model.yaml",
    "models/staged/model.yaml",
    "models/unstaged/model.yaml",
    "odd[x]/a/model.yaml",
    "settings/a b.yaml",
  ]);
  expect(await commandsIn(trace)).toBe(before + 1);
});
