import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";

import { installCarried } from "../src/install-cli.ts";

const platform = `${process.platform}-${process.arch}`;

/** An action's folder `cli`, a runner's folders, and an npm that writes down how it was called. */
async function machine() {
  const folder = await temporaryFolder();
  const place = (...parts: string[]) => path.join(folder, ...parts);
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  await write(place("cli", "cli.json"), JSON.stringify({ version: "1.2.3", platforms: [platform] }));
  await write(place("cli", "bundle", "cli.cjs"), "ours");
  const npm = `require("node:fs").writeFileSync("called.json", JSON.stringify({ args: process.argv.slice(2), token: process.env.INPUT_TOKEN }));`;
  await write(place("npm", "npm-cli.js"), npm);
  await symlink("npm-cli.js", place("npm", "npm"));
  const env = {
    PATH: place("npm"),
    RUNNER_TEMP: place("temp"),
    RUNNER_TOOL_CACHE: place("tools"),
    INPUT_TOKEN: "ghs_abc",
  };
  return { env, place, write };
}

describe("the command that the action carries", () => {
  it("is installed by the lockfile, without scripts, without the token", async () => {
    const { env, place } = await machine();

    const { file, version } = await installCarried(place("cli"), env);

    const called = JSON.parse(await readFile(path.join(file, "../../called.json"), "utf8")) as Record<string, unknown>;
    expect(version).toBe("1.2.3");
    expect(called["args"]).toEqual(
      expect.arrayContaining(["ci", "--ignore-scripts", `--cache=${place("tools/refit/npm")}`]),
    );
    expect(called["token"]).toBeUndefined();
  });

  it("never runs from a folder that another job or step could have filled", async () => {
    const { env, place, write } = await machine();
    const first = await installCarried(place("cli"), env);
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
    await write(place("cli", "cli.json"), JSON.stringify({ version: "1.2.3", platforms: ["amiga-68k"] }));

    await expect(installCarried(place("cli"), env)).rejects.toThrow(`for amiga-68k only, not for ${platform}`);
  });
});
