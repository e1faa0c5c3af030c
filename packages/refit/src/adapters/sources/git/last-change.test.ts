import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it } from "vitest";
import { lastChange } from "./last-change.ts";

it("counts a folder that cannot be looked through as changed, and one that is not there by the folder above", async () => {
  const root = await temporaryFolder();
  mkdirSync(path.join(root, "data"));
  writeFileSync(path.join(root, "data/file"), "");

  expect(lastChange(root, [{ path: "data/file/**/*.csv" }])).toBe(Infinity);
  expect(lastChange(root, [{ path: "data/gone/**/*.csv" }])).toBeLessThan(Infinity);
});
