import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { sourceConformance } from "@refit/testkit/conformance/source";
import { type ObjectStore, pythonTool, startMoto } from "@refit/testkit/python";
import {
  createFolder,
  createRepository,
  removeFolder,
  temporaryFolder,
  temporaryRepository,
  type TemporaryRepository,
} from "@refit/testkit";
import type { WebFile } from "@refit/testkit/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import type { Repository } from "../../src/ports/repository.ts";
import { codeOf, fetchAll, listed, manifestOf, openSources, webServer } from "./world.ts";

const dvcVersion = "3.67.1";
const execute = promisify(execFile);
const md5 = (content: string | Uint8Array) => createHash("md5").update(content).digest("hex");

/** A repository with pointers that the test writes itself. */
async function scene() {
  const repository = await temporaryRepository();
  const remote = await temporaryFolder();
  await repository.write(".dvc/config", configOf(remote));
  return { repository, remote, open: opener(repository), at: () => locate(repository) };
}

const opener =
  (repository: TemporaryRepository, env: Record<string, string> = {}) =>
  () =>
    openSources({ git: gitProcess(repository.root, repository.env), env });

async function locate(repository: TemporaryRepository): Promise<Repository> {
  const baseCommit = await repository.git("rev-parse", "HEAD");
  const commonDir = path.join(repository.root, ".git");
  return { root: repository.root, commonDir, baseBranch: "main", baseCommit, remote: null, notices: [] };
}

const configOf = (url: string, more = "") =>
  `[core]\n    remote = storage\n['remote "storage"']\n    url = ${url}\n${more}`;

const pointerOf = (name: string, content: string) =>
  `outs:\n- md5: ${md5(content)}\n  size: ${Buffer.byteLength(content)}\n  hash: md5\n  path: ${name}\n`;

/** Files at any depth, with `/`. */
async function listBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

async function putObject(remote: string, content: string, name = md5(content), folder = "files/md5"): Promise<void> {
  const file = path.join(remote, folder, name.slice(0, 2), name.slice(2));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

sourceConformance("dvc, pointers to files", async () => {
  const { repository, remote, open, at } = await scene();
  const contents = new Map([
    ["data/a.csv", "a\n1\n"],
    ["data/b.csv", "a\n2\n"],
  ]);
  const add = async (file: string, content: string) => {
    await putObject(remote, content);
    await repository.write(`${file}.dvc`, pointerOf(path.basename(file), content));
  };
  for (const [file, content] of contents) await add(file, content);
  await repository.commit("Add data");
  const located = await at();
  return {
    open,
    repository: located,
    manifest: manifestOf(["data/*.dvc"]),
    empty: manifestOf(["other/*.dvc"]),
    contents,
    async addUnreadable() {
      await add("data/notes.txt", "x");
      await repository.commit("Add notes");
      Object.assign(located, await at());
    },
    change: add,
  };
});

describe("dvc: pointers", () => {
  it.each([".dvc/config", ".dvc/config.local", "a.csv.dvc"])("that cannot be read for %s are named", async (name) => {
    const { repository, open, at } = await scene();
    await repository.write("a.csv.dvc", pointerOf("a.csv", "a\n1\n"));
    await repository.commit("data");
    await rm(path.join(repository.root, name), { force: true });
    await mkdir(path.join(repository.root, name), { recursive: true });

    const listing = open().list(await at(), manifestOf(["a.csv.dvc"]), { workTree: true });

    await expect(listing).rejects.toMatchObject({
      code: "source-refused",
      message: `"${name}" cannot be read: this machine answered EISDIR.`,
    });
  });

  it.each<[what: string, pointer: string]>([
    ["that are not YAML", "outs: ["],
    ["without outs", "deps: []\n"],
    ["without an md5", "outs:\n- path: a.csv\n"],
    ["with a path that climbs", `outs:\n- md5: ${md5("x")}\n  hash: md5\n  path: ../../a.csv\n`],
    ["with another hash", `outs:\n- md5: ${md5("x")}\n  hash: sha512\n  path: a.csv\n`],
  ])("%s are refused", async (_what, pointer) => {
    const { repository, open, at } = await scene();
    await repository.write("data/a.csv.dvc", pointer);
    await repository.commit("Add a pointer");

    expect(await codeOf(listed(open(), await at(), manifestOf(["data/a.csv.dvc"])))).toBe("source-refused");
  });

  it("of the base commit count, and of the work tree in a dry run", async () => {
    const { repository, remote, open, at } = await scene();
    for (const text of ["a\n1\n", "a\n22\n"]) await putObject(remote, text);
    await repository.write("a.csv.dvc", pointerOf("a.csv", "a\n1\n"));
    await repository.commit("Add data");
    await repository.write("a.csv.dvc", pointerOf("a.csv", "a\n22\n"));

    const sizes = async (workTree: boolean) =>
      (await open().list(await at(), manifestOf(["a.csv.dvc"]), { workTree })).files.map(({ bytes }) => bytes);

    expect([await sizes(false), await sizes(true)]).toEqual([[4], [5]]);
  });

  it("of DVC 2 lie elsewhere, and their md5 may be that of the text", async () => {
    const { repository, remote, open, at } = await scene();
    const text = "a,b\r\n1,2\r\n";
    const name = md5(text.replaceAll("\r\n", "\n"));
    await putObject(remote, text, name, "");
    await repository.write("a.csv.dvc", `outs:\n- md5: ${name}\n  size: ${text.length}\n  path: a.csv\n`);
    await repository.commit("Add data");

    const [file] = await fetchAll(open(), await at(), manifestOf(["a.csv.dvc"]));

    expect(await readFile(file!.localPath, "utf8")).toBe(text);
  });

  it("whose objects are damaged, missing or out of reach end in a name", async () => {
    const { repository, remote, open, at } = await scene();
    const manifest = manifestOf(["a.csv.dvc"]);
    await repository.write("a.csv.dvc", pointerOf("a.csv", "a\n1\n"));
    await repository.commit("Add data");

    await expect(fetchAll(open(), await at(), manifest)).rejects.toMatchObject({
      code: "source-vanished",
      message: expect.stringContaining(`no longer has the object with md5 ${md5("a\n1\n")}`),
      hint: expect.stringContaining("dvc push"),
    });
    await putObject(remote, "a\n2\n", md5("a\n1\n"));
    expect(await codeOf(fetchAll(open(), await at(), manifest))).toBe("source-altered");
    await repository.write(".dvc/config", configOf("gs://bucket/data"));
    await repository.commit("Move the remote");
    await expect(fetchAll(open(), await at(), manifest)).rejects.toMatchObject({
      code: "source-refused",
      message: expect.stringContaining('its remote "storage" is gs:'),
    });
    await repository.write(".dvc/config", "");
    await repository.commit("Remove the remote");
    expect(await codeOf(fetchAll(open(), await at(), manifest))).toBe("source-refused");
  });

  it("may have a remote that only this clone knows", async () => {
    const { repository, remote, open, at } = await scene();
    await putObject(remote, "a\n1\n");
    await repository.write(".dvc/config", configOf("/nowhere"));
    await repository.write(".gitignore", "config.local\n");
    await repository.write("a.csv.dvc", pointerOf("a.csv", "a\n1\n"));
    await repository.commit("Add data");
    await repository.write(".dvc/config.local", `['remote "storage"']\n    url = ${remote}\n    password = planted\n`);

    expect(await codeOf(fetchAll(open(), await at(), manifestOf(["a.csv.dvc"])))).toBe("fine");
  });
});

const tool = await pythonTool(`dvc-${dvcVersion}`, [`dvc==${dvcVersion}`, "dvc-s3==3.3.0"]);
const { store: started, missing } = await startMoto();
const reason = tool.python === null ? tool.missing : missing;
const skipped = tool.python === null || started === null;
const store = started as ObjectStore;
afterAll(() => started?.close());

describe.skipIf(skipped)(`dvc: what dvc ${dvcVersion} itself writes${skipped ? ` (SKIPPED: ${reason})` : ""}`, () => {
  const contents = new Map([
    ["data/raw/a.csv", "a\n1\n"],
    ["data/raw/deep/b.csv", "a\n2\n"],
    ["data/raw/ü b.csv", "a\n3\n"],
  ]);
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  let written: TemporaryRepository;
  let remote: string;

  async function dvc(repository: TemporaryRepository, ...args: string[]): Promise<void> {
    const env = { ...repository.env, ...keys, DVC_NO_ANALYTICS: "1", DVC_SITE_CACHE_DIR: path.join(remote, "site") };
    await execute(tool.python!, ["-m", "dvc", ...args], { cwd: repository.root, env });
  }

  /** A clone as a workflow has one: without DVC's cache and without the data. */
  async function cloneOf(config: string): Promise<TemporaryRepository> {
    const repository = await temporaryRepository();
    await cp(path.join(written.root, "data"), path.join(repository.root, "data"), { recursive: true });
    await rm(path.join(repository.root, "data/raw"), { recursive: true });
    await repository.write(".dvc/config", config);
    await repository.commit("Add data");
    return repository;
  }

  async function contentsFrom(config: string, more: object = {}): Promise<Map<string, string>> {
    const clone = await cloneOf(config);
    const manifest = manifestOf([{ path: "data/raw.dvc", allowPrivate: true, ...more }]);
    const fetched = await fetchAll(opener(clone, keys)(), await locate(clone), manifest);
    return new Map(
      await Promise.all(fetched.map(async (file) => [file.path, await readFile(file.localPath, "utf8")] as const)),
    );
  }

  beforeAll(async () => {
    remote = await createFolder();
    written = await createRepository();
    await dvc(written, "init", "--quiet");
    await dvc(written, "remote", "add", "--default", "storage", path.join(remote, "objects"));
    for (const [file, content] of contents) await written.write(file, content);
    await dvc(written, "add", "--quiet", "data/raw");
    await dvc(written, "push", "--quiet");
  }, 180_000);

  afterAll(async () => {
    await written.dispose();
    await removeFolder(remote);
  });

  it("a folder is read from a folder", async () => {
    expect(await contentsFrom(configOf(path.join(remote, "objects")))).toEqual(contents);
  });

  it("a folder is read from a web server", async () => {
    const names = await listBelow(path.join(remote, "objects"));
    const files = new Map<string, WebFile>();
    for (const name of names)
      files.set(`/store/${name}`, { content: await readFile(path.join(remote, "objects", name)) });
    const server = await webServer(files);

    expect(await contentsFrom(configOf(`${server.origin}/store`))).toEqual(contents);
  });

  it("a folder is read from a bucket that dvc pushed to", async () => {
    await store.createBucket("dvc-store");
    await dvc(written, "remote", "add", "bucket", "s3://dvc-store/of/churn");
    await dvc(written, "remote", "modify", "bucket", "endpointurl", store.origin);
    await dvc(written, "push", "--quiet", "--remote", "bucket");

    const endpoint = `    endpointurl = ${store.origin}\n`;
    expect(await contentsFrom(configOf("s3://dvc-store/of/churn", endpoint))).toEqual(contents);
  });

  it("a folder is read from dvc's own cache, where there is no remote", async () => {
    const manifest = manifestOf(["data/raw.dvc"]);
    await written.commit("Add data");
    const located = await locate(written);
    await written.write(".dvc/config", "");

    const fetched = await fetchAll(opener(written)(), located, manifest);

    expect(fetched.map(({ path: file }) => file)).toEqual([...contents.keys()]);
  });

  it("an unchanged folder is told without a request, once its list was read", async () => {
    const names = await listBelow(path.join(remote, "objects"));
    const files = new Map<string, WebFile>();
    for (const name of names)
      files.set(`/store/${name}`, { content: await readFile(path.join(remote, "objects", name)) });
    const server = await webServer(files);
    const clone = await cloneOf(configOf(`${server.origin}/store`));
    const manifest = manifestOf([{ path: "data/raw.dvc", allowPrivate: true }]);
    await fetchAll(opener(clone)(), await locate(clone), manifest);
    server.requests.length = 0;

    const sources = opener(clone)();
    const listing = await listed(sources, await locate(clone), manifest);
    const digests = await Promise.all(
      listing.files.map(async (file) => sources.knownDigest(await locate(clone), file)),
    );

    expect(digests.filter((digest) => digest === null)).toEqual([]);
    expect(server.requests).toEqual([]);
  });
});
