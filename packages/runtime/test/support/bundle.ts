import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

export interface Bundled {
  readonly text: string;
  /** Bytes, minified, as they are and as a server sends them. */
  readonly bytes: number;
  readonly gzipped: number;
  /** What it is made of, from the root of the repository, with the bytes of each that are left. */
  readonly parts: ReadonlyMap<string, number>;
}

/** What a page or a worker would be built with: minified, of the sources. @param code what it exports. */
export async function bundleFor(platform: "browser" | "node", code: string, format: "esm" | "iife"): Promise<Bundled> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: path.join(packageFolder, "src"), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format,
    globalName: "bundled",
    target: "es2022",
    platform,
    absWorkingDir: path.join(packageFolder, "../.."),
    conditions: ["@refit/source"],
  });
  const { text, contents } = outputFiles[0]!;
  const inputs = Object.values(metafile.outputs)[0]!.inputs;
  const parts = Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [[file, bytesInOutput] as const] : [],
  );
  return { text, bytes: contents.length, gzipped: gzipSync(contents).length, parts: new Map(parts) };
}
