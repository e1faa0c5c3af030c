import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { type PostgresServer, startPostgres } from "@refit/testkit/postgres";
import { startWebServer, webFiles } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { BacktestResult } from "@refit/core/backtest";
import type { Reproduction } from "../../src/runs/reproduce/reproduction.ts";
import { churnCsv, churnManifest } from "./support/churn.ts";
import { churnScene, month, type Scene } from "./support/scene.ts";
import { folder, verify } from "./support/verify.ts";

const { server: started, missing } = await startPostgres();
const server = started as PostgresServer;
afterAll(() => started?.close());

/** @param from the first of 30 days */
function inserted(from: string, seed: number, rows = 300): string {
  const lines = churnCsv({ rows, from, seed }).trim().split("\n").slice(1);
  const values = lines.map(
    (line) =>
      `(${line
        .split(",")
        .map((word) => (word === "" ? "NULL" : `'${word}'`))
        .join(", ")})`,
  );
  return `INSERT INTO stays VALUES ${values.join(", ")};`;
}

const source = {
  path: "postgres:stays",
  query: `SELECT customer, day, plan, hours, complaints, "left" FROM stays`,
  connection: "STAYS",
  cursor: "day",
};

/** Thirty days with twenty rows each in a table, and the time at which the last of them may be read. */
async function databaseScene(more: readonly object[] = []): Promise<Scene> {
  await server.sql(`
    DROP TABLE IF EXISTS stays;
    CREATE TABLE stays (customer text, day date, plan text, hours numeric(5, 1), complaints int, "left" boolean);
    ${inserted("2026-01-01", 1, 600)}`);
  const scene = await churnScene({ remote: false });
  Object.assign(scene.repository.env, { STAYS: server.address });
  scene.at("2026-02-01T03:00:00Z");
  await scene.git("rm", "-r", "--quiet", "data/churn");
  await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sources: [source, ...more] } });
  return scene;
}

async function live(): Promise<Scene> {
  const scene = await databaseScene();
  expect(await scene.run()).toMatchObject({ decision: "proposed" });
  await scene.merge();
  return scene;
}

/** A name space of its own for mounts is needed for a disk that is full. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;

const cacheOf = (scene: Scene) => path.join(scene.root, ".git/refit/cache/content");
const forget = (scene: Scene) => rm(path.join(scene.root, ".git/refit"), { recursive: true, force: true });
const reproduced = async (scene: Scene) =>
  JSON.parse((await scene.refit("reproduce", ["churn"], { json: true })).stdout) as Reproduction;

interface Stored {
  readonly inputDigest: string;
  readonly data: {
    readonly files: readonly { readonly path: string; readonly sha256: string; readonly rows: number }[];
  };
}
const lineageAt = async (scene: Scene, ref: string) =>
  JSON.parse(await scene.git("show", `${ref}:${folder}/lineage.json`)) as Stored;

async function versionFiles(scene: Scene): Promise<Map<string, string>> {
  const names = (await scene.git("ls-tree", "-r", "--name-only", "refit--churn", "--", folder)).trim().split("\n");
  const read = names.map(async (name) => [name, await scene.git("show", `refit--churn:${name}`)] as const);
  return new Map((await Promise.all(read)).filter(([name]) => !name.endsWith("lineage.json")));
}

describe.skipIf(started === null)(`a dataset in a database${started === null ? ` (SKIPPED: ${missing})` : ""}`, () => {
  it("beside a web server and git makes the same version as the same files in git, and says nothing secret", async () => {
    const [march, april] = [month(3), month(4)].map((each) => Object.entries(each)[0]!);
    const web = await startWebServer(webFiles(new Map([[`/${march![0]}`, { content: march![1] }]])));
    onTestFinished(() => web.close());
    const scene = await databaseScene([
      { path: `${web.origin}/${march![0]}`, allowPrivate: true },
      { path: "data/churn/*.csv" },
    ]);
    await scene.land({ [april![0]]: april![1] });
    scene.at("2026-05-05T03:00:00Z");

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "proposed" });
    const lineage = await lineageAt(scene, "refit--churn");
    expect(lineage.data.files.filter((file) => file.path.startsWith("postgres:"))).toHaveLength(30);
    const committed = await churnScene({ remote: false });
    committed.at(scene.now());
    await committed.git("rm", "-r", "--quiet", "data/churn");
    const files = lineage.data.files.filter((file) => file.path.endsWith(".parquet"));
    const contents = files.map(async ({ path: name, sha256 }) => {
      const content = await readFile(path.join(cacheOf(scene), sha256));
      return [`data/c/${path.basename(name)}`, content] as const;
    });
    await committed.land({
      ...Object.fromEntries(await Promise.all(contents)),
      "data/b/2026-03.csv": march![1],
      "data/a/2026-04.csv": april![1],
      "data-manifests/churn.yaml": { ...churnManifest, sources: [{ path: "data/*/*" }] },
    });
    expect(await committed.run()).toMatchObject({ decision: "proposed" });
    expect((await lineageAt(committed, "refit--churn")).inputDigest).toBe(lineage.inputDigest);
    expect(await versionFiles(scene)).toEqual(await versionFiles(committed));

    const kept = await readdir(scene.root, { recursive: true, withFileTypes: true });
    const texts = kept
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(path.join(entry.parentPath, entry.name), "latin1"));
    const objects = await scene.git("cat-file", "--batch-all-objects", "--batch");
    const all = [objects, JSON.stringify(outcome), ...(await Promise.all(texts))];
    expect(all.filter((text) => text.includes("planted"))).toEqual([]);
  });

  it("is told unchanged by counts, on this machine and on one that never saw the data", async () => {
    const scene = await live();
    for (const cache of [true, false]) {
      if (!cache) await forget(scene);

      expect(await scene.run()).toMatchObject({ decision: "skipped" });

      const files = await readdir(cacheOf(scene)).catch(() => []);
      expect(files.length).toBe(cache ? 30 : 0);
    }
  });

  it("grows by the days that are over, with late rows once, and names a past that changed", async () => {
    const scene = await live();
    await server.sql(inserted("2026-01-31", 2));
    await server.sql("INSERT INTO stays VALUES ('late', '2026-02-01', 'pro', 1, 1, true)");
    scene.at("2026-02-03T23:00:00Z");
    expect(await scene.run()).toMatchObject({ decision: "skipped" });
    // Of the new days, two are over and have waited for late rows.
    expect(await readdir(cacheOf(scene))).toHaveLength(32);

    await server.sql(
      "UPDATE stays SET complaints = 4 WHERE customer = 'c1-7'; DELETE FROM stays WHERE customer = 'c1-50'",
    );
    scene.at("2026-03-05T03:00:00Z");
    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "proposed" });
    expect(JSON.stringify(outcome)).toContain(
      "in intervals that were over: 2026-01-01 (as many rows, with other values), 2026-01-03 (20 rows then, 19 now).",
    );
    const { data } = await lineageAt(scene, "refit--churn");
    expect(data.files).toHaveLength(60);
    expect(data.files.reduce((sum, { rows }) => sum + rows, 0)).toBe(900);
  });

  it("is checked and made again, on a machine without the files too, as long as its rows are those of then", async () => {
    const scene = await databaseScene();
    await scene.run();
    await scene.git("switch", "--quiet", "refit--churn");
    await forget(scene);
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    await server.sql(inserted("2026-01-31", 2));
    scene.at("2026-05-05T03:00:00Z");
    await forget(scene);
    expect(await reproduced(scene)).toMatchObject({ result: "same", because: [] });

    await server.sql("DELETE FROM stays WHERE customer = 'c1-50'");
    expect(await reproduced(scene)).toMatchObject({ result: "same", because: [] });

    await forget(scene);
    const told = await reproduced(scene);
    expect(told).toMatchObject({ result: "impossible", because: [{ kind: "data-missing" }] });
    expect(told.because[0]!.message).toContain(
      '"postgres:stays/2026-01-03.parquet" no longer has the 20 rows that it had (19 rows now).',
    );
  });

  it("is made again without its server from the files of this machine, and named with each file that is not here", async () => {
    const scene = await live();
    await server.stop();
    try {
      expect(await reproduced(scene)).toMatchObject({ result: "same", because: [] });

      const [, second, third] = (await lineageAt(scene, "main")).data.files;
      await rm(path.join(cacheOf(scene), second!.sha256));
      await writeFile(path.join(cacheOf(scene), third!.sha256), "damaged");
      const told = await reproduced(scene);

      expect(told).toMatchObject({ result: "impossible" });
      expect(told.because.map(({ kind, path: file }) => [kind, file])).toEqual([
        ["data-missing", second!.path],
        ["data-missing", third!.path],
      ]);
      expect(told.because[0]!.message).toContain("nothing answers at its address, 4 times in a row");
    } finally {
      await server.start();
    }
    expect(await reproduced(scene)).toMatchObject({ result: "same", because: [] });
  });

  it("keeps the files of a live version when the cache is pruned", async () => {
    const scene = await live();
    for (const name of await readdir(cacheOf(scene))) await utimes(path.join(cacheOf(scene), name), 0, 0);

    const { stdout } = await scene.refit("cache", ["prune"], { json: true });

    expect(JSON.parse(stdout)).toMatchObject({ removed: 0, kept: 30 });
  });

  it("that does not answer ends the run by its name, and status goes on without it", async () => {
    const scene = await live();
    await server.stop();
    try {
      await expect(scene.run()).rejects.toMatchObject({ code: "source-unreachable" });
      expect((await scene.refit("status")).exitCode).toBe(0);
    } finally {
      await server.start();
    }
    expect(await scene.run()).toMatchObject({ decision: "skipped" });
  });

  it("is replayed night by night, with the days that had come", async () => {
    const scene = await live();

    const { exitCode, stdout } = await scene.refit("backtest", ["churn"], {
      from: "2026-01-15",
      every: "7",
      json: true,
    });

    const { nights } = JSON.parse(stdout) as BacktestResult;
    expect([exitCode, nights.map(({ lines }) => lines["today"]!.decision)]).toEqual([
      0,
      ["proposed", "skipped", "proposed"],
    ]);
  });

  it.skipIf(!canMount)(
    "whose rows do not fit on the disk is named, and the next run is as if nothing had happened",
    async () => {
      const scene = await databaseScene();
      await mkdir(cacheOf(scene), { recursive: true });
      const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
      const script = 'mount -t tmpfs -o size=16k tmpfs "$0" && exec "$@"';
      const words = ["--mount", "--map-root-user", "sh", "-c", script, cacheOf(scene), process.execPath, bin, "run"];

      const ended = spawnSync("unshare", [...words, "churn", "--now", scene.now()], {
        cwd: scene.root,
        env: scene.repository.env,
        encoding: "utf8",
      });

      expect([ended.status, ended.stderr]).toEqual([
        2,
        expect.stringMatching(/^error: Cannot write .*: the disk is full\./m),
      ]);
      expect(ended.stderr).not.toContain("planted");
      expect(await scene.git("branch", "--list", "refit--churn")).toBe("");
      expect(await scene.run()).toMatchObject({ decision: "proposed" });
      expect(await readdir(cacheOf(scene))).toHaveLength(30);
    },
  );
});
