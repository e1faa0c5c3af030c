import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { championScene } from "./support/scene.ts";

const execute = promisify(execFile);
const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** Paths of every script that a Node process loaded, told by V8 itself. */
async function loadedScripts(coverageFolder: string): Promise<string[]> {
  const reports = await readdir(coverageFolder);
  const texts = await Promise.all(reports.map((name) => readFile(path.join(coverageFolder, name), "utf8")));
  const urls = texts.flatMap((text) => (JSON.parse(text) as Coverage).result.map((script) => script.url));
  return urls.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url));
}

/** The source files that went into the loaded scripts: what the chunk's map names, else the script itself. */
async function loadedSources(coverageFolder: string): Promise<string[]> {
  const sources = (await loadedScripts(coverageFolder)).map(async (script) => {
    const map = await readFile(`${script}.map`, "utf8").catch(() => null);
    return map === null ? [script] : (JSON.parse(map) as { sources: string[] }).sources;
  });
  return (await Promise.all(sources)).flat();
}

describe("a run with nothing to do", () => {
  it("loads no DuckDB, no learner, no schema or YAML library, and nothing that is installed", async () => {
    const scene = await championScene({ remote: false });
    await scene.run();
    const bundle = await temporaryFolder();
    const coverage = await temporaryFolder();
    await execute(process.execPath, [path.join(packageFolder, "build.mjs"), "--outDir", bundle, "--sourcemap"]);

    const args = [path.join(bundle, "cli.cjs"), "run", "churn", "--now", scene.now()];
    const env = { ...scene.repository.env, NODE_V8_COVERAGE: coverage };
    const { stdout } = await execute(process.execPath, args, { cwd: scene.root, env });

    expect(stdout).toContain("churn: skipped: nothing has changed");
    const sources = await loadedSources(coverage);
    expect(sources.filter((source) => source.includes("packages/") || source.includes("src/")).length).toBeGreaterThan(
      20,
    );
    expect(
      sources.filter((source) => /node_modules|tabular\/src\/(?!descriptors\.ts|\w+\/settings\.ts)/.test(source)),
    ).toEqual([]);
  });
});
