import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it } from "vitest";

import { findInstalled } from "./find-cli.ts";

/** A machine whose folders below have `refit` installed. */
async function machine(...installed: readonly string[]): Promise<(...parts: string[]) => string> {
  const root = await temporaryFolder();
  for (const folder of installed) {
    const home = path.join(root, folder, "node_modules", "refit");
    await mkdir(home, { recursive: true });
    await writeFile(
      path.join(home, "package.json"),
      JSON.stringify({ version: "1.2.3", bin: { refit: "bin/refit.cjs" } }),
    );
  }
  return (...parts) => path.join(root, ...parts);
}

it.each<[what: string, installed: string[], found: string | null]>([
  ["the folder's own", ["work", "work/a/b"], "work/a/b"],
  ["the workspace's, for a folder in it", ["", "work"], "work"],
  ["none above the workspace", [""], null],
])("the installed refit is %s", async (_what, installed, found) => {
  const place = await machine(...installed);

  const cli = await findInstalled(place("work/a/b"), place("work"));

  const file = found === null ? null : place(found, "node_modules/refit/bin/refit.cjs");
  expect(cli).toEqual(file === null ? null : { file, version: "1.2.3" });
});
