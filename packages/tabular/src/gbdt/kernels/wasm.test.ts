import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

it.each(["wasm", "predict"])("the kernels that ship are those that their sources give: %s", async (name) => {
  const script = new URL("../../../build-kernels.mjs", import.meta.url).href;
  const { compileKernels } = (await import(script)) as { compileKernels: (name: string) => Promise<string> };

  const shipped = await readFile(new URL(`${name}.generated.ts`, import.meta.url), "utf8");
  expect(shipped === (await compileKernels(name)), "run `node packages/tabular/build-kernels.mjs`").toBe(true);
});
