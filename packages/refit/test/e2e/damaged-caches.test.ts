import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { diskFiles } from "../../src/adapters/disk/files.ts";
import { quietRuns, recallQuietRun } from "../../src/adapters/disk/quiet-runs.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { churnScene, month, type Scene } from "./support/scene.ts";
import { uncounted } from "./support/uncounted.ts";

/** A champion, a file that is newer than it, and an open proposal; all caches are there. */
async function warmScene(): Promise<Scene> {
  const scene = await churnScene({ remote: false });
  await scene.run();
  await scene.merge();
  scene.at("2026-06-10T00:00:00Z");
  await scene.land(month(3));
  await scene.run();
  await answers(scene);
  return scene;
}

const reachOf = ({ root, repository }: Scene) => ({ git: gitProcess(root, repository.env), publishes: true });

async function rememberQuiet(scene: Scene): Promise<void> {
  const runs = quietRuns(scene.root, { publishes: true, files: diskFiles, startedAt: Date.now() + 60_000 });
  const { git } = await scene.ports();
  await runs.remember(await git.locate(), { models: [], outcomes: [] }, []);
}

const recallQuiet = (scene: Scene) => recallQuietRun(scene.root, [], async () => reachOf(scene));

/** What commands say that read every cache. */
async function answers(scene: Scene) {
  const told = async (name: string, args: string[]) => (await scene.refit(name, args, { json: true })).stdout;
  return {
    run: await scene.run(),
    drift: await told("drift", ["churn"]),
    log: await told("log", ["churn"]),
    status: await told("status", []),
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** Caches of every kind, by the folder or the file that holds them. */
const kinds = ["digests.txt", "history", "parses", "profiles"];

/** The last digit of a cache tells a size, a count or a part of a digest. */
const withAnotherDigit = (text: string) => text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));

type Damage = (file: string) => Promise<unknown>;

const damages: readonly [what: string, damage: Damage][] = [
  ["gone", (file) => rm(file)],
  ["empty", (file) => truncate(file, 0)],
  ["cut short", async (file) => truncate(file, Math.floor((await readFile(file)).byteLength / 2))],
  ["another digit", async (file) => writeFile(file, withAnotherDigit(await readFile(file, "latin1")), "latin1")],
  ["null", (file) => writeFile(file, "null")],
  ["another list", (file) => writeFile(file, "[]")],
  ["another object", (file) => writeFile(file, "{}")],
  ["no text", (file) => writeFile(file, new Uint8Array([0xff, 0xfe, 0x00]))],
  [
    "a folder",
    async (file) => {
      await rm(file);
      await mkdir(file);
    },
  ],
];

/** When a record was written is told to people and decides nothing. */
const timeless = (record: string) => record.replace(/"updatedAt": \d+/, '"updatedAt": 0');

describe("caches", () => {
  it("are made again, whatever happened to them", { timeout: 120_000 }, async () => {
    const scene = await warmScene();
    const cache = path.join(scene.root, ".git/refit/cache");
    const expected = await answers(scene);
    const unkept = { ...expected, status: uncounted(expected.status) };
    expect((await readdir(cache)).filter((kind) => kinds.includes(kind)).sort()).toEqual(kinds);
    const whole = path.join(scene.root, "../whole-cache");
    await cp(cache, whole, { recursive: true });

    for (const [what, damage] of damages) {
      for (const file of await filesBelow(cache)) await damage(file);

      expect({ what, answers: await answers(scene) }).toEqual({
        what,
        answers: what === "a folder" ? unkept : expected,
      });

      if (what !== "a folder") {
        for (const file of await filesBelow(path.join(whole, "history"))) {
          const again = await readFile(path.join(cache, path.relative(whole, file)), "utf8");
          expect({ what, again }).toEqual({ what, again: await readFile(file, "utf8") });
        }
      }
      expect((await filesBelow(cache)).filter((file) => file.endsWith(".tmp"))).toEqual([]);
      await rm(cache, { recursive: true });
      await cp(whole, cache, { recursive: true });
    }
  });

  it("are done without where nothing can be written", { timeout: 120_000 }, async () => {
    const scene = await warmScene();
    const cache = path.join(scene.root, ".git/refit/cache");
    const expected = await answers(scene);
    await rm(cache, { recursive: true });
    await writeFile(cache, "a file where the folder should be");

    expect(await answers(scene)).toEqual({ ...expected, status: uncounted(expected.status) });
    expect(await readFile(cache, "utf8")).toBe("a file where the folder should be");

    // A run that trains and proposes needs none of them either.
    scene.at("2026-06-20T00:00:00Z");
    await scene.land(month(4));
    expect(await scene.run()).toMatchObject({ decision: "updated" });
    await rememberQuiet(scene);
  });

  it("of quiet runs and records of proposals count as none when they are damaged", { timeout: 120_000 }, async () => {
    const scene = await warmScene();
    const record = path.join(scene.root, ".git/refit/proposals/churn.json");
    const stamp = path.join(scene.root, ".git/refit/cache/quiet-run.json");
    const [whole, run] = [await readFile(record, "utf8"), await scene.run()];
    await rememberQuiet(scene);
    expect(await recallQuiet(scene)).toMatchObject({ models: [] });

    for (const [what, damage] of damages) {
      await writeFile(stamp, await readFile(stamp));
      await damage(stamp);
      expect({ what, quiet: await recallQuiet(scene) }).toEqual({ what, quiet: null });
      await rm(stamp, { recursive: true, force: true });
      await rememberQuiet(scene);

      if (what === "a folder") continue;
      await damage(record);
      const { url } = (await scene.run()) as { url: string };
      const again = timeless(await readFile(record, "utf8"));
      expect({ what, url, again }).toEqual({ what, url: (run as { url: string }).url, again: timeless(whole) });
    }
    const { head } = JSON.parse(whole) as { head: string };
    await writeFile(record, JSON.stringify({ head }));
    // It is finished, and not trained again as if it had been closed.
    expect(await scene.run()).toMatchObject({ url: (run as { url: string }).url, evidence: null });
  });
});
