import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** The newest Node that refit supports, as `.ci/run` brings it. */
const newest = "24.21.0";

/** The binary of the newest Node; brought once, with the network. `null`: it cannot be had here. */
export async function newestNode(): Promise<string | null> {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(process.env["TMPDIR"] ?? tmpdir(), `refit-${name}-${newest}`);
  const binary = path.join(folder, "node_modules", name, "bin/node");
  const isThere = () =>
    access(binary).then(
      () => true,
      () => false,
    );
  if (await isThere()) return binary;
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  await promisify(execFile)("npm", ["install", ...quiet, "--prefix", folder, `${name}@${newest}`]).catch(() => {});
  return (await isThere()) ? binary : null;
}
