import { execFileSync } from "node:child_process";
import {
  appendFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";

import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";

import { installCarried } from "../src/install-cli.ts";
import { keepPackages, measurePack, packPieces } from "../src/kept-packages.ts";

const platform = `${process.platform}-${process.arch}`;
const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
const part = process.platform === "linux" && header.glibcVersionRuntime === undefined ? `${platform}-musl` : platform;

const packages = {
  ".package-lock.json": "{}",
  ".bin/duck": "#!/bin/sh",
  "duck/package.json": '{ "main": "lib/duck.js" }',
  "duck/lib/duck.js": "module.exports = 'ours';",
  "duck/lib/duck.d.ts": "export {};",
  "duck/README.md": "A duck.",
  "duck/native/duck.node": "\0\u0001native\n\n",
  "@scope/empty/empty.json": "",
};

/** An action's folder `cli`, a runner's folders, and an npm that installs the packages and writes down how it was called. */
async function machine() {
  const folder = await temporaryFolder();
  const place = (...parts: string[]) => path.join(folder, ...parts);
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  for (const [name, text] of Object.entries(packages)) await write(place("registry/node_modules", name), text);
  const pack = measurePack(await packPieces(place("registry")));
  await write(
    place("cli", "cli.json"),
    JSON.stringify({ version: "1.2.3", platforms: [platform], packs: { [part]: pack } }),
  );
  await write(place("cli", "bundle", "cli.cjs"), "ours");
  const npm = `
    const { appendFileSync, cpSync, readdirSync } = require("node:fs");
    const call = { args: process.argv.slice(2), token: process.env.INPUT_TOKEN, home: process.cwd() };
    appendFileSync(${JSON.stringify(place("calls"))}, JSON.stringify(call) + "\\n");
    cpSync(${JSON.stringify(place("registry"))}, ".", { recursive: true });`;
  await write(place("npm", "npm-cli.js"), npm);
  await write(place("calls"), "");
  await symlink("npm-cli.js", place("npm", "npm"));
  const env = {
    PATH: place("npm"),
    RUNNER_TEMP: place("temp"),
    RUNNER_TOOL_CACHE: place("tools"),
    INPUT_TOKEN: "ghs_abc",
  };
  return {
    env,
    place,
    write,
    /** The file that is kept for the next step. */
    kept: place("tools/refit/packages", `${pack.sha256}.pack`),
    async calls() {
      const lines = (await readFile(place("calls"), "utf8")).split("\n").filter(Boolean);
      return lines.map((line) => JSON.parse(line) as { args: string[]; token?: string; home: string });
    },
    /** One step, to its end. @returns the folder that it runs from */
    async step() {
      const { file, keeping } = await installCarried(place("cli"), env);
      await keeping;
      return path.join(file, "../..");
    },
  };
}

/** What a process would load from an installation. */
async function loadedFrom(home: string): Promise<Record<string, string>> {
  const root = path.join(home, "node_modules");
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = files.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(root, file), await readFile(file, "utf8")] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

const needed = Object.fromEntries(Object.entries(packages).filter(([name]) => !/^\.|\.d\.ts$|\.md$/.test(name)));

describe("the command that the action carries", () => {
  it("is installed by the lockfile, without scripts, without the token, and with little patience", async () => {
    const { env, place, calls } = await machine();

    const { version, keeping } = await installCarried(place("cli"), env);
    await keeping;

    const [call] = await calls();
    expect(version).toBe("1.2.3");
    expect(call?.args).toEqual(
      expect.arrayContaining([
        "ci",
        "--ignore-scripts",
        "--fetch-retries=2",
        "--fetch-retry-maxtimeout=5000",
        `--cache=${place("tools/refit/npm")}`,
      ]),
    );
    expect(call?.token).toBeUndefined();
  });

  it("never runs from a folder that another job or step could have filled", async () => {
    const { env, place, write } = await machine();
    const first = await installCarried(place("cli"), env);
    await first.keeping;
    await write(first.file, "planted");
    for (const name of ["tools/refit", "temp/refit"]) {
      await write(place(name, "1.2.3", platform, "bundle", "cli.cjs"), "planted");
    }

    const { file } = await installCarried(place("cli"), env);

    expect(path.relative(place("temp"), file).startsWith("..")).toBe(false);
    expect(await readFile(file, "utf8")).toBe("ours");
  });

  it("says which platforms it is for", async () => {
    const { env, place, write } = await machine();
    await write(place("cli", "cli.json"), JSON.stringify({ version: "1.2.3", platforms: ["amiga-68k"], packs: {} }));

    await expect(installCarried(place("cli"), env)).rejects.toThrow(`only for amiga-68k, not for ${platform}`);
  });
});

describe("packages that a step keeps for the next one", () => {
  it("are unpacked without npm, into a folder of the step's own, and nothing but what a process loads", async () => {
    const { step, calls } = await machine();
    const first = await step();

    const second = await step();

    expect(await calls()).toHaveLength(1);
    expect(second).not.toBe(first);
    expect(await loadedFrom(second)).toEqual(needed);
    expect(await readFile(path.join(second, "bundle/cli.cjs"), "utf8")).toBe("ours");
  });

  it("are kept without what was changed in the folder meanwhile", async () => {
    const { env, place, kept, write } = await machine();
    await write(place("registry/node_modules/duck/lib/duck.js"), "module.exports = 'changed';");

    await (
      await installCarried(place("cli"), env)
    ).keeping;

    await expect(stat(kept)).rejects.toThrow("ENOENT");
  });

  it.each<[what: string, damage: (kept: string) => Promise<unknown>]>([
    ["has one other byte", (kept) => replace(kept, "'ours'", "'evil'")],
    ["has a file more", async (kept) => pretend(kept, { "duck/lib/more.js": "" })],
    ["has a file less", async (kept) => pretend(kept, { "duck/lib/duck.js": null })],
    ["names a file elsewhere", (kept) => replace(kept, "duck/lib/duck.js", "../../../duck.js")],
    ["goes on after its end", (kept) => appendFile(kept, "more")],
    ["was written by half", (kept) => truncate(kept, 100)],
    ["is empty", (kept) => truncate(kept, 0)],
    ["is a folder", (kept) => rm(kept).then(() => mkdir(path.join(kept, "in/it"), { recursive: true }))],
    [
      "leads to another one",
      (kept) =>
        cp(kept, `${kept}-2`)
          .then(() => rm(kept))
          .then(() => symlink(`${kept}-2`, kept)),
    ],
    ["leads nowhere", (kept) => rm(kept).then(() => symlink("nowhere", kept))],
    ["is a pipe", (kept) => rm(kept).then(() => execFileSync("mkfifo", [kept]))],
  ])("are installed again, and kept again, when the kept file %s", async (_what, damage) => {
    const { step, kept, calls } = await machine();
    await step();
    const whole = await readFile(kept);
    await damage(kept);

    const home = await step();

    expect(await loadedFrom(home)).toMatchObject(needed);
    expect(await readFile(kept)).toEqual(whole);
    expect(await loadedFrom(await step())).toEqual(needed);
    expect(await calls()).toHaveLength(2);
  });

  it("are done without where nothing can be kept", async () => {
    const { step, write, place, calls } = await machine();
    await write(place("tools"), "a file");

    expect(await loadedFrom(await step())).toMatchObject(needed);
    expect(await loadedFrom(await step())).toMatchObject(needed);
    expect(await calls()).toHaveLength(2);
  });

  it("are done without on a platform of which the build knows none", async () => {
    const { step, write, place, calls } = await machine();
    await write(place("cli", "cli.json"), JSON.stringify({ version: "1.2.3", platforms: [platform], packs: {} }));
    await step();

    expect(await loadedFrom(await step())).toMatchObject(needed);
    expect(await calls()).toHaveLength(2);
  });

  it("leave nothing behind when they cannot be put in their place", async () => {
    const { place, kept } = await machine();
    const pack = measurePack(await packPieces(place("registry")));
    const file = path.join(path.dirname(kept), "x".repeat(300));

    await expect(keepPackages(file, pack, place("registry"))).rejects.toThrow("ENAMETOOLONG");

    expect(await readdir(path.dirname(kept))).toEqual([]);
  });

  it("are whole when many jobs keep them at once", async () => {
    const { step, kept } = await machine();

    const homes = await Promise.all(Array.from({ length: 8 }, step));

    for (const home of homes) expect(await loadedFrom(home)).toMatchObject(needed);
    expect(await readdir(path.dirname(kept))).toEqual([path.basename(kept)]);
    expect(await loadedFrom(await step())).toEqual(needed);
  });

  it("take the place of what killed processes and old versions left, and of nothing younger", async () => {
    const { step, kept, write } = await machine();
    const beside = (name: string) => path.join(path.dirname(kept), name);
    const age = async (name: string, hours: number) => {
      await write(beside(name), "half");
      const then = Date.now() / 1000 - hours * 3600;
      await utimes(beside(name), then, then);
    };
    await age("killed.part", 2);
    await age("at-work.part", 0);
    await age("old.pack", 24 * 31);
    await age("other.pack", 24 * 29);

    await step();

    const left = [path.basename(kept), "at-work.part", "other.pack"].toSorted();
    expect((await readdir(path.dirname(kept))).toSorted()).toEqual(left);
  });
});

/** Puts text of the same length into a file. */
async function replace(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "latin1");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to), "latin1");
}

/** A file of the same form, as somebody could write it who knows the form. */
async function pretend(kept: string, changes: Readonly<Record<string, string | null>>): Promise<void> {
  const home = await temporaryFolder();
  for (const [name, text] of Object.entries({ ...packages, ...changes })) {
    if (text === null) continue;
    await mkdir(path.dirname(path.join(home, "node_modules", name)), { recursive: true });
    await writeFile(path.join(home, "node_modules", name), text);
  }
  await writeFile(kept, await packPieces(home));
}

describe("an installation that fails", () => {
  it("says what npm said, without secrets, and what to do", async () => {
    const { env, place, write } = await machine();
    await write(
      place("npm", "npm-cli.js"),
      `console.error("npm error code E401\\nnpm error GET https://me:hunter2@packages.example/duck\\nnpm error     at Stack.js:1:2");
       process.exitCode = 1;`,
    );

    await expect(installCarried(place("cli"), env)).rejects.toThrow(
      "The packages that refit needs could not be installed: code E401 GET https://***@packages.example/duck. Run the job again; if it fails again, set `npm_config_registry` to a registry that this runner can reach, or install refit into the workspace in an earlier step.",
    );
  });

  it("ends, also where npm does not", async () => {
    const { env, place, write } = await machine();
    await write(place("npm", "npm-cli.js"), "setInterval(() => {}, 1000);");

    await expect(installCarried(place("cli"), env, 0.1)).rejects.toThrow("npm did not end within 0.1 seconds");
  });

  it("needs an npm", async () => {
    const { env, place } = await machine();

    await expect(installCarried(place("cli"), { ...env, PATH: place("nothing") })).rejects.toThrow(
      "npm is not available to install it",
    );
  });
});
