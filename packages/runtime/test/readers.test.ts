import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { fromMap, fromUrl, loadVersion } from "../src/index.ts";
import { madeRecords } from "../src/made-records.fixture.ts";
import { madeKinds, madeVersion, withLineage } from "../src/made-version.fixture.ts";
import { fromFolder, fromGit } from "../src/node.ts";
import { serve } from "./support/serve.ts";

const folder = "models/birdstrikes/champion";
let files: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  const made = await madeVersion(madeKinds["blend, binary"]!);
  // Names that sort otherwise as text than as bytes, and a folder beside a file whose name goes on.
  const odd = ["a.txt", "a/b", "a-b", "é", "z", "\u{1f600}", "\uffee"].map(
    (name) => [`artifact/code/${name}`, new Uint8Array(1)] as const,
  );
  files = withLineage(new Map([...made.files, ...odd]), "auto");
});

async function writtenTo(root: string): Promise<string> {
  for (const [file, bytes] of files) {
    const target = path.join(root, folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  return path.join(root, folder);
}

const [record] = madeRecords(1, 4);
const answer = async (read: Parameters<typeof loadVersion>[0], treeId?: string) =>
  (await loadVersion(read, treeId === undefined ? {} : { treeId })).predict(record!);

describe("a version is the same from", () => {
  it("a folder, git objects and memory, and its tree id is that of git", async () => {
    const repository = await temporaryRepository();
    const onDisk = await writtenTo(repository.root);
    await repository.commit("a version");
    const id = await repository.git("rev-parse", `HEAD:${folder}`);
    await repository.remove(`${folder}/features.json`);
    await repository.commit("broken");
    const git = await fromGit({ repository: repository.root, revision: "HEAD~1", folder: `${folder}/` });
    const expected = await answer(fromMap(files));

    expect(expected.treeId).toBe(id);
    expect(git.treeId).toBe(id);
    expect(await answer(git.read, git.treeId)).toEqual(expected);
    await expect(answer(fromFolder(onDisk))).rejects.toMatchObject({ code: "artifact-invalid", file: "features.json" });
    await writtenTo(repository.root);
    expect(await answer(fromFolder(onDisk))).toEqual(expected);
  });

  it("a web server, whose failures are told", async () => {
    const root = await temporaryFolder();
    const read = fromFolder(await writtenTo(root));
    let status = 200;
    const address = await serve(async (request, response) => {
      const content = await read(decodeURIComponent(request.url!).replace(/^\/v1\//, ""));
      response.writeHead(content === null ? 404 : status).end(content);
    });

    expect(await answer(fromUrl(`${address}/v1`))).toEqual(await answer(fromMap(files)));
    expect(await answer(fromUrl(new URL(`${address}/v1/`)))).toEqual(await answer(fromMap(files)));
    await expect(answer(fromUrl(`${address}/v2`))).rejects.toMatchObject({
      code: "artifact-invalid",
      file: "lineage.json",
    });
    status = 503;
    await expect(answer(fromUrl(`${address}/v1`))).rejects.toThrow(/lineage\.json answered with status 503/);
  });
});

it.each([
  ["format", '"format":1', '"gormat":1'],
  ["format", '"format":1', '"format":0'],
  ["size", '"bytes":', '"bytes":1'],
  ["digest", '"sha256":"', '"sha256":"0'],
])("a lineage.json with another %s is refused, since no digest tells what was there", async (_what, part, other) => {
  const lineage = new TextDecoder().decode(files.get("lineage.json")).replace(part, other);
  const read = fromMap(new Map([...files, ["lineage.json", new TextEncoder().encode(lineage)]]));

  await expect(loadVersion(read)).rejects.toMatchObject({ code: "artifact-invalid" });
});

it("git objects are asked for by names that are no options", async () => {
  const { root: repository } = await temporaryRepository();

  await expect(fromGit({ repository, revision: "--all", folder })).rejects.toThrow(/single revision/);
  await expect(fromGit({ repository, folder: "no/such/folder" })).rejects.toThrow(/single revision/);
});
