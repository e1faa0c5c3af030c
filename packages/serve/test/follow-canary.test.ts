import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { follow, urlSource, type FollowedModel, type VersionSource } from "../src/index.ts";
import { folderSource, gitSource } from "../src/node.ts";
import { loadedOf, otherCard, twoVersions, type Files } from "./support/canary.ts";
import { made } from "./support/served.ts";

const model = "models/birdstrikes";
let champion: Files;
let canary: Files;
let ids: { readonly champion: string; readonly canary: string };
beforeAll(async () => {
  ({ champion, canary } = await twoVersions());
  ids = { champion: (await loadedOf(champion)).treeId, canary: (await loadedOf(canary)).treeId };
});

/** A place that files are put at and taken from. */
interface World {
  put(folder: string, files: Files): Promise<void>;
  rollout(text: string | null): Promise<void>;
  remove(folder: string): Promise<void>;
  /** What was written is there at once. */
  commit(): Promise<unknown>;
  readonly find: VersionSource;
}

const percent = (share: number | string) => `percent: ${share}\nsteps: [5, 25, 50]\nmargin: 0.01\n`;

async function gitWorld(): Promise<World> {
  const repository = await temporaryRepository();
  return {
    async put(folder, files) {
      await repository.remove(`${model}/${folder}`);
      for (const [name, bytes] of files) await repository.write(`${model}/${folder}/${name}`, bytes);
    },
    async rollout(text) {
      await (text === null
        ? repository.remove(`${model}/rollout.yaml`)
        : repository.write(`${model}/rollout.yaml`, text));
    },
    remove: (folder) => repository.remove(`${model}/${folder}`),
    commit: () => repository.commit("a change"),
    find: gitSource({ repository: repository.root, revision: "main", folder: `${model}/champion` }),
  };
}

async function folderWorld(): Promise<World> {
  const root = await temporaryFolder();
  const remove = async (name: string) => rm(path.join(root, name), { recursive: true, force: true });
  return {
    async put(folder, files) {
      await remove(folder);
      for (const [name, bytes] of files) {
        await mkdir(path.dirname(path.join(root, folder, name)), { recursive: true });
        await writeFile(path.join(root, folder, name), bytes);
      }
    },
    rollout: async (text) =>
      text === null ? remove("rollout.yaml") : writeFile(path.join(root, "rollout.yaml"), text),
    remove,
    commit: async () => {},
    find: folderSource(path.join(root, "champion")),
  };
}

async function addressWorld(): Promise<World> {
  const files = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const bytes = files.get(decodeURIComponent(request.url!).replace("/birdstrikes/", ""));
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const remove = async (folder: string) => {
    for (const name of files.keys()) if (name.startsWith(`${folder}/`)) files.delete(name);
  };
  return {
    async put(folder, given) {
      await remove(folder);
      for (const [name, bytes] of given) files.set(`${folder}/${name}`, bytes);
    },
    async rollout(text) {
      if (text === null) files.delete("rollout.yaml");
      else files.set("rollout.yaml", Buffer.from(text));
    },
    remove,
    commit: async () => {},
    find: urlSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/birdstrikes/champion`),
  };
}

async function following(find: VersionSource, onChange: () => void = () => {}): Promise<FollowedModel> {
  const followed = await follow("birdstrikes", find, { pollMilliseconds: Infinity, onChange });
  onTestFinished(() => followed.close());
  return followed;
}

/** What is there to say of it in few words. */
function stateOf({ version, stale, canary: beside }: FollowedModel) {
  const state = { champion: version?.treeId, stale };
  if (!beside) return { ...state, canary: null };
  return { ...state, canary: beside.loaded?.version.treeId ?? null, percent: beside.percent, problem: beside.problem };
}

describe.each([
  ["git", gitWorld],
  ["a folder", folderWorld],
  ["an address", addressWorld],
])("the canary that stands in %s", (_where, makeWorld) => {
  it("is asked as its rollout.yaml says, until one of both is gone", async () => {
    const world = await makeWorld();
    await world.put("champion", champion);
    await world.commit();
    const followed = await following(world.find);
    const looked = async () => {
      await world.commit();
      await followed.check();
      return stateOf(followed);
    };
    const live = { champion: ids.champion, stale: null };
    expect(await looked()).toEqual({ ...live, canary: null });

    await world.put("canary", canary);
    expect(await looked()).toEqual({ ...live, canary: null });
    await world.rollout(percent(0));
    expect(await looked()).toEqual({ ...live, canary: ids.canary, percent: 0, problem: null });
    await world.rollout(percent(5));
    expect(await looked()).toEqual({ ...live, canary: ids.canary, percent: 5, problem: null });
    await world.rollout(percent("many"));
    expect(await looked()).toMatchObject({ ...live, canary: ids.canary, percent: 0, problem: expect.any(String) });
    await world.rollout(percent(25));
    expect(await looked()).toEqual({ ...live, canary: ids.canary, percent: 25, problem: null });
    await world.rollout(null);
    expect(await looked()).toEqual({ ...live, canary: null });
    await world.rollout(percent(25));
    expect(await looked()).toMatchObject({ canary: ids.canary, percent: 25 });
    await world.remove("canary");
    expect(await looked()).toEqual({ ...live, canary: null });
  });

  it("that is broken, of another kind, or of another model changes nothing for the champion, which goes on to be followed", async () => {
    const world = await makeWorld();
    await world.put("champion", champion);
    await world.rollout(percent(50));
    await world.put("canary", canary);
    await world.commit();
    const followed = await following(world.find);
    await followed.check();
    const damaged = new Map([...(await otherCard("linear, binary", "next")), ["features.json", Buffer.from("{}\n")]]);
    const { files: otherTarget } = await made("linear, multiclass");

    for (const [files, says] of [
      [damaged, "features.json"],
      [otherTarget, "Its target is not that of the champion"],
      [champion, "It is the version that is live."],
    ] as const) {
      await world.put("canary", files);
      await world.commit();
      await followed.check();
      const problem = expect.stringContaining(says) as string;
      expect(stateOf(followed)).toEqual({ champion: ids.champion, stale: null, canary: null, percent: 50, problem });
    }
    await world.put("champion", canary);
    await world.put("canary", damaged);
    await world.commit();
    await followed.check();
    expect(stateOf(followed)).toMatchObject({ champion: ids.canary, stale: null, canary: null });
  });

  it("is promoted by moving its folder, with the same tree id", async () => {
    const world = await makeWorld();
    await world.put("champion", champion);
    await world.put("canary", canary);
    await world.rollout(percent(50));
    await world.commit();
    const followed = await following(world.find);
    await followed.check();

    await world.put("champion", canary);
    await world.remove("canary");
    await world.rollout(null);
    await world.commit();
    await followed.check();

    expect(stateOf(followed)).toEqual({ champion: ids.canary, stale: null, canary: null });
  });
});

describe("what a server has against a canary", () => {
  it("holds for its tree id, also when it is taken back and put there again, and not for the next one", async () => {
    const world = await gitWorld();
    await world.put("champion", champion);
    await world.put("canary", canary);
    await world.rollout(percent(50));
    await world.commit();
    let told = 0;
    const followed = await following(world.find, () => (told += 1));
    await followed.check();
    const before = told;

    for (let i = 0; i < 5; i++) followed.canary!.loaded!.guard.note("failed", "Error: no.");
    expect(told).toBe(before + 1);
    await world.put("canary", await otherCard("linear, binary", "another"));
    await world.commit();
    await followed.check();
    expect(followed.canary?.loaded?.guard.stopped).toBe(null);
    await world.put("canary", canary);
    await world.commit();
    await followed.check();

    expect(followed.canary?.loaded?.guard.stopped).toMatchObject({ reason: "failed" });
    const restarted = await following(world.find);
    await restarted.check();
    expect(restarted.canary?.loaded?.guard.stopped).toBe(null);
  });
});

it("what the tree takes away from a canary is gone at once, also where the champion beside it is damaged", async () => {
  const world = await gitWorld();
  await world.put("champion", champion);
  await world.put("canary", canary);
  await world.rollout(percent(50));
  await world.commit();
  const followed = await following(world.find);
  await followed.check();

  await world.put("champion", new Map([...champion, ["features.json", Buffer.from("{}\n")]]));
  await world.rollout(percent(5));
  await world.commit();
  await followed.check();
  expect(stateOf(followed)).toMatchObject({ champion: ids.champion, canary: ids.canary, percent: 5 });
  expect(followed.stale).toContain("features.json");
  await world.rollout(percent(25));
  await world.commit();
  await followed.check();
  expect(stateOf(followed)).toMatchObject({ percent: 5 });
  await world.remove("canary");
  await world.commit();
  await followed.check();
  expect(followed.canary).toBe(null);
});

describe("while a canary takes long to open", () => {
  it("the champion is followed, and one that the tree has taken back meanwhile is never asked", async () => {
    let open = () => {};
    const opened = new Promise<void>((settle) => (open = settle));
    const slow = (files: Files) => async (name: string) => {
      await opened;
      return files.get(name);
    };
    const other = await otherCard("trees, binary", "another");
    const otherId = (await loadedOf(other)).treeId;
    let found = {
      live: champion,
      canary: { id: "slow", read: slow(canary), percent: 50 } as {
        id: string;
        read: ReturnType<typeof slow>;
        percent: number;
      } | null,
    };
    const followed = await following(async () => ({
      id: found.live === champion ? "1" : "2",
      read: (name) => found.live.get(name),
      canary: found.canary,
    }));
    expect(stateOf(followed)).toEqual({ champion: ids.champion, stale: null, canary: null });

    found = { live: other, canary: { ...found.canary!, percent: 5 } };
    const looked = followed.check();
    await expect.poll(() => followed.version?.treeId).toBe(otherId);
    expect(followed.canary).toBe(null);
    open();
    await looked;
    expect(stateOf(followed)).toMatchObject({ canary: ids.canary, percent: 5 });

    found = { ...found, canary: { id: "next", read: slow(other), percent: 50 } };
    await followed.check();
    expect(stateOf(followed)).toMatchObject({ canary: null });
    found = { ...found, canary: null };
    await followed.check();
    expect(followed.canary).toBe(null);
  });

  it("the next one may be there first, and stays", async () => {
    let open = () => {};
    const opened = new Promise<void>((settle) => (open = settle));
    const read = async (name: string) => {
      await opened;
      return canary.get(name);
    };
    const next = await otherCard("linear, binary", "next");
    const nextId = (await loadedOf(next)).treeId;
    let beside = { id: "slow", read, percent: 50 };
    const followed = await following(async () => ({ id: "1", read: (name) => champion.get(name), canary: beside }));
    beside = { id: "next", read: async (name: string) => next.get(name), percent: 5 };
    await followed.check();
    expect(stateOf(followed)).toMatchObject({ canary: nextId, percent: 5 });
    open();
    await new Promise((settle) => setTimeout(settle, 50));

    expect(stateOf(followed)).toMatchObject({ canary: nextId, percent: 5 });
  });

  it("one that is taken back before it was opened is never asked", async () => {
    let open = () => {};
    const opened = new Promise<void>((settle) => (open = settle));
    const read = async (name: string) => {
      await opened;
      return canary.get(name);
    };
    let beside: { id: string; read: typeof read; percent: number } | null = { id: "slow", read, percent: 50 };
    const followed = await following(async () => ({ id: "1", read: (name) => champion.get(name), canary: beside }));
    beside = null;
    await followed.check();
    open();
    await new Promise((settle) => setTimeout(settle, 20));

    expect(followed.canary).toBe(null);
  });
});
