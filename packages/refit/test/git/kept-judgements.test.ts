import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { logModel } from "../../src/runs/log-model.ts";
import { judgementsOfModel, storedJudgements } from "../../src/versions/stored-judgement.ts";
import { versionFiles } from "./versions.ts";
import { temporaryWorld, worldOf } from "./world.ts";

it("how versions were judged is read once", async () => {
  const world = await temporaryWorld();
  const land = async (content: string) => {
    for (const [file, bytes] of versionFiles(content)) await world.repository.write(file, bytes);
    await world.repository.commit(content);
    return (await world.git.resolve("HEAD:models/churn/champion"))!;
  };
  const trees = [await land("one"), await land("two")];
  let asked = 0;
  const git = {
    ...world.git,
    read: (names: readonly string[]) => {
      asked += names.length;
      return world.git.read(names);
    },
  };
  const judgements = async () => {
    const before = asked;
    const told = await judgementsOfModel({ git, files: world.files }, await world.locate(), "churn", {
      treeIds: trees,
    });
    return { told, asked: asked - before };
  };

  const first = await judgements();
  expect(first.told).toEqual(await storedJudgements(world, trees));
  expect(first.told.get(trees[0]!)!.on).toEqual({ rows: 100, from: null, to: null });
  expect(first.asked).toBe(4);
  expect(await judgements()).toEqual({ told: first.told, asked: 0 });

  trees.push(await land("three"));
  expect(await judgements()).toEqual({ told: await storedJudgements(world, trees), asked: 2 });

  const kept = path.join(world.repository.root, ".git/refit/cache/history/judgements");
  await writeFile(kept, (await readFile(kept, "utf8")).replace('"rows":100', '"rows":900'));
  expect((await judgements()).asked).toBe(6);
});

it("a log that knows nothing yet reads each lineage once, and then none", async () => {
  const { repository } = await temporaryWorld();
  const land = async (content: string) => {
    for (const [file, bytes] of versionFiles(content)) await repository.write(file, bytes);
    await repository.commit(content);
  };
  await land("one");
  await land("two");
  const log = async () => {
    const world = worldOf(repository);
    const read: string[] = [];
    const git = {
      ...world.git,
      read: (names: readonly string[]) => {
        read.push(...names.flatMap((name) => /:(.*)$/.exec(name)?.[1] ?? []));
        return world.git.read(names);
      },
    };
    const { versions } = await logModel({ git, files: world.files }, await git.locate(), "churn");
    return { versions, read };
  };

  const first = await log();
  expect(first.read).toEqual(["evaluation.json", "evaluation.json"]);
  expect(first.versions.map(({ judgedOn }) => judgedOn?.rows)).toEqual([100, 100]);
  expect(await log()).toEqual({ versions: first.versions, read: [] });

  // The history is known by now, and how its versions were judged is not.
  await rm(path.join(repository.root, ".git/refit/cache/history/judgements"));
  expect(await log()).toEqual({
    versions: first.versions,
    read: ["lineage.json", "lineage.json", "evaluation.json", "evaluation.json"],
  });
});
