// node tools/scripts/run-tool.mjs <entry.ts> [arguments]
//
// Node 20 cannot run TypeScript, so the entry and the workspace's sources are bundled first. The tool runs at the root
// of the repository; `import.meta.url` points into the cache, so tools find files from `process.cwd()`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { root } from "./install.mjs";

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error("Usage: node tools/scripts/run-tool.mjs <entry.ts> [arguments]");
const bundle = join(root, "node_modules/.cache/refit/tools", entry.replace(/[\\/]/g, "-").replace(/\.ts$/, ".mjs"));
const esbuild = await import("esbuild");

await esbuild.build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  conditions: ["@refit/source"],
  sourcemap: "inline",
  logLevel: "warning",
  plugins: [
    {
      // Everything but our own packages is installed, and some of it is native.
      name: "installed-packages-stay-outside",
      setup(build) {
        build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === "entry-point" || path.startsWith("@refit/") ? null : { path, external: true },
        );
      },
    },
  ],
});

const { status } = spawnSync(process.execPath, ["--enable-source-maps", bundle, ...args], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
