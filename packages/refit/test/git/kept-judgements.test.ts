import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { judgementsOfModel, storedJudgements } from "../../src/versions/stored-judgement.ts";
import { versionFiles } from "./versions.ts";
import { temporaryWorld } from "./world.ts";

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
    const told = await judgementsOfModel({ git, files: world.files }, await world.locate(), "churn", trees);
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
