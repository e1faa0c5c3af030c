import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Path of a Python that has what was asked for, or a sentence that says why there is none. */
export type Python = { readonly bin: string } | { readonly missing: string };

export function pythonWithFrames(): Python {
  return pythonWith({ polars: "2.1.0", pandas: "3.1.1", pyarrow: "26.0.1" });
}

export function pythonWithBoosting(): Python {
  return pythonWith({ lightgbm: "4.7.0", numpy: "2.4.6" });
}

/** Makes a virtual environment the first time, which takes minutes, and finds it again from then on. @param packages versions by name. */
export function pythonWith(packages: Readonly<Record<string, string>>): Python {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}==${version}`);
  const folder = path.resolve(".cache/bench", `python-${wanted.join("-")}`);
  const ready = path.join(folder, "ready");
  const bin = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(ready)) return { bin };

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  process.stderr.write(`Installing ${Object.keys(packages).join(", ")} …\n`);
  const made =
    failure("python3", ["-m", "venv", folder]) ??
    failure(bin, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...wanted]);
  if (made !== null) return { missing: made };
  writeFileSync(ready, "");
  return { bin };
}

function failure(command: string, args: readonly string[]): string | null {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return null;
  return (error?.message ?? stderr.trim().split("\n").at(-1) ?? "").slice(0, 80);
}
