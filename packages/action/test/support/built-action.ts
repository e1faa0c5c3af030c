import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createFolder } from "@refit/testkit/folders";
import { measurePack, packPieces } from "../../src/kept-packages.ts";

export const repositoryRoot = fileURLToPath(new URL("../../../../", import.meta.url));

/** The action as GitHub will fetch it once this is committed, without anything of this repository beside it. */
export interface BuiltAction {
  /** Folder with action.yml and the built action, and nothing else. */
  readonly action: string;
  /** Of the machines that it runs on, kept from job to job. */
  readonly toolCache: string;
}

const made = new Map<string, Promise<BuiltAction>>();

/** With the packages that it has npm install, and keeps between runs of the tests. */
export const builtAction = (): Promise<BuiltAction> => once("built", copyOfAction);

/** With this repository's packages in the tool cache, so that steps need no npm and have little to unpack. */
export const preparedAction = (): Promise<BuiltAction> => once("prepared", prepare);

/** Once in a process: nobody changes it. It goes with the folder of the whole run. */
function once(name: string, make: () => Promise<BuiltAction>): Promise<BuiltAction> {
  const action = made.get(name) ?? make();
  made.set(name, action);
  return action;
}

async function copyOfAction(): Promise<BuiltAction> {
  const action = await createFolder();
  await cp(path.join(repositoryRoot, "action.yml"), path.join(action, "action.yml"));
  const build = path.join(repositoryRoot, "packages/action/build");
  await cp(build, path.join(action, "packages/action/dist"), { recursive: true });
  return { action, toolCache: path.join(repositoryRoot, "node_modules/.cache/refit/tool-cache") };
}

async function prepare(): Promise<BuiltAction> {
  const { action } = await copyOfAction();
  const cli = path.join(action, "packages/action/dist/cli");
  const { dependencies } = await readJson<{ dependencies: object }>(path.join(cli, "package.json"));
  const home = await createFolder();
  for (const name of Object.keys(dependencies)) await borrow(name, path.join(home, "node_modules", name));

  const pieces = await packPieces(home);
  const pack = measurePack(pieces);
  const known = await readJson<{ packs: object }>(path.join(cli, "cli.json"));
  const packs = Object.fromEntries(Object.keys(known.packs).map((platform) => [platform, pack]));
  await writeFile(path.join(cli, "cli.json"), JSON.stringify({ ...known, packs }));
  const toolCache = await createFolder();
  await mkdir(path.join(toolCache, "refit/packages"), { recursive: true });
  await writeFile(path.join(toolCache, `refit/packages/${pack.sha256}.pack`), pieces);
  return { action, toolCache };
}

/** A package that is the one that this repository has installed. */
async function borrow(name: string, folder: string): Promise<void> {
  const require = createRequire(path.join(repositoryRoot, "packages/refit/package.json"));
  const file = JSON.stringify(require.resolve(name));
  const { type = "commonjs" } = await readJson<{ type?: string }>(
    path.join(repositoryRoot, "node_modules", name, "package.json"),
  );
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ name, type, main: "index.js" }));
  const text = type === "module" ? `export * from ${file};` : `module.exports = require(${file});`;
  await writeFile(path.join(folder, "index.js"), text);
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, "utf8")) as T;
}
