import { symlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { asOwnRows, dataManifest, type DataManifest } from "@refit/core/spec";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";

describe("further tables", () => {
  const tableOf = (name: string, ...paths: string[]) => ({
    name,
    sources: paths.map((each) => ({ path: each })),
    schema: { fields: [{ name: "a", type: "integer" }] },
  });
  const withTables = (...tables: object[]) =>
    dataManifest.parse({ sources: [{ path: "data/*.csv" }], tables, prepare: "SELECT * FROM source" });

  async function counted() {
    const repository = await temporaryRepository();
    for (const file of ["data/a.csv", "data/b.csv", "lib/x.csv"]) await repository.write(file, "a\n1\n");
    await repository.write("data/deep/c.tsv", "a\tb\n3\t4\n");
    await repository.write(".gitignore", "/data/local/\n");
    await repository.commit("Add data");
    const git = gitProcess(repository.root, repository.env);
    const asked: string[] = [];
    const counting: typeof git = {
      ...git,
      run(args, options) {
        asked.push(args[0]!);
        return git.run(args, options);
      },
    };
    const sources = sourcesAdapter({ git: counting, env: {} });
    await pause(60); // a listing soon after a change serves once
    const baseCommit = await repository.git("rev-parse", "HEAD");
    const commonDir = path.join(repository.root, ".git");
    const at = { root: repository.root, commonDir, baseBranch: "main", baseCommit, remote: null, notices: [] };
    const list = async (manifest: DataManifest) =>
      (await sources.list(at, manifest, { workTree: false })).files.map((file) => file.path);
    const listAll = async (manifest: DataManifest) => [
      await list(manifest),
      ...(await Promise.all(manifest.tables!.map((table) => list(asOwnRows(table, manifest))))),
    ];
    return { repository, asked, list, listAll };
  }

  it.each<[what: string, tables: object[], found: string[][]]>([
    ["below the own folder", [tableOf("t", "data/deep/*.tsv")], [["data/deep/c.tsv"]]],
    ["elsewhere", [tableOf("t", "lib/*.csv")], [["lib/x.csv"]]],
    ["several", [tableOf("t", "lib/*.csv"), tableOf("u", "data/deep/*.tsv")], [["lib/x.csv"], ["data/deep/c.tsv"]]],
    ["two of the same files", [tableOf("t", "lib/*.csv"), tableOf("u", "lib/*.csv")], [["lib/x.csv"], ["lib/x.csv"]]],
    ["the model's own files", [tableOf("t", "data/*.csv")], [["data/a.csv", "data/b.csv"]]],
    ["anywhere in the repository", [tableOf("t", "**/x.csv")], [["lib/x.csv"]]],
  ])("are listed with the model's own rows, by two processes in all: %s", async (_what, tables, found) => {
    const { asked, listAll } = await counted();

    expect(await listAll(withTables(...tables))).toEqual([["data/a.csv", "data/b.csv"], ...found]);
    expect(asked.toSorted()).toEqual(["ls-tree", "status"]);
  });

  it("are listed anew by whoever lists a second time", async () => {
    const { repository, list } = await counted();
    const manifest = withTables(tableOf("t", "data/local/*.csv"));
    const table = asOwnRows(manifest.tables![0]!, manifest);
    await list(manifest);
    await repository.write("data/local/late.csv", "a\n1\n");

    expect(await list(manifest)).toEqual(["data/a.csv", "data/b.csv"]);
    expect(await list(table)).toEqual(["data/local/late.csv"]);
    await repository.write("data/local/later.csv", "a\n1\n");
    expect(await list(table)).toEqual(["data/local/late.csv", "data/local/later.csv"]);
  });

  it.each([["../x.csv"], ["out/*.csv"]])("are refused outside of the repository: %s", async (pattern) => {
    const { repository, list } = await counted();
    await symlink(await temporaryFolder(), `${repository.root}/out`);

    await expect(list(withTables(tableOf("t", pattern)))).rejects.toMatchObject({ code: "source-outside" });
  });
});
