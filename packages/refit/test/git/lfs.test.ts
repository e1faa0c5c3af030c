import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/adapters/sha256.ts";
import { readModelHistory } from "../../src/history/model-history.ts";
import { commitRequest, temporaryWorld, worldOf } from "./world.ts";
import { versionFiles } from "./versions.ts";

const installed = spawnSync("git", ["lfs", "version"]).status === 0;
if (!installed)
  process.stderr.write("SKIPPED: git-lfs is not installed, so committing through its filter was not tested.\n");

describe.skipIf(!installed)("with Git LFS", () => {
  const model = "models/churn/champion/artifact/model.json";

  async function worldWithLfs() {
    const world = await temporaryWorld({ remote: true });
    await world.repository.git("lfs", "install", "--local");
    await world.repository.write(
      ".gitattributes",
      "models/*/champion/artifact/** filter=lfs diff=lfs merge=lfs -text\n",
    );
    await world.repository.commit("Track artifacts");
    await world.repository.git("push", "--quiet");
    const located = await world.locate();
    const id = await world.branches.commit(located, {
      ...commitRequest(located.baseCommit, ""),
      files: versionFiles("one"),
    });
    await world.branches.push(located, [{ ref: "refs/heads/refit--churn", id, expected: null }]);
    return { world, id };
  }

  it("commits a pointer and uploads the object, so that another clone gets the model", async () => {
    const { world, id } = await worldWithLfs();
    const content = versionFiles("one").get(model)!;

    const [pointer] = await world.git.read([`${id}:${model}`]);
    expect(new TextDecoder().decode(pointer ?? undefined)).toContain(
      `oid sha256:${sha256(content)}\nsize ${content.length}\n`,
    );

    const other = worldOf(await world.repository.clone());
    await other.repository.git("lfs", "install", "--local");
    await other.repository.git("switch", "--quiet", "refit--churn");
    expect(await other.repository.git("show", "--textconv", `HEAD:${model}`)).toContain("oid sha256");
    expect(await other.repository.git("cat-file", "--filters", `HEAD:${model}`)).toBe(
      new TextDecoder().decode(content),
    );
  });

  it("reads such a version as valid, also when its predecessor was stored without LFS", async () => {
    const { world, id } = await worldWithLfs();
    await world.repository.git("merge", "--quiet", "--ff-only", "refit--churn");
    expect((await readModelHistory(world, await world.locate(), "churn")).history.champion?.sha).toBe(id);

    await world.repository.write(".gitattributes", "");
    await world.repository.git("add", "--renormalize", "--all");
    await world.repository.commit("Without LFS");

    const { history } = await readModelHistory(world, await world.locate(), "churn");
    expect(history.versions.map((version) => version.broken)).toEqual([null, null]);
  });
});
