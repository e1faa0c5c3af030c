import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "./support/built-action.ts";

const build = path.join(repositoryRoot, "packages/action/build");
const bundle = path.join(build, "cli/bundle");

describe("the built action", () => {
  it("reads GitHub's context without the HTTP client and the octokit beside it", async () => {
    const text = await readFile(path.join(build, "index.mjs"), "utf8");

    expect(text).toContain("GITHUB_EVENT_PATH");
    expect(text).not.toMatch(/octokit|undici|http-client/i);
  });

  it("carries few files, whose names say nothing about their content", async () => {
    expect((await readdir(bundle)).toSorted()).toEqual([
      "aws4fetch.cjs",
      "cli.cjs",
      "commands.cjs",
      "doctor.cjs",
      "documents.cjs",
      "github.cjs",
      "learners.cjs",
      "light.cjs",
      "octokit.cjs",
      "parquet.cjs",
      "postgres.cjs",
      "readers.cjs",
      "remote.cjs",
      "rolldown-runtime.cjs",
      "stores.cjs",
      "work.cjs",
      "yaml.cjs",
      "zod.cjs",
    ]);
  });

  it("starts with our own code only: every other file is loaded where it is used", async () => {
    const loaded = async (file: string) =>
      [...(await readFile(path.join(bundle, file), "utf8")).matchAll(/^const .* = require\("\.\/(.*)"\)/gm)].map(
        ([, name]) => name,
      );

    expect(await loaded("cli.cjs")).toEqual(["rolldown-runtime.cjs", "light.cjs"]);
    expect(await loaded("light.cjs")).toEqual(["rolldown-runtime.cjs"]);
    expect(await loaded("commands.cjs")).toEqual(["rolldown-runtime.cjs", "light.cjs"]);
    // A run with nothing to do in a clone without a cache reads settings and lineages, and compiles nothing besides.
    const readers = ["light.cjs", "rolldown-runtime.cjs", "yaml.cjs", "zod.cjs"];
    expect(new Set(await loaded("readers.cjs"))).toEqual(new Set(readers));
    expect(new Set(await loaded("github.cjs"))).toEqual(new Set(["light.cjs", "octokit.cjs", "rolldown-runtime.cjs"]));
    expect(new Set(await loaded("remote.cjs"))).toEqual(new Set(["light.cjs", "rolldown-runtime.cjs"]));
    expect(await loaded("work.cjs")).toContain("zod.cjs");
  });

  it("carries the script of the threads that draw resamples", async () => {
    const text = await readFile(path.join(bundle, "work.cjs"), "utf8");
    const [, program] = /resamplingProgram = (".*");$/m.exec(text) ?? [];

    expect(program, "what `packages/refit/resampling-program.mjs` puts in place of `null`").toBeDefined();
    expect(new Script(JSON.parse(program!) as string)).toBeDefined();
  });

  it("knows what its packages are once they are installed, on every platform", async () => {
    const read = async (file: string): Promise<unknown> =>
      JSON.parse(await readFile(path.join(build, "cli", file), "utf8"));
    const { platforms, packs } = (await read("cli.json")) as { platforms: string[]; packs: object };
    const { packages } = (await read("package-lock.json")) as { packages: Record<string, unknown> };
    const native = Object.keys(packages).filter((name) => name.includes("/node-bindings-"));

    const advice =
      "package-lock.json has other packages: run `node packages/action/write-packs.mjs` and `npm run build`";
    expect(Object.keys(packs).length > 0 ? Object.keys(packs) : advice).toEqual(
      native.map((name) => name.replace(/.*node-bindings-/, "")),
    );
    expect(Object.keys(packs)).toEqual(expect.arrayContaining(platforms));
  });
});
