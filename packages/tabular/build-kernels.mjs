// node packages/tabular/build-kernels.mjs
//
// Compiles kernels/ (AssemblyScript) to WebAssembly and writes it, as text that a bundler can take along, to
// src/gbdt/kernels/*.generated.ts. These files are committed, so that nothing need be built before tests and types; a
// test compiles the sources again and compares.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

const options = [
  ["--runtime", "stub"], // no garbage collector: the kernels keep nothing of their own
  ["--use", "abort="],
  ["--noAssert"],
  ["-O3"],
].flat();

/** By the name of the generated file: what is compiled, how, and by which name it is exported. */
const modules = {
  wasm: {
    constant: "wasm",
    source: "kernels/index.ts",
    options: [
      ["--enable", "simd,threads,bulk-memory"],
      ["--importMemory"],
      ["--sharedMemory"],
      ["--initialMemory", "1"],
      ["--maximumMemory", "65536"],
    ].flat(),
  },
  predict: { constant: "predictionWasm", source: "kernels/predict/index.ts", options: ["--initialMemory", "1"] },
};

/** A generated file, from the sources as they are. @param module one of `modules`. */
export async function compileKernels(module) {
  const { default: asc } = await import("assemblyscript/asc");
  const outputs = new Map();
  const { constant, source, options: own } = modules[module];
  const { error, stderr } = await asc.main([source, "--outFile", "kernels.wasm", ...options, ...own], {
    readFile: async (name, base) => {
      // Relative to this package, wherever the process runs; the compiler also asks for files that are not there.
      if (base.includes("node_modules") || name.includes("node_modules")) return null;
      return readFile(`${folder}${name}`, "utf8").catch(() => null);
    },
    writeFile: (name, content) => void outputs.set(name, content),
    listFiles: () => [],
  });
  if (error !== null) throw new Error(`The kernels do not compile.\n${String(stderr)}`, { cause: error });
  const base64 = Buffer.from(outputs.get("kernels.wasm")).toString("base64");
  return `// Made from packages/tabular/kernels by build-kernels.mjs, which a test holds. Do not edit.
/** The kernels as WebAssembly, in base64. */
export const ${constant} =
  "${base64}";
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of Object.keys(modules)) {
    const target = `${folder}src/gbdt/kernels/${name}.generated.ts`;
    const text = await compileKernels(name);
    if (text !== (await readFile(target, "utf8").catch(() => ""))) await writeFile(target, text);
  }
}
