import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "./support/stage.ts";

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
      "cli.cjs",
      "github.cjs",
      "learners.cjs",
      "light.cjs",
      "octokit.cjs",
      "rolldown-runtime.cjs",
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
    expect(await loaded("work.cjs")).toContain("zod.cjs");
  });
});
