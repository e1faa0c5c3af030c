import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

it("the kernels that ship are those that their sources give", async () => {
  const script = new URL("../../../build-kernels.mjs", import.meta.url).href;
  const { compileKernels } = (await import(script)) as { compileKernels: () => Promise<string> };

  const shipped = await readFile(new URL("wasm.generated.ts", import.meta.url), "utf8");
  expect(shipped === (await compileKernels()), "run `node packages/tabular/build-kernels.mjs`").toBe(true);
});
