// node packages/runtime/build.mjs
//
// Bundles the package: what it uses of our other packages goes in, so that it is installed, and served to a page, alone.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

import { bundleRuntime } from "./bundle.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = join(root, "packages/runtime");
const dist = join(here, "dist");
const entries = ["index", "node", "onnx"];

execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-b", here], { stdio: "inherit" });

await bundleRuntime(dist, entries);

const types = await rolldown({
  input: Object.fromEntries(entries.map((name) => [name, join(dist, "types", `${name}.d.ts`)])),
  external: /^node:/,
  plugins: [
    {
      name: "our own packages, as compiled",
      resolveId(id) {
        const [, name, part = "index"] = /^@refit\/(core|tabular)(?:\/(.*))?$/.exec(id) ?? [];
        if (name === undefined) return null;
        return join(root, "packages", name, "dist", name === "core" ? `${part}/index.d.ts` : `${part}.d.ts`);
      },
    },
    dts({ dtsInput: true, tsconfig: false }),
    {
      name: "no paths of this machine",
      renderChunk: (text) => text.replace(/^\/\/ .*\n/gm, ""),
    },
  ],
});
await types.write({ dir: dist, format: "es" });
await types.close();
