import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { temporaryFolder } from "@refit/testkit";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { bundleFor } from "./support/bundle.ts";

it("brings neither Node nor a schema library nor what trains", async () => {
  const { parts, text } = await bundleFor("browser", 'export * from "./index.ts"', "esm");

  expect(
    [...parts.keys()].filter((file) => !/^packages\/(?:runtime|core|tabular)\/src\/|^<stdin>$/.test(file)),
  ).toEqual([]);
  expect(text).not.toMatch(/\bnode:|\brequire\(|\bprocess\.|WebAssembly|\beval\(|new Function/);
});

it("is small for a page that is built with the published files, which brings the rest when a version needs it", async () => {
  const { first, later } = await pageWith('export { loadVersion, fromUrl } from "@refit/runtime"');

  expect(later.join("\n")).toMatch(/isotonic[^]*shares that add up to 1|shares that add up to 1[^]*isotonic/);
  expect(first.join("\n")).not.toMatch(/isotonic|shares that add up to 1|Did you mean/);
  expect(sizeOf(first)).toBeLessThanOrEqual(18_750);
  expect(sizeOf(first.map((text) => gzipSync(text)))).toBeLessThanOrEqual(9_000);
  expect(sizeOf([...first, ...later])).toBeLessThanOrEqual(24_800);
});

const sizeOf = (files: readonly { readonly length: number }[]) => files.reduce((sum, { length }) => sum + length, 0);

/** Minified files of a page: those that it loads at once, and those that it may import. */
async function pageWith(code: string): Promise<{ readonly first: string[]; readonly later: string[] }> {
  const root = await temporaryFolder();
  const installed = path.join(root, "node_modules/@refit/runtime");
  await mkdir(installed, { recursive: true });
  const about = { name: "@refit/runtime", type: "module", sideEffects: false, exports: "./index.js" };
  await writeFile(path.join(installed, "package.json"), JSON.stringify(about));
  const script = new URL("../bundle.mjs", import.meta.url).href;
  const { bundleRuntime } = (await import(script)) as {
    readonly bundleRuntime: (folder: string, entries: readonly string[]) => Promise<void>;
  };
  await bundleRuntime(installed, ["index", "node", "onnx"]);
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    outdir: root,
    absWorkingDir: root,
  });
  const files = new Map(outputFiles.map((file) => [path.relative(root, file.path), file.text]));
  const atOnce = new Set<string>();
  const load = (name: string) => {
    if (atOnce.has(name)) return;
    atOnce.add(name);
    for (const { path: other, kind } of metafile.outputs[name]!.imports) if (kind === "import-statement") load(other);
  };
  load("stdin.js");
  const texts = (isFirst: boolean) => [...files].flatMap(([name, text]) => (atOnce.has(name) === isFirst ? text : []));
  return { first: texts(true), later: texts(false) };
}
