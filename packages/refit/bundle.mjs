// How the `refit` command is bundled; the action carries the same bundle.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "vite";
import { nameChunks } from "./chunks.mjs";
import { withResamplingProgram } from "./resampling-program.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));

/** What is installed beside the bundle: native, or loaded only where it is used. */
export const external = ["@duckdb/node-api", "arquero", "simple-git"];

/**
 * CommonJS, since Node loads it faster. Not minified, since the action's copy is committed: on minified code, git's
 * deltas are several times as large, and it saves no time at the start (docs/decisions/0017).
 *
 * @returns paths of the modules that went in.
 */
export async function bundle({ outDir, sourcemap }) {
  const fine = await run({ outDir, sourcemap: false, write: false, output: {} });
  const groups = [{ name: nameChunks(fine), debugName: "by what it loads" }];
  const codeSplitting = { includeDependenciesRecursively: false, groups };
  const output = await run({ outDir, sourcemap, write: true, output: { codeSplitting } });

  const made = new Set(output.map(({ fileName }) => fileName));
  const stale = (await readdir(outDir)).filter((file) => !made.has(file));
  await Promise.all(stale.map((file) => rm(join(outDir, file))));
  return output.flatMap((chunk) => chunk.moduleIds ?? []);
}

async function run({ outDir, sourcemap, write, output }) {
  const naming = { entryFileNames: "[name].cjs", chunkFileNames: "[name].cjs", minifyInternalExports: false };
  const result = await build({
    root,
    configFile: false,
    plugins: [withResamplingProgram()],
    logLevel: write ? "warn" : "error",
    build: {
      outDir,
      emptyOutDir: false,
      write,
      ssr: "src/cli.ts",
      target: "node20",
      minify: false,
      sourcemap,
      rolldownOptions: { output: { format: "cjs", comments: false, ...naming, ...output } },
    },
    ssr: {
      noExternal: true,
      external,
      resolve: { conditions: ["@refit/source"] },
    },
  });
  return result.output;
}
