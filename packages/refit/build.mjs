// Bundles the `refit` command to dist/bundle/. Rooms and commands that are imported lazily stay chunks of their own, so
// that a run with nothing to do loads no learner and no native library.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outdir = "packages/refit/dist/bundle";

const { metafile } = await build({
  absWorkingDir: root, // and no source map: equal sources give equal bytes in every clone
  entryPoints: { cli: "packages/refit/src/cli.ts" },
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  conditions: ["@refit/source"],
  external: ["@duckdb/node-api", "arquero", "simple-git"],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  minify: true,
  metafile: true,
  logLevel: "warning",
});

// Chunks are named by content: those of earlier builds go, after the new ones are there.
const stale = (await readdir(join(root, outdir))).filter((file) => !(`${outdir}/${file}` in metafile.outputs));
await Promise.all(stale.map((file) => rm(join(root, outdir, file))));
