// node tools/scripts/test-nx.mjs [VERSION…]
//
// Tries the plugin in a workspace of each Nx that it is for, and examples/monorepo in one that its README has Nx make, as a newcomer would. It takes minutes for each: not part of `npm test`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { root } from "./install.mjs";

const given = process.argv.slice(2);
const versions = given.length > 0 ? given : ["21.6.4", "22.6.1", "23.2.1", "24.0.5"];
const test = [
  "--config",
  "tools/structure/packages/vitest.config.ts",
  "--maxWorkers=1",
  "tools/structure/packages/nx.test.ts",
];
const failed = versions.filter((version) => {
  console.log(`Nx ${version}`);
  const env = { ...process.env, REFIT_NX_VERSION: version };
  const example = version === "23.2.1" ? ["tools/structure/packages/nx-example.test.ts"] : [];
  const run = [join(root, "tools/scripts/run-tests.mjs"), ...test, ...example];
  return spawnSync(process.execPath, run, { cwd: root, env, stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) console.error(`Failed with Nx ${failed.join(", ")}.`);
process.exitCode = failed.length > 0 ? 1 : 0;
