import { spawn, spawnSync } from "node:child_process";
import { cp, mkdir, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { RefitError, systemRefusal } from "@refit/core/errors";
import type { ModelStatus } from "@refit/core/report";
import { describe, expect, it } from "vitest";
import { temporaryName } from "../../src/adapters/disk/left-behind.ts";
import { championScene, churnScene, month, proposedScene, type Scene } from "./support/scene.ts";
import { uncounted } from "./support/uncounted.ts";

/** What `status --json` prints where nothing says that people see the proposal: the next run shows it. */
function untold(status: string): string {
  const rows = JSON.parse(status) as Pick<ModelStatus, "next" | "attention">[];
  const told = rows.map((row) => {
    const triggers = [{ kind: "unfinished", fired: true }, ...row.next!.triggers];
    const attention = row.attention.map((each) => ({ ...each, state: "unfinished" }));
    return { ...row, next: { triggers, waits: [] }, proposalState: "unfinished", attention };
  });
  return JSON.stringify(told, null, 2);
}

/** Two versions, an open proposal and a rollback; one data file is read from git, so that there is a copy of it. */
async function finishedScene(): Promise<Scene> {
  const scene = await championScene({ remote: false });
  scene.at("2026-06-10T00:00:00Z");
  await scene.land(month(3));
  await scene.run();
  await scene.merge();
  scene.at("2026-06-20T00:00:00Z");
  await scene.land(month(4));
  await rm(path.join(scene.root, "data/churn/2026-01.csv"));
  await scene.run();
  await scene.refit("rollback", ["churn"]);
  await scene.refit("promote");
  return scene;
}

/** What people see and what git holds. */
async function stateOf(scene: Scene) {
  const told = async (name: string, args: string[]) => (await scene.refit(name, args, { json: true })).stdout;
  return { status: await told("status", []), log: await told("log", ["churn"]), refs: await scene.git("for-each-ref") };
}

/** Runs everything that reads or writes below `.git/refit`. @returns how each ended, if not well. */
async function endings(scene: Scene): Promise<RefitError[]> {
  const found: RefitError[] = [];
  for (const [name, args] of [
    ["run", ["churn"]],
    ["promote", []],
    ["rollback", ["churn"]],
    ["status", []],
  ] as const) {
    try {
      await scene.refit(name, args, { json: true });
    } catch (error) {
      const known = error instanceof RefitError ? error : systemRefusal(error);
      if (known === null) throw error; // "refit has a bug"
      found.push(known);
    }
  }
  return found;
}

const damages: readonly [what: string, damage: (file: string) => Promise<unknown>][] = [
  ["empty", (file) => truncate(file, 0)],
  ["cut short", async (file) => truncate(file, Math.floor((await stat(file)).size / 2))],
  ["garbage", (file) => writeFile(file, new Uint8Array([0xff, 0x00, 0x7b, 0x0a]))],
  ["null", (file) => writeFile(file, "null")],
  ["a folder in its place", (file) => rm(file).then(() => mkdir(file))],
];

describe("below .git/refit", () => {
  it("any damaged file leads to the same end or to one sentence", { timeout: 240_000 }, async () => {
    const scene = await finishedScene();
    const ours = path.join(scene.root, ".git/refit");
    const whole = path.join(scene.root, "../whole");
    const expected = await stateOf(scene); // keeps what it parsed
    await cp(ours, whole, { recursive: true });
    const entries = await readdir(ours, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const kinds = new Map<string, string[]>();
    for (const file of files) {
      const [folder, inner] = path.relative(ours, file).split(path.sep);
      const kind = folder === "cache" ? (inner === "files" ? "copies" : "caches") : `${folder} ${path.extname(file)}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
    }
    expect([...kinds.keys()].sort()).toEqual([
      "caches",
      "copies",
      "proposals .json",
      "proposals .md",
      "proposals .svg",
      "rollbacks .json",
      "rollbacks .md",
    ]);

    for (const [kind, group] of kinds) {
      for (const [what, damage] of damages) {
        for (const file of group) await damage(file);

        const ended = await endings(scene);

        // Only what stands in the place of a file that has to be written needs a person.
        if (what !== "a folder in its place" || /^(caches|copies)$/.test(kind))
          expect({ kind, what, ended }).toMatchObject({ ended: [] });
        for (const { code } of ended) expect({ kind, what, code }).toEqual({ kind, what, code: "system-refused" });
        // A record that cannot be written either leaves open whether people see the proposal as a whole.
        const isUntold = what === "a folder in its place" && kind === "proposals .json";
        const isUncounted = what === "a folder in its place" && kind === "caches";
        const told = isUntold ? untold(expected.status) : expected.status;
        const status = isUncounted ? uncounted(told) : told;
        expect({ kind, what, state: JSON.stringify(await stateOf(scene)) }).toEqual({
          kind,
          what,
          state: JSON.stringify({ ...expected, status }),
        });
        await rm(ours, { recursive: true });
        await cp(whole, ours, { recursive: true });
      }
    }
  });

  it("a file in the place of any folder does so too", { timeout: 120_000 }, async () => {
    const scene = await finishedScene();
    const ours = path.join(scene.root, ".git/refit");
    const whole = path.join(scene.root, "../whole");
    await cp(ours, whole, { recursive: true });
    const expected = await stateOf(scene);
    const folders = ["", "cache", "cache/files", "scratch", "proposals", "rollbacks", "alerts"];

    for (const folder of folders) {
      const place = path.join(ours, folder);
      await rm(place, { recursive: true, force: true });
      await writeFile(place, "a file");

      const ended = await endings(scene);

      if (folder.startsWith("cache") || folder === "scratch") expect({ folder, ended }).toMatchObject({ ended: [] });
      for (const { code } of ended) expect({ folder, code }).toEqual({ folder, code: "system-refused" });
      await rm(ours, { recursive: true });
      await cp(whole, ours, { recursive: true });
      expect({ folder, state: await stateOf(scene) }).toEqual({ folder, state: expected });
    }
  });

  it("a copy of data that was cut short is not trained on", async () => {
    const scene = await churnScene({ remote: false });
    const clean = await proposedScene({ remote: false });
    await rm(path.join(scene.root, "data/churn/2026-01.csv"));
    await scene.run();
    const files = path.join(scene.root, ".git/refit/cache/files");
    const [copy] = await readdir(files);
    await truncate(path.join(files, copy!), 2000);
    await rm(path.join(scene.root, ".git/refit/cache/digests.txt"));
    await scene.git("branch", "--delete", "--force", "refit--churn", "refit-ledger");

    await scene.run();

    const version = "refit--churn:models/churn/champion";
    expect(await scene.git("rev-parse", version)).toBe(await clean.git("rev-parse", version));
  });

  it("what a killed command left behind goes with the next one that writes, and nothing of a running one", async () => {
    const scene = await churnScene({ remote: false });
    const ours = path.join(scene.root, ".git/refit");
    const running = temporaryName();
    const killed = running.replace(`.${process.pid}.`, ".2147483646.");
    for (const name of [killed, running]) {
      await mkdir(path.join(ours, "scratch", name, "tree"), { recursive: true });
      await mkdir(path.join(ours, "proposals"), { recursive: true });
      await writeFile(path.join(ours, "proposals", `churn.json.${name}.tmp`), "{");
    }

    await scene.refit("promote");

    expect(await readdir(path.join(ours, "scratch"))).toEqual([running]);
    expect(await readdir(path.join(ours, "proposals"))).toEqual([`churn.json.${running}.tmp`]);
  });
});

/** A name space of its own for mounts is needed to make a folder read-only for root too. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;
const unlessSkipped = canMount ? "" : " (SKIPPED: this machine lets nobody mount)";

describe.skipIf(!canMount)(`a read-only repository${unlessSkipped}`, () => {
  const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
  function refit({ root, repository }: Scene, ...args: string[]) {
    const script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"';
    const command = ["--mount", "--map-root-user", "sh", "-c", script, root, process.execPath, bin, ...args];
    return spawnSync("unshare", command, { env: repository.env, encoding: "utf8" });
  }

  it("answers all that only reads, and refuses the rest in one sentence", async () => {
    const scene = await championScene({ remote: false });
    await rm(path.join(scene.root, ".git/refit"), { recursive: true });

    for (const args of [["status"], ["log", "churn"], ["show", "churn"], ["diff", "churn", "v1", "v1"], ["verify"]]) {
      const { status, stderr, stdout } = refit(scene, ...args);
      expect({ args, status, stderr: stderr.includes("rror") ? stderr : "" }).toEqual({ args, status: 0, stderr: "" });
      expect(stdout).toMatch(/churn|rocAuc/);
    }
    const { status, stderr } = refit(scene, "promote");
    expect({ status, bug: stderr.includes("bug") }).toEqual({ status: 2, bug: false });
  });

  it("has its proposal verified, for which data are read", async () => {
    const scene = await proposedScene({ remote: false });
    await scene.git("switch", "--quiet", "refit--churn");
    await rm(path.join(scene.root, ".git/refit"), { recursive: true });

    const { status, stderr, stdout } = refit(scene, "verify");

    expect({ status, stderr: stderr.includes("rror") ? stderr : "" }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("churn: valid");
  });
});

describe("few files that may be open", () => {
  it("are no bug: a command does its work, or says what is too few", async () => {
    const scene = await championScene({ remote: false });
    const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
    const script = 'ulimit -n "$0" && exec "$@"';

    const ended = [18, 20, 22, 24, 26, 28].map((most) => {
      const command = ["-c", script, String(most), process.execPath, bin, "log", "churn"];
      const { status, stderr } = spawnSync("sh", command, {
        cwd: scene.root,
        env: scene.repository.env,
        encoding: "utf8",
      });
      return { most, status, stderr };
    });

    expect(ended.filter(({ stderr }) => stderr.includes("refit has a bug"))).toEqual([]);
    expect(ended).toContainEqual(
      expect.objectContaining({ status: 2, stderr: expect.stringContaining("too many files are open") }),
    );
  });
});

describe("files that may not grow", () => {
  it("end a run in a name, and the next one is as if nothing had happened", async () => {
    const scene = await churnScene({ remote: false });
    const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
    const script = 'ulimit -f "$0" && exec "$@"';

    const ended = [1, 16].map((most) => {
      const command = ["-c", script, String(most), process.execPath, bin, "run", "churn", "--now", scene.now()];
      const options = { cwd: scene.root, env: scene.repository.env, encoding: "utf8" } as const;
      const { status, stderr } = spawnSync("sh", command, options);
      return { most, status, stderr };
    });

    expect(ended.filter(({ status, stderr }) => status !== 2 || !/ulimit -f/.test(stderr))).toEqual([]);
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
  });
});

describe("a reader that has read enough", () => {
  it("ends nothing: the exit code is the command's", async () => {
    const scene = await championScene({ remote: false });
    const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
    const ended = await new Promise((resolve) => {
      const child = spawn(process.execPath, [bin, "log", "churn"], { cwd: scene.root, env: scene.repository.env });
      child.stdout.destroy();
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.on("close", (exitCode) => resolve({ exitCode, stderr }));
    });

    expect(ended).toEqual({ exitCode: 0, stderr: "" });
  });
});
