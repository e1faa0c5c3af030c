// node tools/scripts/release.mjs FOLDER
//
// Writes what a release is made of: the tarballs, `version`, and `notes.md` out of CHANGELOG.md. Publishes nothing: that is
// done by .github/workflows/release.yml, in a job that runs no code of ours.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { checkHome, homeIn } from "./home.mjs";
import { root } from "./install.mjs";
import { releaseNotes } from "./release-notes.mjs";

/** In the order in which they are published: each depends on those before it. */
const folders = ["core", "tabular", "tfjs", "runtime", "serve", "refit", "nx"];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: node tools/scripts/release.mjs FOLDER");
const out = resolve(folder);

const manifests = folders.map((name) => JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")));
const [{ version }] = manifests;
checkHome(homeIn(root), manifests, process.env.GITHUB_REPOSITORY);
for (const manifest of manifests) {
  const own = { ...manifest.dependencies, ...manifest.devDependencies };
  const named = Object.entries(own).filter(([name]) => manifests.some((each) => each.name === name));
  const other = [[manifest.name, manifest.version], ...named].find(([, each]) => each !== version);
  if (other !== undefined) {
    throw new Error(`All packages have one version: ${other.join(" ")} in ${manifest.name}, not ${version}.`);
  }
}
const notes = releaseNotes(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version);

mkdirSync(out, { recursive: true });
writeFileSync(join(out, "version"), `${version}\n`);
writeFileSync(join(out, "notes.md"), notes);
for (const name of folders) {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", out];
  execFileSync("npm", args, { cwd: join(root, "packages", name), stdio: ["ignore", "ignore", "inherit"] });
}
console.log(`Version ${version} is in ${out}.`);
