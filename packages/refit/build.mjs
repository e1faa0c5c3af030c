// node packages/refit/build.mjs [--outDir FOLDER] [--sourcemap]
//
// Bundles the `refit` command, to dist/bundle/ by default; then also what the package holds beside it: the types of
// `refit/json`, and the licences of what is bundled.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { bundle } from "./bundle.mjs";
import { writeJsonTypes } from "./json-types.mjs";
import { licences } from "./licences.mjs";

const { values } = parseArgs({ options: { outDir: { type: "string" }, sourcemap: { type: "boolean" } } });
const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "packages/refit/dist");
const outDir = values.outDir ?? join(dist, "bundle");

await mkdir(outDir, { recursive: true });
const modules = await bundle({ outDir, sourcemap: values.sourcemap === true });
if (values.outDir === undefined) {
  await writeJsonTypes(dist);
  await writeFile(join(dist, "json.js"), "export {};\n");
  await writeFile(join(dist, "THIRD-PARTY-LICENSES"), await licences(modules, root));
}
