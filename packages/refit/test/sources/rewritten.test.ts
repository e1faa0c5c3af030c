import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { dataManifest } from "@refit/core/spec";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import { startWebServer, type WebFile } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { diskScratch } from "../../src/adapters/disk/scratch.ts";
import { duckdbTables } from "../../src/adapters/duckdb/index.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";
import type { EarlierFile } from "../../src/data/earlier-file.ts";
import { loadProfile } from "../../src/data/profile-store.ts";
import { rowsSince } from "../../src/data/rows-since.ts";
import { digestFiles } from "../../src/data/snapshot-files.ts";
import type { RowContext } from "../../src/products/context.ts";
import type { RowNews } from "../../src/products/row-news.ts";
import { worldOf } from "../git/world.ts";
import { hasty, webServer } from "./world.ts";

const { store: started, missing } = await startMoto();
const store = started as ObjectStore;
afterAll(() => started?.close());

const md5 = (content: string) => createHash("md5").update(content).digest("hex");
const env = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

/** A place that data come from, which can be written again. */
interface Place {
  readonly sources: readonly object[];
  /** Writes one file; what has to be committed for it is. */
  put(content: string, round: number): Promise<void>;
  /** Of the second state, where it has other sources. */
  readonly later?: readonly object[];
}

type Repository = Awaited<ReturnType<typeof temporaryRepository>>;

interface Read {
  readonly key?: string;
  readonly time?: string;
}

/** What is told of a file that was written again, on a machine that has nothing of before. */
async function newsOf(
  open: (repository: Repository) => Promise<Place>,
  [then, now]: readonly [string, string],
  { key, time }: Read = {},
): Promise<RowNews> {
  const repository = await temporaryRepository();
  const place = await open(repository);
  const land = async (content: string, round: number, sources: readonly object[]) => {
    await place.put(content, round);
    await repository.commit("Data");
    const world = worldOf(repository);
    const ports = {
      git: world.git,
      files: world.files,
      scratch: diskScratch,
      tables: duckdbTables,
      sources: sourcesAdapter({ git: world.process, env, patience: hasty }),
      out: { progress: () => {}, notice: () => {}, print: () => {} },
    };
    const context = {
      champion: null,
      ledgerCommit: null,
      spec: { data: "d", key, time },
      request: { model: "m", force: null, dryRun: false },
      manifest: dataManifest.parse({ sources }),
      repository: await world.locate(),
    } as unknown as RowContext;
    const { files } = await ports.sources.list(context.repository, context.manifest, { workTree: false });
    return { ports, context, state: await digestFiles(ports, context.repository, files) };
  };

  const before = await land(then, 0, place.sources);
  const { news } = await rowsSince(before.ports, before.context, [before.state, []]);
  const built = before.state.map(({ source, sha256 }, i): EarlierFile => {
    const { path: name, bytes, blob, version } = source;
    return { path: name, sha256, bytes, blob, rows: news.files[i]!.rows, ...(version && { version }) };
  });
  // A champion has a profile of all that it was built from.
  const whole = await loadProfile(before.ports, before.context, before.state[0]!.sha256);
  await rm(path.join(repository.root, ".git/refit"), { recursive: true, force: true });
  const { ports, context, state } = await land(now, 1, place.later ?? place.sources);
  return (await rowsSince(ports, context, [state, built], whole)).news;
}

const told = ({ files, lost, unread }: RowNews) => {
  const sum = (count: "added" | "corrected" | "copied") => files.reduce((all, file) => all + file[count], 0);
  return { added: sum("added"), corrected: sum("corrected"), copied: sum("copied"), lost, unread: unread.length };
};
const none = { added: 0, corrected: 0, copied: 0, lost: 0, unread: 0 };

const row = (id: number, label = id % 3 === 0 ? "yes" : "no") =>
  `${id},${new Date(Date.UTC(2026, 0, 1 + id)).toISOString().slice(0, 10)},${((id * 37) % 101) / 8},${label}`;
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));
const csv = (...parts: (readonly string[])[]) => `${["id,day,x,y", ...parts.flat()].join("\n")}\n`;
const old = rows(0, 60);
const window = [csv(old), csv(rows(30, 90))] as const;

const tracked = async (repository: Repository): Promise<Place> => ({
  sources: [{ path: "data/a.csv" }],
  put: (content) => repository.write("data/a.csv", content),
});

const ignored = async (repository: Repository): Promise<Place> => {
  await repository.write(".gitignore", "/data\n");
  return tracked(repository);
};

/** Git with a filter that keeps the bytes elsewhere, and a pointer in their place, as Git LFS does. */
const filtered = async (repository: Repository): Promise<Place> => {
  const folder = await temporaryFolder();
  const script = path.join(folder, "filter.sh");
  await writeFile(
    script,
    `#!/bin/sh
if [ "$1" = clean ]; then
  cat > "${folder}/part"; oid=$(sha256sum "${folder}/part" | cut -c1-64); mv "${folder}/part" "${folder}/$oid"
  printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize 1\\n' "$oid"
else
  oid=$(sed -n 's/^oid sha256://p'); cat "${folder}/$oid"
fi
`,
  );
  await chmod(script, 0o755);
  for (const word of ["clean", "smudge"])
    await repository.git("config", `filter.lfs.${word}`, `'${script}' ${word} %f`);
  await repository.git("config", "filter.lfs.required", "true");
  await repository.write(".gitattributes", "data/** filter=lfs -text\n");
  return tracked(repository);
};

async function dvcRemote(repository: Repository): Promise<string> {
  const remote = await temporaryFolder();
  await repository.write(".dvc/config", `[core]\n    remote = s\n['remote "s"']\n    url = ${remote}\n`);
  return remote;
}

const pointed = async (repository: Repository): Promise<Place> => {
  const remote = await dvcRemote(repository);
  return {
    sources: [{ path: "data/*.dvc" }],
    async put(content) {
      const file = path.join(remote, "files/md5", md5(content).slice(0, 2), md5(content).slice(2));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      await repository.write(
        "data/a.csv.dvc",
        `outs:\n- md5: ${md5(content)}\n  size: ${content.length}\n  hash: md5\n  path: a.csv\n`,
      );
    },
  };
};

/** A folder of DVC, whose list names its files. */
const pointedFolder = async (repository: Repository): Promise<Place> => {
  const remote = await dvcRemote(repository);
  const keep = async (name: string, content: string) => {
    const file = path.join(remote, "files/md5", name.slice(0, 2), name.slice(2));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  return {
    sources: [{ path: "in.dvc" }],
    async put(content, round) {
      const list = JSON.stringify([{ md5: md5(content), relpath: `part-${round}.csv` }]);
      await keep(md5(content), content);
      await keep(`${md5(list)}.dir`, list);
      await repository.write("in.dvc", `outs:\n- md5: ${md5(list)}.dir\n  nfiles: 1\n  hash: md5\n  path: in\n`);
    },
  };
};

const bucketOf = (isVersioned: boolean) => async (): Promise<Place> => {
  const bucket = `b-${randomUUID().slice(0, 8)}`;
  await store.createBucket(bucket, { isVersioned });
  return {
    sources: [{ path: `s3://${bucket}/*.csv`, endpoint: store.origin, allowPrivate: true }],
    put: async (content) => void (await store.put(bucket, "a.csv", content)),
  };
};

const web = async (): Promise<Place> => {
  const files = new Map<string, WebFile>();
  const server = await webServer(files);
  return {
    sources: [{ path: `${server.origin}/a.csv`, allowPrivate: true }],
    put: async (content) => void files.set("/a.csv", { content }),
  };
};

/** A dataset on a hub, whose commits stay. */
const hub = async (): Promise<Place> => {
  const commits = ["0", "1"].map((digit) => digit.repeat(40));
  const contents: string[] = [];
  const server = await startWebServer(({ path: asked }) => {
    const round = commits.findIndex((commit) => asked.includes(commit));
    const content = contents[round]!;
    const oid = createHash("sha256").update(content).digest("hex");
    const tree = [{ type: "file", path: "a.csv", size: content.length, oid: oid.slice(0, 40), lfs: { oid } }];
    const body = Buffer.from(asked.includes("/tree/") ? JSON.stringify(tree) : content);
    return { status: 200, headers: {}, body };
  });
  onTestFinished(() => server.close());
  const at = (commit: string) => [
    { path: `hf://datasets/a/b@${commit}/*.csv`, endpoint: server.origin, allowPrivate: true },
  ];
  return {
    sources: at(commits[0]!),
    later: at(commits[1]!),
    put: async (content, round) => void (contents[round] = content),
  };
};

type Opened = (repository: Repository) => Promise<Place>;
const keeping: [name: string, open: Opened][] = [
  ["git", tracked],
  ["git with a filter, as of LFS", filtered],
  ["a pointer of DVC", pointed],
  ["a folder of DVC", pointedFolder],
  ["Hugging Face at another commit", hub],
  ...(started === null ? [] : [["a bucket with versions", bucketOf(true)] as [string, Opened]]),
];
if (started === null) process.stderr.write(`SKIPPED: rewritten objects of S3 were not tested: ${missing}\n`);

describe.each(keeping)("a file that was written again, from %s, with nothing kept on this machine", (_name, open) => {
  it.each<[why: string, states: readonly [string, string], read: Read, found: object]>([
    ["in another order", [csv(old), csv(old.toReversed())], {}, none],
    ["as a window that moved", window, {}, { ...none, added: 30, lost: 30 }],
    [
      "with other values in the middle",
      [csv(old), csv(old.with(20, row(20, "maybe")))],
      {},
      { ...none, added: 1, lost: 1 },
    ],
    [
      "with corrections by key",
      [csv(old), csv(old.with(20, row(20, "maybe")), rows(60, 65))],
      { key: "id" },
      { ...none, added: 5, corrected: 1 },
    ],
  ])("%s", async (_why, states, read, found) => {
    expect(told(await newsOf(open, states, read))).toEqual(found);
  });

  it("shows what a row was", async () => {
    const { changes } = await newsOf(open, [csv(old), csv(old.with(20, row(20, "maybe")))], { key: "id" });

    expect(changes).toMatchObject({
      columns: [{ column: "y", rows: 1 }],
      examples: [{ kind: "corrected", row: 21, values: [{ column: "y", was: "no", is: "maybe" }] }],
    });
  });
});

const losing: [name: string, open: Opened, why: string][] = [
  ["a file that git ignores", ignored, "untracked"],
  ["a web server", web, "gone-from-place"],
  ...(started === null
    ? []
    : [["a bucket without versions", bucketOf(false), "gone-from-place"] as [string, Opened, string]]),
];

describe.each(losing)(
  "a file that was written again, from %s, with nothing kept on this machine",
  (_name, open, why) => {
    const untold = { ...none, unread: 1 };

    it.each<[what: string, states: readonly [string, string], read: Read, found: object, assumed: string]>([
      ["has as many new rows as it has more", [csv(old), csv(rows(30, 100))], {}, { ...untold, added: 10 }, "more"],
      ["and none where it has no more", [csv(old), csv(old.toReversed())], {}, untold, "more"],
      ["and lost those that it has fewer", [csv(old), csv(rows(10, 30))], {}, { ...untold, lost: 40 }, "more"],
      [
        "and where rows have a time, those that are later than all earlier rows",
        window,
        { time: "day" },
        { ...untold, added: 30, lost: 30 },
        "later",
      ],
    ])("%s", async (_what, states, read, found, assumed) => {
      const news = await newsOf(open, states, read);

      expect(told(news)).toEqual(found);
      expect(news.files.map((file) => file.assumed)).toEqual([assumed]);
      expect(news.unread).toMatchObject([{ rows: 60, why }]);
    });

    it("has the rows after the bytes that it begins with", async () => {
      expect(told(await newsOf(open, [csv(old), csv(old, rows(60, 67))]))).toEqual({ ...none, added: 7 });
    });
  },
);
