import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import { startWebServer, type WebFile, webFiles } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { PrunedContent } from "../../src/ports/content-cache.ts";
import type { Reproduction } from "../../src/runs/reproduce/reproduction.ts";
import { churnManifest } from "./support/churn.ts";
import { churnScene, month } from "./support/scene.ts";
import { folder, verify } from "./support/verify.ts";
import {
  april,
  february,
  january,
  keptTexts,
  keys,
  march,
  md5,
  mixedScene,
  months,
  type StoredLineage,
  versionFiles,
  withoutPlaces,
} from "./support/mixed-places.ts";

const { store: started, missing } = await startMoto();
const store = started as ObjectStore;
afterAll(() => started?.close());
/** As the same files in git make it. */
async function committedVersion(): Promise<Map<string, string>> {
  const scene = await churnScene();
  await scene.land(Object.fromEntries(months));
  expect(await scene.run()).toMatchObject({ decision: "proposed" });
  return versionFiles(scene, "refit--churn");
}

describe.skipIf(started === null)(
  `a dataset in four kinds of places${started === null ? ` (SKIPPED: ${missing})` : ""}`,
  () => {
    it("makes the same version as the same files in git, and says nothing secret", async () => {
      const { scene } = await mixedScene(store);

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
      const { scene, web, objects } = await mixedScene(store);
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
      const { scene, web } = await mixedScene(store);
      await scene.run();
      await scene.merge();
      web.fault = () => ({ kind: "status", status: 401 });

      await expect(scene.run()).rejects.toMatchObject({ code: "source-refused" });
      expect((await scene.refit("status")).exitCode).toBe(0);
      const { stdout } = await scene.refit("doctor");
      expect(stdout).toMatch(
        /^error: .*2026-01\.csv" cannot be read: the server answered 401\.\n {2}Check that the token in DATA_TOKEN/m,
      );

      web.fault = () => null;
      expect(await scene.run()).toMatchObject({ decision: "skipped" });
    });
  },
);

describe.skipIf(started === null)(
  `a bucket that has moved on${started === null ? ` (SKIPPED: ${missing})` : ""}`,
  () => {
    const later = month(5);

    /** A proposal that is checked out, as the check of a pull request has it, on a machine that never saw the data. */
    async function proposed() {
      const mixed = await mixedScene(store);
      await mixed.scene.run();
      await mixed.scene.git("switch", "--quiet", "refit--churn");
      const forget = () => rm(path.join(mixed.scene.root, ".git/refit"), { recursive: true, force: true });
      await forget();
      return { ...mixed, forget };
    }

    it("is read as it was: verify takes the versions of the proposal, and leaves out what came later", async () => {
      const { scene, bucket, forget } = await proposed();
      expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });

      await store.put(bucket, february[0], february[1].toUpperCase());
      await store.put(bucket, ...Object.entries(later)[0]!);
      await forget();

      expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    });

    it("has to be read whole: a proposal cannot leave out what lay there when its base commit was made", async () => {
      const mixed = await mixedScene(store);
      const hidden = await mixed.scene.git("show", "main:data-manifests/churn.yaml");
      await mixed.scene.run();
      // The same commit date as a base commit that is younger than all objects.
      mixed.scene.at("2037-01-01T00:00:00Z");
      await mixed.scene.land({ "data-manifests/churn.yaml": hidden, "docs/note.md": "A later commit." });
      await store.put(mixed.bucket, ...Object.entries(later)[0]!);
      await mixed.scene.git("switch", "--quiet", "refit--churn");
      await mixed.scene.git("rebase", "--quiet", "main");

      expect(await verify(mixed.scene)).toMatchObject({ result: "failed" });
    });

    it("without that version any more is named, by verify and by reproduce, and nothing newer is read", async () => {
      const { scene, bucket, forget } = await proposed();
      const lineage = JSON.parse(await scene.git("show", `HEAD:${folder}/lineage.json`)) as StoredLineage;
      const { versionId } = lineage.data.files.find((file) => file.path.startsWith("s3:"))!.version as {
        versionId: string;
      };
      await store.put(bucket, february[0], february[1].toUpperCase());
      await store.remove(bucket, february[0], versionId);

      const { result, problems } = await verify(scene);
      expect(result).toBe("failed");
      expect(problems[0]).toMatch(new RegExp(`^source-vanished: .*${february[0]}" no longer has version ${versionId}`));

      await scene.git("switch", "--quiet", "main");
      await scene.merge();
      await forget();
      const told = JSON.parse((await scene.refit("reproduce", ["churn"], { json: true })).stdout) as Reproduction;
      expect(told).toMatchObject({ result: "impossible", because: [{ kind: "data-missing" }] });
      expect(told.because[0]!.message).toContain(`no longer has version ${versionId}`);
    });

    it("is read as it was by reproduce", async () => {
      const { scene, bucket, forget } = await proposed();
      await scene.git("switch", "--quiet", "main");
      await scene.merge();
      await store.put(bucket, february[0], february[1].toUpperCase());
      await forget();

      const told = JSON.parse((await scene.refit("reproduce", ["churn"], { json: true })).stdout) as Reproduction;
      expect(told).toMatchObject({ result: "same", because: [], differences: [] });
    });

    it("on a web server, which keeps no versions, is named", async () => {
      const { scene, files } = await proposed();
      files.set(`/${january[0]}`, { content: january[1].toUpperCase(), token: keys.DATA_TOKEN });

      const { result, problems } = await verify(scene);

      expect(result).toBe("failed");
      expect(problems[0]).toContain(`no longer has the version with etag "${md5(january[1])}"`);
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

describe("refit cache prune", () => {
  it("keeps what a live version and an open proposal need, and what was used lately", async () => {
    const files = new Map<string, WebFile>();
    const web = await startWebServer(webFiles(files));
    onTestFinished(() => web.close());
    const scene = await churnScene({ remote: false });
    const sources = [january, february, march].map(([name, content]) => {
      files.set(`/${name}`, { content });
      return { path: `${web.origin}/${name}`, allowPrivate: true };
    });
    const readFrom = (count: number) =>
      scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sources: sources.slice(0, count) } });
    const cache = path.join(scene.root, ".git/refit/cache/content");
    const ageAll = async () => {
      for (const name of await readdir(cache)) await utimes(path.join(cache, name), 0, 0);
    };
    const prune = async (...flags: object[]) =>
      JSON.parse((await scene.refit("cache", ["prune"], Object.assign({ json: true }, ...flags))).stdout) as object;
    await readFrom(2);
    await scene.run();
    await scene.merge();
    await writeFile(path.join(cache, "0".repeat(64)), "nobody's");
    await writeFile(path.join(cache, `${"1".repeat(64)}.box.1.0123456789ab.part`), "half");

    expect(await prune()).toMatchObject({ removed: 0, kept: 4 });
    await ageAll();
    expect(await prune({ "dry-run": true })).toMatchObject({ removed: 2, kept: 2 });
    expect(await prune()).toMatchObject({ removed: 2, removedBytes: 12, kept: 2 });
    expect(await scene.run()).toMatchObject({ decision: "skipped" });

    await readFrom(3);
    scene.at("2026-06-20T00:00:00Z");
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
    await ageAll();
    expect(await prune()).toMatchObject({ removed: 0, kept: 3 });
  });

  it("removes what was found out of files long ago, and never what a live version or an open proposal needs", async () => {
    const scene = await churnScene();
    await scene.run();
    await scene.merge();
    await scene.git("rm", "--quiet", "data/churn/2026-01.csv");
    await scene.land(Object.fromEntries([march, april]));
    scene.at("2026-06-20T00:00:00Z");
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
    // As a workflow's clone has it.
    await scene.git("branch", "--quiet", "--delete", "--force", "refit--churn");
    const cache = path.join(scene.root, ".git/refit/cache");
    const filesOf = async (name: string) =>
      (await readdir(path.join(cache, name)).catch((): string[] => [])).map((each) => `${name}/${each}`);
    const needed = [...(await filesOf("profiles")), ...(await filesOf("rows"))];
    const others = [...(await filesOf("news")), ...(await filesOf("answers"))];
    expect([needed.length > 4, others.length > 0]).toEqual([true, true]);
    const replay = path.join(scene.root, ".git/refit/backtest/churn/0123/nights/1.json");
    const strangers = ["rows", "profiles", "answers", "lists"].map((name) => path.join(cache, name, "f".repeat(64)));
    for (const file of [replay, ...strangers]) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, "12345678");
    }
    const prune = async (dryRun: boolean) =>
      JSON.parse(
        (await scene.refit("cache", ["prune"], { json: true, ...(dryRun && { "dry-run": true }) })).stdout,
      ) as PrunedContent;

    const fresh = await prune(false);
    expect([fresh.caches.removed, fresh.backtests.removed]).toEqual([0, 0]);
    for (const file of [...needed, ...others]) await utimes(path.join(cache, file), 0, 0);
    for (const file of [replay, ...strangers]) await utimes(file, 0, 0);
    const dry = await prune(true);
    const done = await prune(false);

    expect(dry).toEqual(done);
    expect(done.backtests).toEqual({ removed: 1, removedBytes: 8, kept: 0, keptBytes: 0 });
    expect(done.caches.removed).toBeGreaterThanOrEqual(others.length + strangers.length);
    const gone = [...needed, ...others].filter((file) => !existsSync(path.join(cache, file)));
    expect(gone.sort()).toEqual(others.sort());
    expect(existsSync(path.dirname(path.dirname(replay)))).toBe(false);
    expect((await scene.refit("cache", ["prune"])).stdout).toMatch(/^In all 0\.0 MiB freed\.$/m);
    expect(await scene.run()).toMatchObject({ decision: "skipped" });
  });
});
