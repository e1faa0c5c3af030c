import { spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import { forwardTo, startWebServer, type WebFile, webFiles } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { churnManifest } from "./support/churn.ts";
import { churnScene, month, type Scene } from "./support/scene.ts";

/** The files that a version is made of, by name. */
async function versionFiles(scene: Scene, ref: string): Promise<Map<string, string>> {
  const folder = "models/churn/champion";
  const names = (await scene.git("ls-tree", "-r", "--name-only", ref, "--", folder)).split("\n").filter(Boolean);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name.replace(`${folder}/`, ""), await scene.git("show", `${ref}:${name}`)] as const),
    ),
  );
}

interface StoredFile {
  readonly path: string;
  readonly sha256: string;
  readonly version?: object;
}

interface StoredLineage {
  readonly inputDigest: string;
  readonly data: { readonly files: readonly StoredFile[] };
}

/** Everything of a lineage but where its data files lie. */
function withoutPlaces(text: string): unknown {
  const { data, ...rest } = JSON.parse(text) as StoredLineage;
  const files = data.files.map(({ sha256 }) => sha256);
  return { ...rest, files: files.sort() };
}

const md5 = (content: string) => createHash("md5").update(content).digest("hex");

/** January on a web server, February in a bucket, March in a folder of DVC, April in git. */
const monthOf = (number: number) => Object.entries(month(number))[0]!;
const [january, february, march, april] = [monthOf(1), monthOf(2), monthOf(3), monthOf(4)] as const;
const months = [january, february, march, april];

const { store: started, missing } = await startMoto();
const store = started as ObjectStore;
afterAll(() => started?.close());
const keys = {
  AWS_ACCESS_KEY_ID: "planted-key-id",
  AWS_SECRET_ACCESS_KEY: "planted-secret",
  DATA_TOKEN: "planted-token",
};

/** A scene whose data lie in four kinds of places, and the servers that give them out. */
async function mixedScene() {
  const bucket = `mixed-${randomUUID().slice(0, 8)}`;
  await store.createBucket(bucket, { isVersioned: true });
  await store.put(bucket, february[0], february[1]);
  const files = new Map<string, WebFile>([[`/${january[0]}`, { content: january[1], token: keys.DATA_TOKEN }]]);
  const web = await startWebServer(webFiles(files));
  const objects = await startWebServer(forwardTo(store.origin));
  onTestFinished(() => web.close());
  onTestFinished(() => objects.close());

  const scene = await churnScene();
  Object.assign(scene.repository.env, keys);
  const folder = await temporaryFolder();
  const list = JSON.stringify([{ md5: md5(march[1]), relpath: path.basename(march[0]) }]);
  for (const [name, content] of [
    [md5(march[1]), march[1]],
    [`${md5(list)}.dir`, list],
  ] as const) {
    await mkdir(path.join(folder, "files/md5", name.slice(0, 2)), { recursive: true });
    await writeFile(path.join(folder, "files/md5", name.slice(0, 2), name.slice(2)), content);
  }
  await scene.git("rm", "-r", "--quiet", "data/churn");
  await scene.land({
    [april[0]]: april[1],
    "pointed.dvc": `outs:\n- md5: ${md5(list)}.dir\n  nfiles: 1\n  hash: md5\n  path: pointed\n`,
    ".dvc/config": `[core]\n    remote = storage\n['remote "storage"']\n    url = ${folder}\n`,
    "data-manifests/churn.yaml": {
      ...churnManifest,
      sources: [
        { path: "data/churn/*.csv" },
        { path: `${web.origin}/${january[0]}`, token: "DATA_TOKEN", allowPrivate: true },
        { path: `s3://${bucket}/data/churn/*.csv`, endpoint: objects.origin, allowPrivate: true },
        { path: "pointed.dvc" },
      ],
    },
  });
  return { scene, bucket, files, web, objects };
}

/** As the same files in git make it. */
async function committedVersion(): Promise<Map<string, string>> {
  const scene = await churnScene();
  await scene.land(Object.fromEntries(months));
  expect(await scene.run()).toMatchObject({ decision: "proposed" });
  return versionFiles(scene, "refit--churn");
}

/** Everything that git and refit keep of a repository, unpacked, and what its remote has. */
async function keptTexts(scene: Scene): Promise<string[]> {
  const objects = await scene.git("cat-file", "--batch-all-objects", "--batch");
  const kept = await readdir(scene.root, { recursive: true, withFileTypes: true });
  const files = kept.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return [objects, ...(await Promise.all(files.map((file) => readFile(file, "latin1"))))];
}

describe.skipIf(started === null)(
  `a dataset in four kinds of places${started === null ? ` (SKIPPED: ${missing})` : ""}`,
  () => {
    it("makes the same version as the same files in git, and says nothing secret", async () => {
      const { scene } = await mixedScene();

      const outcome = await scene.run();

      expect(outcome).toMatchObject({ decision: "proposed" });
      const made = await versionFiles(scene, "refit--churn");
      const committed = await committedVersion();
      const [here, there] = [made, committed].map(
        (each) => new Map([...each].filter(([name]) => name !== "lineage.json")),
      );
      expect(here!.size).toBeGreaterThan(5);
      expect(here).toEqual(there);
      expect(withoutPlaces(made.get("lineage.json")!)).toEqual(withoutPlaces(committed.get("lineage.json")!));
      const stored = (JSON.parse(made.get("lineage.json")!) as StoredLineage).data.files;
      const versions = Object.fromEntries(stored.map((file) => [path.basename(file.path), file.version]));
      expect(versions).toEqual({
        "2026-01.csv": { etag: `"${md5(january[1])}"` },
        "2026-02.csv": { etag: `"${md5(february[1])}"`, versionId: expect.stringMatching(/^[\w-]{8,}$/) },
        "2026-03.csv": { md5: md5(march[1]) },
        "2026-04.csv": undefined,
      });
      expect([...(await keptTexts(scene)), JSON.stringify(outcome)].filter((text) => text.includes("planted"))).toEqual(
        [],
      );
    });

    it("is told unchanged by listings, on this machine and on one that never saw the data", async () => {
      const { scene, web, objects } = await mixedScene();
      await scene.run();
      await scene.merge();
      for (const cache of [true, false]) {
        if (!cache) await rm(path.join(scene.root, ".git/refit"), { recursive: true });
        web.requests.length = 0;
        objects.requests.length = 0;

        expect(await scene.run()).toMatchObject({ decision: "skipped" });

        expect(web.requests.map(({ method }) => method)).toEqual(["HEAD"]);
        expect(objects.requests.map(({ path: asked }) => asked.includes("list-type=2"))).toEqual([true]);
      }
    });

    it("that cannot be had ends the run by its name, and status goes on without it", async () => {
      const { scene, web } = await mixedScene();
      await scene.run();
      await scene.merge();
      web.fault = () => ({ kind: "status", status: 401 });

      await expect(scene.run()).rejects.toMatchObject({ code: "source-refused" });
      expect((await scene.refit("status")).exitCode).toBe(0);

      web.fault = () => null;
      expect(await scene.run()).toMatchObject({ decision: "skipped" });
    });
  },
);

/** A name space of its own for mounts is needed for a disk that is full. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;

describe.skipIf(!canMount)(`a disk that is full${canMount ? "" : " (SKIPPED: this machine lets nobody mount)"}`, () => {
  it("ends a download by its name, and the next run is as if nothing had happened", async () => {
    const content = `${january[1]}${"\n".repeat(2_000_000)}`;
    const web = await startWebServer(webFiles(new Map([["/2026-01.csv", { content }]])));
    onTestFinished(() => web.close());
    const scene = await churnScene({ remote: false });
    const sources = [{ path: `${web.origin}/2026-01.csv`, allowPrivate: true }];
    await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sources } });
    const cache = path.join(scene.root, ".git/refit/cache/content");
    await mkdir(cache, { recursive: true });
    const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
    const script = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"';
    const words = ["--mount", "--map-root-user", "sh", "-c", script, cache, process.execPath, bin, "run", "churn"];

    // Not in this process, which is the server.
    const child = spawn("unshare", words, { cwd: scene.root, env: scene.repository.env });
    let said = "";
    child.stderr.on("data", (text: Buffer) => void (said += text.toString()));
    const code = await new Promise((resolve) => void child.once("exit", resolve));

    expect([code, said]).toEqual([2, expect.stringMatching(/^error: Cannot write .*: the disk is full\./m)]);
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
  });
});
