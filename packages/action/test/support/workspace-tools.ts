import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";

/** `npm` and `npx` that only write down what they were asked: nothing can be installed here. */
export async function toolsOfAWorkspace() {
  const folder = await temporaryFolder();
  const log = path.join(folder, "calls");
  await writeFile(log, "");
  for (const tool of ["npm", "npx"]) {
    await writeFile(path.join(folder, tool), `#!/bin/sh\necho "${tool} $*" >> '${log}'\n`);
    await chmod(path.join(folder, tool), 0o755);
  }
  return {
    env: { PATH: `${folder}:${process.env["PATH"]}` },
    calls: async () => (await readFile(log, "utf8")).split("\n").filter(Boolean),
  };
}
