// node packages/action/build.mjs
//
// Writes build/, which tests run, and which commit.mjs copies to dist/:
//   index.mjs   the action
//   cli/        the `refit` command for workspaces that have none, with a lockfile for what it loads from the registry
//   THIRD-PARTY-LICENSES
// The same sources give the same bytes, wherever the repository lies.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { bundle, external } from "../refit/bundle.mjs";
import { licences } from "../refit/licences.mjs";
import { lockfileFor, nativeParts, packagesDigest } from "./lockfile.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, "packages/action/build");
const readJson = async (file) => JSON.parse(await readFile(join(root, file), "utf8"));
const writeJson = (file, value) => writeFile(join(out, file), `${JSON.stringify(value, null, 2)}\n`);

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "cli/bundle"), { recursive: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["packages/action/src/main.ts"],
  outfile: join(out, "index.mjs"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
  conditions: ["@refit/source"],
  plugins: [
    {
      // @actions/core loads an HTTP client for OpenID tokens, which we ask for none, and @actions/github makes an octokit
      // beside the context, which is all that we read: unused modules stay out.
      name: "unused-modules-stay-out",
      setup({ onResolve, resolve }) {
        onResolve({ filter: /^(@?[a-z]|\.)/ }, async ({ path, pluginData, ...rest }) => {
          if (pluginData === "seen" || rest.kind === "entry-point") return null;
          if (path.startsWith(".") && !/[\\/]@actions[\\/]/.test(rest.importer)) return null;
          const found = await resolve(path, { ...rest, pluginData: "seen" });
          return { ...found, sideEffects: false };
        });
      },
    },
  ],
});

const { version, dependencies } = await readJson("packages/refit/package.json");
const direct = Object.fromEntries(external.map((name) => [name, dependencies[name]]));
const modules = await bundle({ outDir: join(out, "cli/bundle"), sourcemap: false });
const manifest = { name: "refit-carried-by-the-action", version, private: true, dependencies: direct };
await writeJson("cli/package.json", manifest);
const lockfile = lockfileFor(manifest, await readJson("package-lock.json"));
await writeJson("cli/package-lock.json", lockfile);
// Where the lockfile has other packages than packs.json, nothing is kept between jobs; a test says what to run then.
const known = await readJson("packages/action/packs.json");
await writeJson("cli/cli.json", {
  version,
  platforms: nativeParts(lockfile).filter((platform) => !platform.endsWith("-musl")),
  packs: known.packages === packagesDigest(lockfile) ? known.packs : {},
});

const [{ inputs }] = Object.values(metafile.outputs);
const own = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
const bundled = [...own.map((file) => join(root, file)), ...modules];
await writeFile(join(out, "THIRD-PARTY-LICENSES"), await licences(bundled, root));
