import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import type { ObjectStore } from "@refit/testkit/python";
import { forwardTo, startWebServer, type WebFile, webFiles } from "@refit/testkit/web";
import { onTestFinished } from "vitest";
import { churnManifest } from "./churn.ts";
import { churnScene, month, type Scene } from "./scene.ts";
import { folder } from "./verify.ts";

/** The files that a version is made of, by name. */
export async function versionFiles(scene: Scene, ref: string): Promise<Map<string, string>> {
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

export interface StoredLineage {
  readonly inputDigest: string;
  readonly data: { readonly files: readonly StoredFile[] };
}

/** Everything of a lineage but where its data files lie. */
export function withoutPlaces(text: string): unknown {
  const { data, ...rest } = JSON.parse(text) as StoredLineage;
  const files = data.files.map(({ sha256 }) => sha256);
  return { ...rest, files: files.sort() };
}

export const md5 = (content: string) => createHash("md5").update(content).digest("hex");

/** January on a web server, February in a bucket, March in a folder of DVC, April in git. */
export const monthOf = (number: number) => Object.entries(month(number))[0]!;
export const [january, february, march, april] = [monthOf(1), monthOf(2), monthOf(3), monthOf(4)] as const;
export const months = [january, february, march, april];

export const keys = {
  AWS_ACCESS_KEY_ID: "planted-key-id",
  AWS_SECRET_ACCESS_KEY: "planted-secret",
  DATA_TOKEN: "planted-token",
};

/** A scene whose data lie in four kinds of places, and the servers that give them out. */
export async function mixedScene(store: ObjectStore) {
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
  const remote = await temporaryFolder();
  const list = JSON.stringify([{ md5: md5(march[1]), relpath: path.basename(march[0]) }]);
  for (const [name, content] of [
    [md5(march[1]), march[1]],
    [`${md5(list)}.dir`, list],
  ] as const) {
    await mkdir(path.join(remote, "files/md5", name.slice(0, 2)), { recursive: true });
    await writeFile(path.join(remote, "files/md5", name.slice(0, 2), name.slice(2)), content);
  }
  await scene.git("rm", "-r", "--quiet", "data/churn");
  await scene.land({
    [april[0]]: april[1],
    "pointed.dvc": `outs:\n- md5: ${md5(list)}.dir\n  nfiles: 1\n  hash: md5\n  path: pointed\n`,
    ".dvc/config": `[core]\n    remote = storage\n['remote "storage"']\n    url = ${remote}\n`,
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

/** Everything that git and refit keep of a repository, unpacked, and what its remote has. */
export async function keptTexts(scene: Scene): Promise<string[]> {
  const objects = await scene.git("cat-file", "--batch-all-objects", "--batch");
  const kept = await readdir(scene.root, { recursive: true, withFileTypes: true });
  const files = kept.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return [objects, ...(await Promise.all(files.map((file) => readFile(file, "latin1"))))];
}
