import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { dataManifest, type DataManifest } from "@refit/core/spec";
import { temporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { fewFolders, namedFolders } from "../../src/adapters/sources/git/named-folders.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";

const models = Array.from({ length: 12 }, (_, i) => `m${i}`);
const base = { workTree: false };

const manifestOf = (pattern: string): DataManifest => dataManifest.parse({ sources: [{ path: pattern }] });

/** Two files and a manifest for each model, older than any listing. */
async function manyModels(manifestText = (pattern: string) => `sources: [{ path: ${pattern} }]\n`) {
  const repository = await temporaryRepository();
  for (const model of models) {
    await repository.write(`data-manifests/${model}.yaml`, manifestText(`data/${model}/*.csv`));
    await repository.write(`data/${model}/a.csv`, "a\n1\n");
  }
  await repository.write("lib/x.csv", "a\n1\n");
  await repository.write(".gitignore", "late.csv\n");
  await repository.commit("Models");
  await wait(50);
  const git = gitProcess(repository.root, repository.env);
  const asked: string[] = [];
  const counting: typeof git = {
    ...git,
    run(args, options) {
      asked.push(args[0]!);
      return git.run(args, options);
    },
    attempt(args, options) {
      asked.push(args[0]!);
      return git.attempt(args, options);
    },
  };
  const sources = sourcesAdapter({ git: counting, env: {} });
  const baseCommit = await repository.git("rev-parse", "HEAD");
  const commonDir = path.join(repository.root, ".git");
  const at = { root: repository.root, commonDir, baseBranch: "main", baseCommit, remote: null, notices: [] };
  const list = async (pattern: string) => sources.list(at, manifestOf(pattern), base);
  const names = async (pattern: string) => (await list(pattern)).files.map((file) => file.path);
  return { repository, git, at, sources, asked, list, names };
}

describe("the data of many models", () => {
  it.each([
    ["YAML in one line", undefined],
    ["YAML in lines, quoted", (pattern: string) => `sources:\n  - path: "${pattern}" # rows\n`],
    ["JSON", (pattern: string) => JSON.stringify({ sources: [{ path: pattern }] }, null, 1)],
  ])("are listed by five processes in all: manifests in %s", async (_what, manifestText) => {
    const { asked, names } = await manyModels(manifestText);

    for (const model of models) expect(await names(`data/${model}/*.csv`)).toEqual([`data/${model}/a.csv`]);

    expect(asked.toSorted()).toEqual(["grep", "ls-tree", "ls-tree", "status", "status"]);
  });

  it("are listed by as few where no manifest names them, and when all ask at once", async () => {
    const { asked, names } = await manyModels(() => "{}\n");

    const found = await Promise.all(models.map((model) => names(`data/${model}/a.csv`)));

    expect(found).toEqual(models.map((model) => [`data/${model}/a.csv`]));
    expect(asked.filter((command) => command === "status").length).toBeLessThanOrEqual(3);
  });

  it.each<[what: string, change: string, pattern: string, found: string[], told: number]>([
    ["an ignored file", "data/m3/late.csv", "data/m3/*.csv", ["data/m3/a.csv", "data/m3/late.csv"], 0],
    ["one further down", "data/m3/deep/late.csv", "data/m3/**", ["data/m3/a.csv", "data/m3/deep/late.csv"], 0],
    ["one where there was nothing", "data/new/late.csv", "data/new/*.csv", ["data/new/late.csv"], 0],
    ["a file that nobody added", "data/m3/b.csv", "data/m3/*.csv", ["data/m3/a.csv"], 1],
    ["an edit", "data/m3/a.csv", "data/m3/*.csv", ["data/m3/a.csv"], 1],
  ])("are listed as they are by then, after %s", async (_what, change, pattern, found, told) => {
    const { repository, list } = await manyModels();
    for (const model of models) await list(`data/${model}/*.csv`);
    await list(pattern);
    await repository.write(change, "a\n2\n");

    const { files, notices } = await list(pattern);

    expect(files.map((file) => file.path)).toEqual(found);
    expect(notices).toHaveLength(told);
  });

  it("are read as committed when they changed between the question and the listing", async () => {
    const { repository, at, sources, list } = await manyModels();
    for (const model of models.slice(0, 3)) await list(`data/${model}/*.csv`);
    await repository.write("data/m5/a.csv", "a\n7\n");

    const { files, notices } = await list("data/m5/*.csv");
    const { localPath } = await sources.fetch(at, files[0]!);

    expect(localPath).not.toBe(path.join(repository.root, "data/m5/a.csv"));
    expect(notices).toHaveLength(1);
  });
});

describe("the folders that manifests name", () => {
  it("are guessed from their text, and none of them is outside", async () => {
    const text = [
      "sources:",
      "  - path: ../x.csv",
      "  - { path: /etc/passwd }",
      "  - path: s3://bucket/x.csv",
      "  - path: 'my data/*.csv'",
      "  - { path: a/**, delimiter: ';' }",
      "  - path:",
      "  - path: a/../../x",
    ].join("\n");
    const { git, at } = await manyModels(() => text);

    const folders = await namedFolders(git, at);

    expect([...new Set(folders)].toSorted()).toEqual(["a", "my data"]);
  });

  it.each<[what: string, folders: string[], few: string[]]>([
    ["few stay", ["a/b", "a/c", "a/b"], ["a/b", "a/c"]],
    ["many in one folder are that folder", models.flatMap((m) => models.map((n) => `data/${m}${n}`)), ["data"]],
    ["many at the root are the root", models.flatMap((m) => models.map((n) => `${m}${n}`)), [""]],
  ])("%s", (_what, folders, few) => {
    expect(fewFolders(folders)).toEqual(few);
  });
});
