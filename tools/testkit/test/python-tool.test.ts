import { createHash } from "node:crypto";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { pythonTool } from "../src/python/index.ts";
import { temporaryFolder } from "../src/temporary-folder.ts";

it("makes an environment again whose Python is gone from the machine, and finds it from then on", async () => {
  const cache = await temporaryFolder();
  const digest = createHash("sha256").update("").digest("hex").slice(0, 8);
  const bin = path.join(cache, `empty-${digest}/bin`);
  await mkdir(bin, { recursive: true });
  await symlink("/nowhere/python3.9", path.join(bin, "python"));

  const made = await pythonTool("empty", [], cache);

  expect(made).toEqual({ python: path.join(bin, "python"), missing: null });
  expect(await pythonTool("empty", [], cache)).toEqual(made);
});
