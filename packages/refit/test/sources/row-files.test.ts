import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { dataManifest } from "@refit/core/spec";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { objectBucket, startWebServer } from "@refit/testkit/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { namingSources } from "../../src/adapters/sources/git/named/index.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";
import type { FetchedFile, Sources } from "../../src/ports/sources.ts";
import type { Repository } from "../../src/ports/repository.ts";
import { bareRepository, hasty } from "./world.ts";

const schema = { fields: [{ name: "photo", type: "file" }] };
const digestOf = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("hex");

/** As one process of refit has them. */
function open(root: string): Sources {
  const git = gitProcess(root, {});
  return namingSources(sourcesAdapter({ git, env: {}, patience: hasty }), git);
}

interface Place {
  readonly repository: Repository;
  readonly manifest: ReturnType<typeof dataManifest.parse>;
}

async function fetched({ repository, manifest }: Place): Promise<FetchedFile> {
  const sources = open(repository.root);
  const { files } = await sources.list(repository, manifest, { workTree: false });
  return sources.fetch(repository, files[0]!);
}

const told = ({ namedFiles }: FetchedFile) =>
  Object.fromEntries(
    [...namedFiles![0]!.files].map(([text, each]) => [
      text,
      "code" in each ? `${each.code}: ${each.words}` : `${each.path} ${each.bytes}`,
    ]),
  );

async function bucket(objects: ReadonlyMap<string, string>) {
  const server = await startWebServer(objectBucket("churn", objects));
  onTestFinished(() => server.close());
  const sources = [{ path: "s3://churn/labels/*.csv", endpoint: server.origin, allowPrivate: true }];
  return { server, repository: await bareRepository(), manifest: dataManifest.parse({ sources, schema }) };
}

describe("files of rows in a bucket", () => {
  const rows = [
    "img/a.png",
    "img/B.png",
    "s3://churn/labels/img/a.png",
    "../x.png",
    "s3://other/x.png",
    "img/gone.png",
  ];
  const objects = () =>
    new Map([
      ["labels/1.csv", `photo\n${rows.join("\n")}\n`],
      ["labels/img/a.png", "first"],
      ["labels/img/b.png", "second"],
      ["x.png", "outside"],
    ]);

  it("lie in the folder of the data file or below it, by their path or address", async () => {
    const place = await bucket(objects());

    const { notices } = await open(place.repository.root).list(place.repository, place.manifest, { workTree: false });

    expect(notices).toEqual([]);
    expect(told(await fetched(place))).toEqual({
      "img/a.png": "s3://churn/labels/img/a.png 5",
      "img/B.png": 'file-missing: does not exist; there is "s3://churn/labels/img/b.png"',
      "s3://churn/labels/img/a.png": "s3://churn/labels/img/a.png 5",
      "../x.png": "file-path: does not lie in the folder of its data file",
      "s3://other/x.png": "file-path: does not lie in the folder of its data file",
      "img/gone.png": "file-missing: does not exist",
    });
  });

  it("are told by a listing as long as they are the same, and make other content when one is replaced", async () => {
    const there = objects();
    const place = await bucket(there);
    const first = await fetched(place);
    place.server.requests.length = 0;

    const { files } = await open(place.repository.root).list(place.repository, place.manifest, { workTree: false });
    const asked = place.server.requests.map((request) => request.path.includes("list-type=2"));
    there.set("labels/img/a.png", "FIRST");
    const second = await fetched(place);

    expect(files[0]!.named?.sha256).toBe(first.sha256);
    expect(asked).toEqual([true, true]);
    expect(second.sha256).not.toBe(first.sha256);
    expect(second.named!.own).toBe(first.named!.own);
  });

  it("come here once, and from here where the bucket has another by now", async () => {
    const there = objects().set("labels/1.csv", "photo\nimg/a.png\nimg/b.png\n");
    const place = await bucket(there);
    const first = await fetched(place);
    there.set("labels/img/a.png", "FIRST");
    const second = await fetched(place);
    const sources = open(place.repository.root);
    const { files } = await sources.list(place.repository, place.manifest, { workTree: false });

    const then = await sources.fetch(place.repository, {
      ...files[0]!,
      names: { ...files[0]!.names!, was: first.sha256 },
    });

    expect([then.sha256 === first.sha256, second.sha256 === first.sha256]).toEqual([true, false]);
    const old = then.namedFiles![0]!.files.get("img/a.png")!;
    expect("bring" in old && (await readFile(await old.bring(), "utf8"))).toBe("first");
  });
});

describe("files of rows on Hugging Face", () => {
  it("lie beside the data file of the commit", async () => {
    const commit = "0123456789abcdef0123456789abcdef01234567";
    const texts = new Map([
      ["run [1]/rows.csv", "photo\nimg/a.png\n"],
      ["run [1]/img/a.png", "first"],
    ]);
    const server = await startWebServer(({ path: asked }) => {
      const { pathname } = new URL(asked, "http://hub");
      const name = decodeURIComponent(pathname.replace(`/datasets/acme/churn/resolve/${commit}/`, ""));
      const entries = [...texts].map(([file, text]) => {
        return { type: "file", path: file, size: text.length, oid: digestOf("sha1", text) };
      });
      const body = Buffer.from(pathname.startsWith("/api/") ? JSON.stringify(entries) : texts.get(name)!);
      return { status: 200, headers: {}, body };
    });
    onTestFinished(() => server.close());
    const entry = `hf://datasets/acme/churn@${commit}/run*/*.csv`;
    const sources = [{ path: entry, endpoint: server.origin, allowPrivate: true }];
    const manifest = dataManifest.parse({ sources, schema });

    const file = await fetched({ repository: await bareRepository(), manifest });

    expect(told(file)).toEqual({ "img/a.png": `hf://datasets/acme/churn@${commit}/run [1]/img/a.png 5` });
    expect(file.named).toMatchObject({ files: 1, bytes: 5 });
  });
});

describe("files of rows behind a pointer of DVC", () => {
  type Put = (text: string, ending?: string) => string;

  it.each<[what: string, pointers: (put: Put, picture: string) => Record<string, string>, source: string]>([
    [
      "in the folder that the data file is in",
      (put, picture) => ({
        "raw.dvc": folderPointer("raw", put, { "labels.csv": "photo\nimg/a.png\n", "img/a.png": picture }),
      }),
      "raw.dvc",
    ],
    [
      "behind another pointer beside it",
      (put, picture) => ({
        "raw/labels.csv.dvc": filePointer("labels.csv", put("photo\nimg/a.png\n")),
        "raw/img.dvc": folderPointer("img", put, { "a.png": picture }),
      }),
      "raw/labels.csv.dvc",
    ],
  ])("are found %s, and those of then by the pointers of then", async (_what, pointersOf, source) => {
    const repository = await temporaryRepository();
    const remote = await temporaryFolder();
    const { root } = repository;
    const commonDir = path.join(root, ".git");
    const manifest = dataManifest.parse({ sources: [{ path: source }], schema });
    /** Commits the pointers to a picture. */
    const at = async (picture: string): Promise<Place> => {
      const stored = new Map<string, string>();
      const put: Put = (text, ending = "") => {
        const md5 = `${digestOf("md5", text)}${ending}`;
        stored.set(md5, text);
        return md5;
      };
      for (const [file, text] of Object.entries(pointersOf(put, picture))) await repository.write(file, text);
      for (const [md5, text] of stored) await putObject(remote, md5, text);
      await repository.commit(picture);
      const baseCommit = await repository.git("rev-parse", "HEAD");
      return { repository: { root, commonDir, baseBranch: "main", baseCommit, remote: null, notices: [] }, manifest };
    };
    await repository.write(".dvc/config", `[core]\n    remote = s\n['remote "s"']\n    url = ${remote}\n`);

    const before = await at("first");
    const first = await fetched(before);
    await rm(path.join(commonDir, "refit"), { recursive: true });
    expect(told(first)).toEqual({ "img/a.png": "raw/img/a.png 5" });
    expect((await fetched(before)).sha256).toBe(first.sha256);

    const now = await at("second one");
    const second = await fetched(now);
    await rm(path.join(commonDir, "refit"), { recursive: true });
    const sources = open(root);
    const { files } = await sources.list(now.repository, manifest, { workTree: false });
    const earlier = await sources.earlier(now.repository, manifest, { ...first, version: first.version! });
    const then = await sources.fetch(now.repository, {
      ...(earlier ?? files[0]!),
      names: { ...files[0]!.names!, was: first.sha256 },
    });
    expect(second.sha256).not.toBe(first.sha256);
    expect(then.sha256).toBe(first.sha256);
  });
});

async function putObject(remote: string, md5: string, text: string): Promise<void> {
  const file = path.join(remote, "files/md5", md5.slice(0, 2), md5.slice(2));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

const filePointer = (name: string, md5: string) => `outs:\n- md5: ${md5}\n  hash: md5\n  path: ${name}\n`;

function folderPointer(
  name: string,
  put: (text: string, ending?: string) => string,
  files: Readonly<Record<string, string>>,
): string {
  const list = Object.entries(files).map(([relpath, text]) => ({ md5: put(text), relpath }));
  return filePointer(name, put(JSON.stringify(list), ".dir"));
}
