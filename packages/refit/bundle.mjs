// How the `refit` command is bundled; the action carries the same bundle.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

/** What is installed beside the bundle: native, or loaded only where it is used. */
export const external = ["@duckdb/node-api", "arquero", "simple-git"];

/**
 * Rooms and commands that are imported lazily stay chunks of their own, cut by what they use and not by what the
 * barrels they import from could give them, so that a run with nothing to do loads no learner, no schema library and no
 * native library. CommonJS, since Node loads it faster.
 *
 * @returns paths of the modules that went in.
 */
export async function bundle({ outDir, sourcemap }) {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      outDir,
      emptyOutDir: false,
      ssr: "src/cli.ts",
      target: "node20",
      minify: true,
      sourcemap,
      rolldownOptions: { output: { format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "[name]-[hash].cjs" } },
    },
    ssr: {
      noExternal: true,
      external,
      resolve: { conditions: ["@refit/source"] },
    },
  });

  // Chunks are named by content: those of earlier builds go, after the new ones are there.
  const made = new Set(output.map(({ fileName }) => fileName));
  const stale = (await readdir(outDir)).filter((file) => !made.has(file));
  await Promise.all(stale.map((file) => rm(join(outDir, file))));
  return output.flatMap((chunk) => chunk.moduleIds ?? []);
}
