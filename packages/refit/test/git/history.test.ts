import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readModelHistory } from "../../src/versions/model-history.ts";
import { commitRequest, type TestWorld, temporaryWorld } from "./world.ts";
import { versionFiles } from "./versions.ts";

const folder = "models/churn/champion";

/** Proposes a version as refit does: one commit on `refit--churn`, on top of main. */
async function propose(world: TestWorld, content: string, parent?: string | null): Promise<string> {
  const located = await world.locate();
  const champion = await world.git.resolve(`main:${folder}`);
  return world.branches.commit(located, {
    ...commitRequest(located.baseCommit, ""),
    expected: await world.git.resolve("refs/heads/refit--churn"),
    files: versionFiles(content, parent === undefined ? champion : parent),
  });
}

async function mainMovesOn(world: TestWorld, file = "other.txt"): Promise<void> {
  await world.repository.write(file, String(Math.random()));
  await world.repository.commit(`Change ${file}`);
}

async function promote(world: TestWorld, content: string): Promise<string> {
  await propose(world, content);
  await world.repository.git("merge", "--quiet", "--no-ff", "-m", `Merge ${content}`, "refit--churn");
  return world.repository.git("rev-parse", "HEAD");
}

async function restore(world: TestWorld, commit: string, path = folder): Promise<void> {
  await world.repository.git("rm", "-r", "--quiet", "--", path);
  await world.repository.git("checkout", "--quiet", commit, "--", path);
  await world.repository.commit("nothing in this message helps");
}

async function read(world: TestWorld) {
  const { history, metrics } = await readModelHistory(world, await world.locate(), "churn");
  return {
    history,
    metrics,
    events: history.events.map((event) => `v${event.number ?? "-"} ${event.kind}`).join(", "),
    champion: history.champion?.number ?? null,
    state: history.state,
  };
}

describe("however a proposal is merged, its tree is the version", () => {
  it.each<[way: string, merge: string[][]]>([
    ["merge", [["merge", "--no-ff", "-m", "anything", "refit--churn"]]],
    [
      "squash",
      [
        ["merge", "--squash", "refit--churn"],
        ["commit", "-m", "anything"],
      ],
    ],
    [
      "rebase",
      [
        ["switch", "refit--churn"],
        ["rebase", "main"],
        ["switch", "main"],
        ["merge", "--ff-only", "refit--churn"],
      ],
    ],
    ["cherry-pick", [["cherry-pick", "refit--churn"]]],
  ])("%s, while main moves elsewhere", async (_way, merge) => {
    const world = await temporaryWorld();
    await promote(world, "one");
    const head = await propose(world, "two");
    await mainMovesOn(world);
    for (const command of merge) await world.repository.git(...command);
    await mainMovesOn(world, "after.txt");

    const { history, events } = await read(world);

    expect(events).toBe("v1 promotion, v2 promotion");
    expect(history.champion?.treeId).toBe(await world.git.resolve(`${head}:${folder}`));
    expect(history.stale).toEqual([]);
  });

  it("fast-forward, which makes no commit of its own", async () => {
    const world = await temporaryWorld();
    await propose(world, "one");
    await world.repository.git("merge", "--ff-only", "refit--churn");

    expect((await read(world)).events).toBe("v1 promotion");
  });
});

describe("however content comes back, it is a rollback", () => {
  it("git revert of a squashed promotion, and a revert of the revert", async () => {
    const world = await temporaryWorld();
    await promote(world, "one");
    await propose(world, "two");
    await world.repository.git("merge", "--squash", "refit--churn");
    await world.repository.commit("Promote two");

    await world.repository.git("revert", "--no-edit", "HEAD");
    expect(await read(world)).toMatchObject({ events: "v1 promotion, v2 promotion, v1 rollback", champion: 1 });

    await world.repository.git("revert", "--no-edit", "HEAD");
    const { history, events } = await read(world);
    expect(events).toBe("v1 promotion, v2 promotion, v1 rollback, v2 rollback");
    expect(history.rolledBack).toEqual([]);
  });

  it("git revert -m 1 of a merge", async () => {
    const world = await temporaryWorld();
    await promote(world, "one");
    const merge = await promote(world, "two");
    await mainMovesOn(world);
    await world.repository.git("revert", "--no-edit", "-m", "1", merge);

    const { history, events } = await read(world);

    expect(events).toBe("v1 promotion, v2 promotion, v1 rollback");
    expect(history.rolledBack.map(({ version, to }) => [version.number, to?.number])).toEqual([[2, 1]]);
  });

  it("a hand-made restore of an older version", async () => {
    const world = await temporaryWorld();
    const first = await promote(world, "one");
    await promote(world, "two");
    await promote(world, "three");
    await restore(world, first);

    expect(await read(world)).toMatchObject({
      events: "v1 promotion, v2 promotion, v3 promotion, v1 rollback",
      champion: 1,
    });
  });

  it("a revert of the first promotion retires the model, until the revert is reverted", async () => {
    const world = await temporaryWorld();
    const merge = await promote(world, "one");
    await world.repository.git("revert", "--no-edit", "-m", "1", merge);
    expect(await read(world)).toMatchObject({ events: "v1 promotion, v- retired", state: "retired", champion: null });

    await world.repository.git("revert", "--no-edit", "HEAD");
    expect(await read(world)).toMatchObject({ events: "v1 promotion, v- retired, v1 rollback", champion: 1 });
  });
});

describe("a folder that is not what its lineage says", () => {
  it.each([["artifact/model.json"], ["metrics.json"], ["lineage.json"]])(
    "is broken when only %s is restored, also after main has moved on",
    async (file) => {
      const world = await temporaryWorld();
      const first = await promote(world, "one");
      await promote(world, "two more");
      await restore(world, first, `${folder}/${file}`);

      const broken = await read(world);
      expect(broken).toMatchObject({ events: "v1 promotion, v2 promotion, v3 broken", champion: 2, state: "broken" });

      await promote(world, "four");
      expect(await read(world)).toMatchObject({
        events: "v1 promotion, v2 promotion, v3 broken, v4 promotion",
        champion: 4,
        state: "live",
      });
    },
  );

  it("is broken when a file is edited by hand, and stays so after it was fixed", async () => {
    const world = await temporaryWorld();
    const first = await promote(world, "one");
    await world.repository.write(`${folder}/metrics.json`, JSON.stringify({ holdout: { rocAuc: 1 } }));
    await world.repository.commit("Better numbers");

    const { history } = await read(world);
    expect(history.events.at(-1)?.kind).toBe("broken");
    expect(history.versions[1]?.broken).toMatch(/^"metrics.json" does not match lineage.json: it/);

    await restore(world, first);
    expect(await read(world)).toMatchObject({ events: "v1 promotion, v2 broken, v1 rollback", champion: 1 });
  });

  it("is broken when the very first version is, whole and unread by others", async () => {
    const world = await temporaryWorld();
    for (const [path, content] of versionFiles("one")) await world.repository.write(path, content);
    await world.repository.write(`${folder}/features.json`, "{ }");
    await world.repository.commit("By hand");

    expect(await read(world)).toMatchObject({ events: "v1 broken", champion: null, state: "broken" });
  });

  it.each<[why: string, change: (world: TestWorld) => Promise<void>, problem: string]>([
    [
      "an extra file",
      (world) => world.repository.write(`${folder}/notes.txt`, "hm"),
      '"notes.txt" is not listed in lineage.json.',
    ],
    [
      "a missing file",
      (world) => world.repository.remove(`${folder}/features.json`),
      '"features.json" is listed in lineage.json, but missing.',
    ],
    ["no lineage", (world) => world.repository.remove(`${folder}/lineage.json`), "lineage.json is missing."],
    [
      "conflict markers",
      (world) => world.repository.write(`${folder}/lineage.json`, "<<<<<<< HEAD"),
      "lineage.json is not JSON.",
    ],
    [
      "a symlink",
      async (world) => {
        await world.repository.remove(`${folder}/features.json`);
        await symlink("metrics.json", join(world.repository.root, folder, "features.json"));
      },
      '"features.json" is a symbolic link; a version may contain regular files only.',
    ],
    [
      "an executable",
      async (world) => void (await world.repository.git("update-index", "--chmod=+x", `${folder}/features.json`)),
      '"features.json" is an executable file; a version may contain regular files only.',
    ],
    [
      "fields that no refit wrote",
      (world) =>
        world.repository.write(
          `${folder}/lineage.json`,
          JSON.stringify({ format: 1, parent: null, inputDigest: "x", files: {} }),
        ),
      '"artifact/model.json" is not listed in lineage.json.',
    ],
  ])("is broken with %s", async (why, change, problem) => {
    const world = await temporaryWorld();
    await promote(world, "one");
    await change(world);
    if (why === "an executable") await world.repository.git("commit", "--quiet", "-m", "chmod");
    else await world.repository.commit("By hand");

    const { history, champion, state } = await read(world);

    expect({ champion, state, problem: history.versions[1]?.broken }).toEqual({
      champion: 1,
      state: "broken",
      problem,
    });
  });

  it("is not fooled by a lineage that claims what is there, but is no lineage", async () => {
    const world = await temporaryWorld();
    await promote(world, "one");
    const lineage = JSON.parse(await world.repository.git("show", `HEAD:${folder}/lineage.json`));
    await world.repository.write(`${folder}/lineage.json`, JSON.stringify({ ...lineage, seed: "none" }));
    await world.repository.commit("By hand");

    expect(await read(world)).toMatchObject({ events: "v1 promotion, v2 broken", champion: 1 });
  });
});

describe("a folder that a newer refit wrote", () => {
  async function promoteNewer(world: TestWorld): Promise<void> {
    await world.repository.write(`${folder}/lineage.json`, JSON.stringify({ format: 2, all: "is new" }));
    await world.repository.write(`${folder}/artifact/more.bin`, "new");
    await world.repository.commit("By a newer refit");
  }

  it("is live and not broken, and nothing is said of what it was judged against", async () => {
    const world = await temporaryWorld();
    await promote(world, "one");
    await promoteNewer(world);

    const { history, ...told } = await read(world);

    expect(told).toMatchObject({ events: "v1 promotion, v2 promotion", champion: 2, state: "live" });
    expect(history.versions.map(({ broken, newerFormat }) => ({ broken, newerFormat }))).toEqual([
      { broken: null, newerFormat: null },
      { broken: null, newerFormat: 2 },
    ]);
    expect(history.stale).toEqual([]);
  });

  it("is in nobody's way once it was rolled back, and a rollback to it is seen", async () => {
    const world = await temporaryWorld();
    const first = await promote(world, "one");
    await promoteNewer(world);
    const newer = (await world.git.resolve("HEAD"))!;
    await restore(world, first);
    expect(await read(world)).toMatchObject({ events: "v1 promotion, v2 promotion, v1 rollback", champion: 1 });

    await restore(world, newer);
    expect(await read(world)).toMatchObject({ champion: 2, state: "live" });
  });
});

describe("history", () => {
  async function mergeTwoProposalsOfOneChampion(world: TestWorld, older: string, newer: string): Promise<void> {
    await promote(world, "one");
    await propose(world, older);
    await world.repository.git("branch", "waiting", "refit--churn");
    await promote(world, newer);
    await world.repository.git("merge", "--quiet", "-X", "theirs", "-m", "Merge the older one", "waiting");
  }

  it("names a proposal that was judged against a champion that is no longer live", async () => {
    const world = await temporaryWorld();
    await mergeTwoProposalsOfOneChampion(world, "second", "the third");

    const { history, events } = await read(world);

    expect(events).toBe("v1 promotion, v2 promotion, v3 promotion");
    expect(history.stale.map((version) => version.number)).toEqual([3]);
  });

  it("finds that git merged two proposals file by file, without a conflict", async () => {
    const world = await temporaryWorld();
    // The metrics of "two" are those of "one", so that git takes the other side's file.
    await mergeTwoProposalsOfOneChampion(world, "two", "three");

    expect(await read(world)).toMatchObject({ events: "v1 promotion, v2 promotion, v3 broken", champion: 2 });
  });

  it("is empty for a model without a champion", async () => {
    expect(await read(await temporaryWorld())).toMatchObject({ events: "", champion: null, state: "none" });
  });

  it("gives the headline metrics of each version", async () => {
    const world = await temporaryWorld();
    await promote(world, "one");
    await promote(world, "two more");

    const { history, metrics } = await read(world);

    expect(history.versions.map((version) => metrics.get(version.treeId))).toEqual([
      { rocAuc: 0.03 },
      { rocAuc: 0.08 },
    ]);
  });

  it("follows the remote's main when the local one is behind", async () => {
    const world = await temporaryWorld({ remote: true });
    await promote(world, "one");
    await world.repository.git("push", "--quiet", "origin", "main");
    await world.repository.git("reset", "--quiet", "--hard", "HEAD~1");

    expect((await read(world)).champion).toBe(1);
  });

  it("hashes the version in use once, and never again", async () => {
    const world = await temporaryWorld();
    await promote(world, "one");
    await read(world);
    const asked: string[] = [];
    const git = {
      ...world.git,
      read: (objects: readonly string[]) => {
        asked.push(...objects);
        return world.git.read(objects);
      },
    };

    await readModelHistory({ ...world, git }, await world.locate(), "churn");

    expect(asked).toEqual([]);
  });
});
