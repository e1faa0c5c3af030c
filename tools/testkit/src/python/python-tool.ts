import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { toolsFolder } from "../tools-folder.ts";

const execute = promisify(execFile);

/** An interpreter with some packages of PyPI, or why there is none. */
export type PythonTool =
  | { readonly python: string; readonly missing: null }
  | { readonly python: null; readonly missing: string };

/**
 * A virtual environment that is kept between runs of the tests and from clone to clone; the first time it takes a minute or two,
 * and the network.
 *
 * @param requirements exact versions, such as `moto[server,s3]==5.2.5`.
 * @param cache where it is kept.
 */
export async function pythonTool(
  name: string,
  requirements: readonly string[],
  cache: string = toolsFolder,
): Promise<PythonTool> {
  const digest = createHash("sha256").update(requirements.join("\n")).digest("hex").slice(0, 8);
  const home = path.join(cache, `${name}-${digest}`);
  const python = path.join(home, "bin/python");
  const isThere = () =>
    access(python).then(
      () => true,
      () => false,
    );
  if (await isThere()) return { python, missing: null };
  // Made beside its place: only a finished one is there.
  const making = `${home}.${process.pid}`;
  try {
    await mkdir(cache, { recursive: true });
    await execute("python3", ["-m", "venv", making]);
    // Compiling all of what is installed takes as long as installing it; what a test imports is compiled then.
    const install = ["install", "--quiet", "--no-compile", ...requirements];
    if (requirements.length > 0) await execute(path.join(making, "bin/pip"), install);
    // One whose Python is gone from the machine is made again.
    if (!(await isThere())) await rm(home, { recursive: true, force: true });
    await rename(making, home).catch(async (error: unknown) => {
      if (!(await isThere())) throw error;
    });
    return { python, missing: null };
  } catch (error) {
    return { python: null, missing: `${requirements.join(", ")} cannot be installed: ${String(error).split("\n")[0]}` };
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}
