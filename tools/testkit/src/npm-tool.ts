import { execFile } from "node:child_process";
import { access, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { toolsFolder } from "./tools-folder.ts";

/** A folder in which a package of npm is installed; made once, with the network. `null`: it cannot be had here. */
export async function npmTool(name: string, version: string): Promise<string | null> {
  const cache = path.join(toolsFolder, `${name}-${version}`);
  const isThere = () =>
    access(path.join(cache, "node_modules", name)).then(
      () => true,
      () => false,
    );
  if (await isThere()) return cache;
  const making = `${cache}.${process.pid}`;
  try {
    await mkdir(making, { recursive: true });
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
    await promisify(execFile)("npm", ["install", ...quiet, "--prefix", making, `${name}@${version}`]);
    await rename(making, cache).catch(() => {});
    return (await isThere()) ? cache : null;
  } catch {
    return null;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}
