// node packages/refit/build.mjs [--outDir FOLDER] [--sourcemap]
//
// Bundles the `refit` command, to dist/bundle/ by default; then also what the package holds beside it: schemas for editors, what
// `refit demo` is played with, the types of `refit/json`, and the licences of what is bundled.
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { bundle } from "./bundle.mjs";
import { demoFiles } from "./demo-files.mjs";
import { writeJsonTypes } from "./json-types.mjs";
import { licences } from "./licences.mjs";

const { values } = parseArgs({ options: { outDir: { type: "string" }, sourcemap: { type: "boolean" } } });
const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "packages/refit/dist");
const outDir = values.outDir ?? join(dist, "bundle");

await mkdir(outDir, { recursive: true });
const modules = await bundle({ outDir, sourcemap: values.sourcemap === true });
if (values.outDir === undefined) {
  await writeSchemas(join(dist, "schemas"));
  await mkdir(join(dist, "demo"), { recursive: true });
  for (const [file, bytes] of Object.entries(await demoFiles(root))) await writeFile(join(dist, "demo", file), bytes);
  await writeJsonTypes(dist);
  await writeFile(join(dist, "json.js"), "export {};\n");
  await writeFile(join(dist, "THIRD-PARTY-LICENSES"), await licences(modules, root));
}

/** Of the files that people write: their first line names them, so that editors check them. */
async function writeSchemas(folder) {
  await mkdir(folder, { recursive: true });
  for (const name of ["model", "data-manifest", "refit"]) {
    const file = `${name}.schema.json`;
    await copyFile(join(root, "packages/core/schemas", file), join(folder, file));
  }
}
