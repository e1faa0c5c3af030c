// The script of the threads that help with a bootstrap, as text: a file of its own would have to be found in every bundle.
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

export async function resamplingProgram() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["packages/refit/src/adapters/resampling/worker.ts"],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    legalComments: "none",
    logLevel: "warning",
    conditions: ["@refit/source"],
  });
  return outputFiles[0].text;
}

/** Puts it where the sources have `null`. */
export function withResamplingProgram() {
  let text;
  return {
    name: "with-resampling-program",
    async load(id) {
      if (!/[\\/]adapters[\\/]resampling[\\/]program\.ts$/.test(id)) return null;
      text ??= resamplingProgram();
      return `export const resamplingProgram = ${JSON.stringify(await text)};`;
    },
  };
}
