import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { fromMap, loadVersion } from "@refit/runtime";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { madeRecords } from "../../runtime/src/made-records.fixture.ts";
import {
  createApp,
  follow,
  urlSource,
  type FollowedModel,
  type ServedModel,
  type VersionSource,
} from "../src/index.ts";
import { folderSource, gitSource, listen } from "../src/node.ts";
import { drawing, shuffled } from "./support/live/draw.ts";
import { asking, made, type Ask } from "./support/served.ts";

type Files = ReadonlyMap<string, Uint8Array>;

const folder = "models/birdstrikes/champion";
const records = madeRecords(3, 5).map((record) =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === "number" && !Number.isFinite(value) ? null : value,
    ]),
  ),
);
let versions: { readonly files: Files; readonly treeId: string; readonly answers: unknown }[];
beforeAll(async () => {
  versions = [];
  for (const kind of ["trees, binary", "linear, binary", "blend, binary"]) {
    const { files } = await made(kind);
    const { treeId, answers } = await (await loadVersion(fromMap(files))).predictMany(records);
    versions.push({ files, treeId, answers: JSON.parse(JSON.stringify(answers)) as unknown });
  }
});

async function following(find: VersionSource): Promise<FollowedModel> {
  const model = await follow("birdstrikes", find, { pollMilliseconds: Infinity });
  onTestFinished(() => model.close());
  return model;
}

async function askingOf(model: ServedModel): Promise<Ask> {
  const { address, close } = await listen(createApp([model]), { port: 0 });
  onTestFinished(close);
  return asking(address);
}

/** Clients that ask until they are told to stop. @returns which versions answered. @throws where an answer failed or is not that of its version */
function clients(ask: Ask, count: number): { stop(): Promise<ReadonlySet<string>> } {
  const stopped = new AbortController();
  const seen = new Set<string>();
  const wrong: unknown[] = [];
  const client = async () => {
    while (!stopped.signal.aborted) {
      const { status, body } = await ask("/models/birdstrikes/predict", { records });
      const named = versions.find(({ treeId }) => treeId === body["treeId"]);
      seen.add(String(body["treeId"]));
      if (status !== 200 || JSON.stringify(body["answers"]) !== JSON.stringify(named?.answers)) wrong.push(body);
    }
  };
  const all = Array.from({ length: count }, client);
  return {
    async stop() {
      stopped.abort();
      await Promise.all(all);
      expect(wrong).toEqual([]);
      return seen;
    },
  };
}

describe("while versions change, no answer fails and each is that of the version it names", () => {
  it("of a folder that is written file by file, in any order", async () => {
    const draw = drawing(2026);
    const root = await temporaryFolder();
    const write = async (files: Files, names: readonly string[]) => {
      for (const name of names) {
        await mkdir(path.dirname(path.join(root, name)), { recursive: true });
        await writeFile(path.join(root, name), files.get(name)!.subarray(0, draw(files.get(name)!.length)));
        await live.model?.check();
        await writeFile(path.join(root, name), files.get(name)!);
      }
    };
    const live: { model?: FollowedModel } = {};
    await write(versions[0]!.files, [...versions[0]!.files.keys()]);
    const model = await following(folderSource(root));
    live.model = model;
    const asked = clients(await askingOf(model), 2);
    let stale = 0;

    let current = 0;
    for (let change = 0; change < 4; change++) {
      current = (current + 1 + draw(2)) % versions.length;
      const { files, treeId } = versions[current]!;
      const names = shuffled([...files.keys()], draw);
      await write(files, names.slice(0, -1));
      if (draw(2) === 0) await rm(path.join(root, names[0]!));
      await model.check();
      stale += model.stale === null ? 0 : 1;
      await write(files, [names[0]!, names.at(-1)!]);
      await model.check();
      expect([model.stale, model.version?.treeId]).toEqual([null, treeId]);
    }

    expect((await asked.stop()).size).toBeGreaterThan(1);
    expect(stale).toBeGreaterThan(0);
  });

  it("of a branch with promotions, reverts and broken commits", async () => {
    const repository = await temporaryRepository();
    const promote = async (files: Files, without?: string) => {
      await rm(path.join(repository.root, folder), { recursive: true, force: true });
      for (const [name, bytes] of files) if (name !== without) await repository.write(`${folder}/${name}`, bytes);
      await repository.commit("a version");
    };
    await promote(versions[0]!.files);
    const model = await following(gitSource({ repository: repository.root, revision: "main", folder }));
    const asked = clients(await askingOf(model), 2);

    await promote(versions[1]!.files);
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([null, versions[1]!.treeId]);
    await promote(versions[2]!.files, "features.json");
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([
      expect.stringContaining("features.json"),
      versions[1]!.treeId,
    ]);
    await promote(new Map([...versions[2]!.files, ["more.txt", new Uint8Array(1)]]));
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([expect.stringContaining("other files"), versions[1]!.treeId]);
    await repository.git("revert", "--no-edit", "HEAD~2..HEAD");
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([null, versions[1]!.treeId]);
    await repository.git("revert", "--no-edit", "HEAD~4");
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([null, versions[0]!.treeId]);
    await repository.git("rm", "-r", "-q", folder);
    await repository.commit("retired");
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([
      expect.stringContaining(`main:${folder}`),
      versions[0]!.treeId,
    ]);

    await asked.stop();
  });

  it("of an address, which is asked for no more than what has changed", async () => {
    let { files } = versions[0]!;
    let status = 200;
    const asked: [string, number][] = [];
    const server = createServer((request, response) => {
      const name = decodeURIComponent(request.url!).replace("/live/", "");
      const bytes = files.get(name);
      const tag = `"${versions.findIndex((each) => each.files === files)}"`;
      const isSame = request.headers["if-none-match"] === tag;
      const code = bytes === undefined ? 404 : status === 200 && isSame ? 304 : status;
      asked.push([name, code]);
      response.writeHead(code, { etag: tag }).end(isSame ? undefined : bytes);
    });
    await new Promise<void>((settle) => {
      server.listen(0, "127.0.0.1", settle);
    });
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const model = await following(urlSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/live`));
    const requests = clients(await askingOf(model), 2);

    asked.length = 0;
    await model.check();
    expect(asked).toEqual([["lineage.json", 304]]);
    status = 503;
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([expect.stringContaining("status 503"), versions[0]!.treeId]);
    status = 200;
    ({ files } = versions[1]!);
    await model.check();
    expect([model.stale, model.version?.treeId]).toEqual([null, versions[1]!.treeId]);

    await requests.stop();
  });
});

it("looks by itself, tells what has changed, and says in health and metadata that it is stale", async () => {
  const told: [string | undefined, string | null][] = [];
  let found: Files | null = null;
  const model = await follow(
    "birdstrikes",
    async () => {
      if (found === null) throw new Error("Nothing is there.");
      return { id: found === versions[0]!.files ? "a" : "b", read: fromMap(found), version: "v1" };
    },
    { pollMilliseconds: 5, onChange: ({ version, stale }) => told.push([version?.treeId, stale]) },
  );
  onTestFinished(() => model.close());
  const ask = await askingOf(model);
  expect(await ask("/v2/health/ready")).toMatchObject({ status: 503, body: { ready: false, stale: ["birdstrikes"] } });

  found = versions[0]!.files;
  await expect.poll(() => model.version?.version).toBe("v1");
  expect(await ask("/v2/health/ready")).toMatchObject({ status: 200, body: { ready: true, stale: [] } });
  found = new Map([...versions[1]!.files, ["README.md", new Uint8Array(1)]]);
  await expect.poll(() => model.stale).toContain("README.md");

  expect(await ask("/v2/health/ready")).toMatchObject({ status: 200, body: { ready: true, stale: ["birdstrikes"] } });
  expect((await ask("/models")).body).toMatchObject({ models: [{ treeId: versions[0]!.treeId, stale: true }] });
  expect((await ask("/v2/models/birdstrikes")).body).toMatchObject({ parameters: { stale: true } });
  expect(told).toEqual([
    [undefined, "Nothing is there."],
    [versions[0]!.treeId, null],
    [versions[0]!.treeId, expect.stringContaining("README.md")],
  ]);
});

it("refuses the version of another model", async () => {
  const model = await follow("churn", async () => ({ id: "a", read: fromMap(versions[0]!.files) }), {
    pollMilliseconds: Infinity,
  });

  expect([model.version, model.stale]).toEqual([null, "It is a version of birdstrikes, not of churn."]);
});

it("takes no version under the id of another one that was there a moment before", async () => {
  const root = await temporaryFolder();
  const put = async ({ files }: { readonly files: Files }) => {
    for (const [name, bytes] of files) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), bytes);
    }
  };
  await put(versions[0]!);
  const found = await folderSource(root)(null);
  await put(versions[1]!);

  const model = await follow("birdstrikes", async () => found, { pollMilliseconds: Infinity });

  expect(model).toMatchObject({ version: null, stale: expect.stringContaining("the bytes that lineage.json names") });
});

it("a version whose learner nobody passes is not ready, with what to pass, and the other models answer", async () => {
  const { files } = versions[0]!;
  const lineage = JSON.parse(Buffer.from(files.get("lineage.json")!).toString()) as Record<string, unknown>;
  const text = JSON.stringify({ ...lineage, learner: { name: "onnx", settings: {} } });
  const read = fromMap(new Map([...files, ["lineage.json", Buffer.from(text)]]));

  const model = await following(async () => ({ id: "1", read }));
  const other = { name: "other", version: await loadVersion(fromMap(files)), stale: null };
  const { address, close } = await listen(createApp([model, other]), { port: 0 });
  onTestFinished(close);
  const ask = asking(address);

  expect(model.stale).toContain("Pass what opens it: loadVersion(read, { learners: { onnx: … } })");
  expect(await ask("/models/birdstrikes/predict", { records })).toMatchObject({ status: 503 });
  expect(await ask("/models/other/predict", { records })).toMatchObject({ status: 200 });
});
