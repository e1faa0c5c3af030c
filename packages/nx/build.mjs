// node packages/nx/build.mjs
//
// Bundles the package: what it uses of `@refit/core` and of the YAML parser goes in, so that Nx loads few files and no schema library.
import { execFileSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

import { licences } from "../refit/licences.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = join(root, "packages/nx");
const dist = join(here, "dist");
const external = [/^node:/, /^nx\//, "@nx/devkit"];

await rm(dist, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-b", here], { stdio: "inherit" });

const code = await rolldown({
  input: { index: join(here, "src/index.ts"), generators: join(here, "src/generators/index.ts") },
  external,
  platform: "node",
  resolve: { conditionNames: ["@refit/source", "import", "default"] },
});
const { output } = await code.write({ dir: dist, format: "es", chunkFileNames: "[name].js", comments: false });
await code.close();
const modules = output.flatMap((chunk) => chunk.moduleIds ?? []);
await writeFile(join(dist, "THIRD-PARTY-LICENSES"), await licences(modules, root));

const types = await rolldown({
  input: { index: join(dist, "types/index.d.ts") },
  external,
  plugins: [
    dts({ dtsInput: true, tsconfig: false }),
    { name: "no paths of this machine", renderChunk: (text) => text.replace(/^\/\/ .*\n/gm, "") },
  ],
});
await types.write({ dir: dist, format: "es" });
await types.close();
