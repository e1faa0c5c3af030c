// node tools/scripts/set-home.mjs OWNER/NAME
//
// Writes the address of this repository into every tracked text that has it: the constant in docs-page.ts, the packages, the pages
// and what tests expect. Once, before the first release or in a fork that releases: model cards contain the address.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { homeIn, withHome } from "./home.mjs";
import { root } from "./install.mjs";

const [name = ""] = process.argv.slice(2);
if (!/^[\w.-]+\/[\w.-]+$/.test(name)) throw new Error("Usage: node tools/scripts/set-home.mjs OWNER/NAME");
const [before, after] = [homeIn(root), `https://github.com/${name}`];

// The committed action is built from these.
const args = ["grep", "-lIzF", before, "--", ".", ":!packages/action/dist"];
const files = execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
for (const file of files) {
  const path = join(root, file);
  writeFileSync(path, withHome(readFileSync(path, "utf8"), before, after));
}
console.log(`${before} is ${after} now, in ${files.length} files. Next: npm run build, npm test, and commit.`);
