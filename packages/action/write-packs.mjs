// node packages/action/write-packs.mjs
//
// Writes packs.json: what the packages that the bundle leaves outside are, once npm has installed them on each platform.
// The action takes kept packages only when they are that (src/kept-packages.ts). Needs the registry, so it is no part of
// the build: run it when package-lock.json has other versions of them. A test says when.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { build } from "esbuild";
import { nativeParts, packagesDigest } from "./lockfile.mjs";

const execute = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const cli = join(here, "build/cli");
const lockfile = JSON.parse(await readFile(join(cli, "package-lock.json"), "utf8"));

const entry = join(here, "src/kept-packages.ts");
const { outputFiles } = await build({
  entryPoints: [entry],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  conditions: ["@refit/source"],
});
const code = Buffer.from(outputFiles[0].contents).toString("base64");
const { packPieces, measurePack } = await import(`data:text/javascript;base64,${code}`);

const packs = {};
for (const platform of nativeParts(lockfile)) {
  const [os, cpu, libc = "glibc"] = platform.split("-");
  const home = await mkdtemp(join(tmpdir(), "refit-packs-"));
  try {
    for (const file of ["package.json", "package-lock.json"])
      await writeFile(join(home, file), await readFile(join(cli, file)));
    const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"];
    await execute("npm", ["ci", ...flags, `--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`], { cwd: home });
    packs[platform] = measurePack(await packPieces(home));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
await writeFile(
  join(here, "packs.json"),
  `${JSON.stringify({ packages: packagesDigest(lockfile), packs }, null, 2)}\n`,
);
