// Shared by the scripts that must work in a fresh clone: only built-ins, since nothing may be installed yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const marker = join(root, "node_modules/.cache/refit/installed");
const nx = join(root, "node_modules/nx/dist/bin/nx.js");

/** What `node_modules` must have been installed for: this lockfile, this major version of Node. */
function wanted() {
  const lockfile = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return `${lockfile} node ${process.versions.node.split(".")[0]}\n`;
}

/** Called at the end of an installation, when the build has passed too. */
export function markInstalled() {
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, wanted());
}

/** Installs what the lockfile says, unless that is already there. `prepare` builds and leaves the marker. */
export function ensureInstalled() {
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted()) return;
  console.log("Installing dependencies (npm ci) …");
  // NODE_ENV=production would leave out everything that is needed to build.
  npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
}

/** Brings every `dist/` up to date; seconds when nothing changed. */
export function build() {
  console.log("Building …");
  const env = { NX_DAEMON: "false", NX_NO_CLOUD: "true" };
  runOrExit(process.execPath, [nx, "run-many", "-t", "build", "--outputStyle=static"], env, "on failure");
}

/** @returns whether the tools that build are here; they are not after `npm ci --omit=dev`. */
export function canBuild() {
  return existsSync(nx) && existsSync(join(root, "node_modules/esbuild"));
}

/** Runs a script of this folder with the same Node and ends this process with its exit code if it fails. */
export function runScript(name, args = []) {
  runOrExit(process.execPath, [join(root, "tools/scripts", name), ...args]);
}

function npm(args) {
  const cli = process.env.npm_execpath; // set only when npm started us
  if (cli?.endsWith("npm-cli.js")) runOrExit(process.execPath, [cli, ...args]);
  else runOrExit("npm", args);
}

/** @param shown when what it prints is shown: `always` or `on failure` */
function runOrExit(command, args, env = {}, shown = "always") {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    stdio: shown === "always" ? "inherit" : "pipe",
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
    shell: process.platform === "win32" && command === "npm",
  });
  if (status !== 0 && shown !== "always") process.stderr.write((stdout ?? "") + (stderr ?? ""));
  if (error) console.error(`Cannot start ${command}: ${error.message}`);
  if (signal) console.error(`${command} was ended by ${signal}.`);
  if (status !== 0) process.exit(status ?? 1);
}
