import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";

const source = fileURLToPath(new URL("src", import.meta.url));

/**
 * Writes the code of the package as it is published: what it uses of our other packages goes in, and what few versions need goes
 * into files of its own, which are imported when it is needed.
 *
 * @param {string} folder where to.
 * @param {readonly string[]} entries names of files in `src`, without their ending.
 */
export async function bundleRuntime(folder, entries) {
  const code = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, join(source, `${name}.ts`)])),
    external: /^node:/,
    platform: "neutral",
    resolve: { conditionNames: ["@refit/source", "import", "default"] },
  });
  await code.write({ dir: folder, format: "es", chunkFileNames: "[name].js", comments: false });
  await code.close();
}
