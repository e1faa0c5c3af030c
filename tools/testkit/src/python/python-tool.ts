import { execFile } from "node:child_process";
import { access, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const cache = fileURLToPath(new URL("../../../../node_modules/.cache/refit", import.meta.url));

/** An interpreter with some packages of PyPI, or why there is none. */
export type PythonTool =
  | { readonly python: string; readonly missing: null }
  | { readonly python: null; readonly missing: string };

/**
 * A virtual environment that is kept between runs of the tests; the first time it takes a minute or two, and the network.
 *
 * @param requirements exact versions, such as `moto[server,s3]==5.2.5`.
 */
export async function pythonTool(name: string, requirements: readonly string[]): Promise<PythonTool> {
  const home = path.join(cache, name);
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
    await execute(path.join(making, "bin/pip"), ["install", "--quiet", ...requirements]);
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
