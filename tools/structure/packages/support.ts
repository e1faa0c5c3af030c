import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../src/repository.ts";

const execute = promisify(execFile);

/** Folder and name of what is published. */
export const published = {
  refit: "refit",
  core: "@refit/core",
  tabular: "@refit/tabular",
  tfjs: "@refit/tfjs",
  runtime: "@refit/runtime",
  serve: "@refit/serve",
  nx: "@refit/nx",
} as const;

/** What a stranger's shell has: nothing of this repository, no settings of npm, and a name for commits. */
function environment(node: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!/^(npm_|INIT_CWD|NODE_|VITE|GIT_)/.test(entry[0]) || entry[0] === "npm_config_cache"),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: [path.dirname(node), process.env["PATH"] ?? ""].join(path.delimiter),
    GIT_CONFIG_GLOBAL: path.join(root, "no-such-file"),
    GIT_CONFIG_COUNT: "3",
    GIT_CONFIG_KEY_0: "user.name",
    GIT_CONFIG_VALUE_0: "Ada",
    GIT_CONFIG_KEY_1: "user.email",
    GIT_CONFIG_VALUE_1: "ada@example.org",
    GIT_CONFIG_KEY_2: "init.defaultBranch",
    GIT_CONFIG_VALUE_2: "main",
  };
}

/** @returns what a command printed, stderr after stdout. */
export type Shell = (command: string, args: readonly string[]) => Promise<string>;

export function shellIn(cwd: string, node = process.execPath): Shell {
  return async (command, args) => {
    const options = { cwd, env: environment(node), maxBuffer: 64 * 1024 * 1024 };
    const { stdout, stderr } = await execute(command, [...args], options);
    return `${stdout}${stderr}`;
  };
}

const made: string[] = [];

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-packages-"));
  made.push(folder);
  return folder;
}

/** Each installation has some 100 MB. */
export async function removeFolders(): Promise<void> {
  await Promise.all(made.splice(0).map(async (folder) => rm(folder, { recursive: true, force: true })));
}

/** Packs what is published, as `npm publish` would. @returns paths of the tarballs by folder. */
export async function packAll(): Promise<Record<keyof typeof published, string>> {
  const into = await emptyFolder();
  const packed = Object.keys(published).map(async (folder) => {
    const shell = shellIn(path.join(root, "packages", folder));
    const [{ filename }] = JSON.parse(
      await shell("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", into]),
    ) as [{ filename: string }];
    return [folder, path.join(into, filename)] as const;
  });
  return Object.fromEntries(await Promise.all(packed)) as Record<keyof typeof published, string>;
}

/** An empty project that installs tarballs. @returns its folder, and what npm asked the registry for. */
export async function installInto(tarballs: readonly string[], node: string, more: readonly string[] = []) {
  const folder = await emptyFolder();
  const manifest = { private: true, type: "module" };
  await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest)}\n`);
  const flags = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=http", ...more];
  const said = await shellIn(folder, node)("npm", ["install", ...flags, ...tarballs]);
  return { folder, said };
}

export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

/** Checks a program in a folder strictly, with every declaration that it reaches. @returns what the compiler says. */
export async function typeCheck(folder: string, source: string, options: object): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "use.ts"), source);
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    allowImportingTsExtensions: true,
    types: [],
    ...options,
  };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  try {
    return await shellIn(folder)(process.execPath, [tsc, "-p", "."]);
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error);
  }
}

/** Where `.ci/run` puts the newest Node that is supported; `null`: it was not brought. */
export function node24(): string | null {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = readdirSync(tmpdir()).find((entry) => entry.startsWith(`refit-${name}-24.`));
  const binary = path.join(tmpdir(), folder ?? "", "node_modules", name, "bin/node");
  return folder !== undefined && existsSync(binary) ? binary : null;
}
