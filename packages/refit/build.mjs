// node packages/refit/build.mjs [--outDir FOLDER] [--sourcemap]
//
// Bundles the `refit` command, to dist/bundle/ by default.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { bundle } from "./bundle.mjs";

const { values } = parseArgs({ options: { outDir: { type: "string" }, sourcemap: { type: "boolean" } } });

await bundle({
  outDir: values.outDir ?? fileURLToPath(new URL("dist/bundle", import.meta.url)),
  sourcemap: values.sourcemap === true,
});
