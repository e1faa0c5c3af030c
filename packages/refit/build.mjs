// node packages/refit/build.mjs [--outDir FOLDER] [--sourcemap]
//
// Bundles the `refit` command, to dist/bundle/ by default. Rooms and commands that are imported lazily stay chunks of
// their own, cut by what they use and not by what the barrels they import from could give them, so that a run with
// nothing to do loads no learner, no schema library and no native library. CommonJS, since Node loads it faster.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { build } from "vite";

const { values } = parseArgs({ options: { outDir: { type: "string" }, sourcemap: { type: "boolean" } } });
const root = fileURLToPath(new URL(".", import.meta.url));
const outDir = values.outDir ?? join(root, "dist/bundle");

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
    sourcemap: values.sourcemap === true,
    rolldownOptions: { output: { format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "[name]-[hash].cjs" } },
  },
  ssr: {
    noExternal: true,
    external: ["@duckdb/node-api", "arquero", "simple-git"],
    resolve: { conditions: ["@refit/source"] },
  },
});

// Chunks are named by content: those of earlier builds go, after the new ones are there.
const made = new Set(output.map(({ fileName }) => fileName));
const stale = (await readdir(outDir)).filter((file) => !made.has(file));
await Promise.all(stale.map((file) => rm(join(outDir, file))));
