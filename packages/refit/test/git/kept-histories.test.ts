import { readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Files } from "../../src/ports/files.ts";
import { readModelHistories } from "../../src/versions/model-history.ts";
import { versionFiles } from "./versions.ts";
import { temporaryWorld, type TestWorld, worldOf } from "./world.ts";

const models = ["churn", "eu/churn", "fraud"];

const folderOf = (model: string) => `models/${model}/champion`;

/** As a process reads that knows what earlier ones have kept. */
const look = async (world: TestWorld, asked: readonly string[] = models) => {
  const { git, files } = worldOf(world.repository);
  return readModelHistories({ git, files }, await git.locate(), asked);
};

/** As a process reads that finds nothing kept, and keeps nothing. */
const lookAnew = async (world: TestWorld) => {
  const { git, files } = worldOf(world.repository);
  const none: Files = { ...files, read: async () => null, write: async () => {} };
  return readModelHistories({ git, files: none }, await git.locate(), models);
};

async function land(world: TestWorld, model: string, content: string): Promise<void> {
  const parent = await world.git.resolve(`HEAD:${folderOf(model)}`);
  await world.repository.git("rm", "-r", "--quiet", "--ignore-unmatch", "--", folderOf(model));
  for (const [file, bytes] of versionFiles(content, parent))
    await world.repository.write(file.replace("models/churn/champion", folderOf(model)), bytes);
  await world.repository.commit(`${model}: ${content}`);
}

async function unrelated(world: TestWorld, text: string): Promise<void> {
  await world.repository.write("notes.txt", text);
  await world.repository.commit(text);
}

const keptFile = (world: TestWorld, name = "records") =>
  path.join(world.repository.root, ".git/refit/cache/history", name);

/** Numbers from 0 to below 1, always the same. */
function draws(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe("histories that were kept", () => {
  it.each([1, 2, 3])("go on to what reading all of it says, in whatever order things happen (%i)", async (seed) => {
    const world = await temporaryWorld();
    const draw = draws(seed);
    const pick = <T>(all: readonly T[]) => all[Math.floor(draw() * all.length)]!;
    await land(world, "churn", "zero");
    const steps: ((model: string, step: number) => Promise<unknown>)[] = [
      (model, step) => land(world, model, `content ${step}`),
      (model) => land(world, model, pick(["zero", "one", "two"])),
      (_model, step) => unrelated(world, `note ${step}`),
      async (model, step) => {
        await world.repository.write(
          `${folderOf(model)}/${pick(["metrics.json", "features.json"])}`,
          `{"by": ${step}}`,
        );
        await world.repository.commit("By hand");
      },
      async (model) => {
        await world.repository.git("rm", "-r", "--quiet", "--ignore-unmatch", "--", folderOf(model));
        await world.repository.git("commit", "--quiet", "--allow-empty", "-m", "Gone");
      },
      async (model) => {
        const commits = (await world.repository.git("rev-list", "HEAD", "--", folderOf(model))).split("\n");
        const commit = pick(commits);
        const file = pick(["", "/metrics.json", "/lineage.json"]);
        const { exitCode } = await world.process.attempt(["checkout", "--quiet", commit, "--", folderOf(model) + file]);
        if (exitCode === 0) await world.repository.git("commit", "--quiet", "--allow-empty", "-m", "Restored");
      },
      async (model, step) => {
        await world.repository.git("switch", "--quiet", "-c", `side-${step}`);
        await land(world, model, `side ${step}`);
        await world.repository.git("switch", "--quiet", "main");
        await unrelated(world, `beside ${step}`);
        await world.repository.git("merge", "--quiet", "--no-ff", "-m", "Merge", `side-${step}`);
      },
    ];
    for (let step = 0; step < 24; step++) {
      await pick(steps)(pick(models), step);
      if (draw() < 0.5) expect(await look(world)).toEqual(await lookAnew(world));
    }
    expect(await look(world)).toEqual(await lookAnew(world));
  });

  it.each<[what: string, rewrite: (world: TestWorld) => Promise<unknown>]>([
    [
      "commits were dropped and others made",
      async (world) => {
        await world.repository.git("reset", "--quiet", "--hard", "HEAD~2");
        await land(world, "churn", "another");
      },
    ],
    ["the branch goes back", (world) => world.repository.git("reset", "--quiet", "--hard", "HEAD~2")],
    [
      "the commit came in as the second parent of a merge",
      async (world) => {
        await world.repository.git("switch", "--quiet", "-c", "side", "HEAD~2");
        await land(world, "fraud", "on the side");
        await world.repository.git("merge", "--quiet", "--no-ff", "-m", "The other way round", "main");
        await world.repository.git("branch", "--quiet", "--force", "main", "side");
        await world.repository.git("switch", "--quiet", "main");
      },
    ],
  ])("are read anew where %s", async (_what, rewrite) => {
    const world = await temporaryWorld();
    for (const content of ["one", "two", "three"]) await land(world, "churn", content);
    await unrelated(world, "later");
    await look(world);

    await rewrite(world);

    expect(await look(world)).toEqual(await lookAnew(world));
  });

  it("are one log for all models, and none where nothing is new", async () => {
    const world = await temporaryWorld();
    for (const model of models) await land(world, model, "one");
    const { git, files } = worldOf(world.repository);
    const logs: string[] = [];
    const watched = (): TestWorld["git"] => ({
      ...git,
      log(...args) {
        if (args[1].length > 0) logs.push(`log of ${args[1].length}`);
        return git.log(...args);
      },
      logSince(...args) {
        logs.push("log since");
        return git.logSince(...args);
      },
    });

    await readModelHistories({ git: watched(), files }, await git.locate(), models);
    await readModelHistories({ git: watched(), files }, await git.locate(), models);
    await unrelated(world, "later");
    await readModelHistories({ git: watched(), files }, await git.locate(), models);
    await readModelHistories({ git: watched(), files }, await git.locate(), models);

    expect(logs).toEqual(["log of 3", "log since"]);
  });

  it("write what is new, and copy the rest", async () => {
    const world = await temporaryWorld();
    for (const model of models) await land(world, model, "one");
    await look(world);
    const before = (await readFile(keptFile(world), "utf8")).split("\n");
    await land(world, "fraud", "two");
    await look(world, ["churn"]);
    const after = (await readFile(keptFile(world), "utf8")).split("\n");

    expect(after.map((line, i) => line === before[i])).toEqual([false, true, true, false, true]);
    await world.repository.remove(".git/refit");
    await look(world);
    expect((await readFile(keptFile(world), "utf8")).split("\n")).toEqual(after);
  });

  it.each<[what: string, file: string, damage: (file: string) => Promise<unknown>]>([
    ["cut short", "records", async (file) => truncate(file, (await readFile(file)).length - 30)],
    ["altered", "records", async (file) => writeFile(file, (await readFile(file, "utf8")).replaceAll("one", "two"))],
    ["of another refit", "records", (file) => writeFile(file, '0 ["0.0.0","x"]\n')],
    ["empty", "records", (file) => truncate(file)],
    ["without claims", "claims", (file) => truncate(file)],
    [
      "with altered claims",
      "claims",
      async (file) => writeFile(file, (await readFile(file, "utf8")).replaceAll("8", "9")),
    ],
  ])("are read anew when they are %s", async (_what, file, damage) => {
    const world = await temporaryWorld();
    for (const content of ["one", "two"]) for (const model of models) await land(world, model, content);
    await look(world);

    await damage(keptFile(world, file));
    await land(world, "churn", "three");

    expect(await look(world)).toEqual(await lookAnew(world));
    expect(await look(world)).toEqual(await lookAnew(world));
  });
});
