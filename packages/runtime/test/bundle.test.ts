import { expect, it } from "vitest";
import { bundleFor } from "./support/bundle.ts";

it("is small, and brings neither Node nor a schema library nor what trains", async () => {
  const { bytes, gzipped, parts, text } = await bundleFor("browser", 'export * from "./index.ts"', "esm");

  expect(
    [...parts.keys()].filter((file) => !/^packages\/(?:runtime|core|tabular)\/src\/|^<stdin>$/.test(file)),
  ).toEqual([]);
  expect(text).not.toMatch(/\bnode:|\brequire\(|\bprocess\.|WebAssembly|\beval\(|new Function/);
  expect(bytes).toBeLessThanOrEqual(25_500);
  expect(gzipped).toBeLessThanOrEqual(10_700);
});
