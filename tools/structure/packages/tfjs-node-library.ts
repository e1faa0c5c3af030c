import { execFile } from "node:child_process";
import { access, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { pythonTool, toolsFolder } from "@refit/testkit/python";

const execute = promisify(execFile);

export const tfjsNode = "@tensorflow/tfjs-node@4.22.0";
const headers = "node-api-headers@1.9.0";
const tensorflow = "2.21.0";

/** The library of tfjs-node, or why there is none. */
export type Library =
  | { readonly file: string; readonly missing: null }
  | { readonly file: null; readonly missing: string };

/**
 * tfjs-node's library, built from packages of registries alone: its install script would fetch one from elsewhere, without a digest. The
 * first time it downloads 274 MB, which take 1 GB on the disk, and compiles for half a minute; then it is kept for all clones.
 */
export async function tfjsNodeLibrary(): Promise<Library> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return {
      file: null,
      missing: `it is built on Linux with x64 only, not on ${process.platform} with ${process.arch}`,
    };
  const { python, missing } = await pythonTool(`tensorflow-cpu-${tensorflow}`, [
    "--no-deps",
    `tensorflow-cpu==${tensorflow}`,
  ]);
  if (python === null) return { file: null, missing };
  const home = path.join(toolsFolder, `tfjs-node-4.22.0-tensorflow-${tensorflow}`);
  const file = path.join(home, "tfjs_binding.node");
  const isThere = () =>
    access(file).then(
      () => true,
      () => false,
    );
  if (await isThere()) return { file, missing: null };
  const making = `${home}.${process.pid}`;
  try {
    await mkdir(making, { recursive: true });
    await build(making, python);
    await rename(making, home).catch(async (error: unknown) => {
      if (!(await isThere())) throw error;
    });
    return { file, missing: null };
  } catch (error) {
    return { file: null, missing: `it cannot be built: ${String(error).split("\n")[0]}` };
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function build(folder: string, python: string): Promise<void> {
  const where = "import sysconfig; print(sysconfig.get_path('purelib'))";
  const libraries = path.join((await execute(python, ["-c", where])).stdout.trim(), "tensorflow");
  const sources: string[] = [];
  for (const name of [tfjsNode, headers]) {
    const packing = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, name];
    const [{ filename }] = JSON.parse((await execute("npm", packing)).stdout) as [{ filename: string }];
    const into = path.join(folder, `source${sources.length}`);
    await mkdir(into);
    await execute("tar", ["xzf", path.join(folder, path.basename(filename)), "-C", into]);
    sources.push(path.join(into, "package"));
  }
  const [binding, api] = [path.join(sources[0]!, "binding"), path.join(sources[1]!, "include")];
  const files = (await readdir(binding)).filter((name) => name.endsWith(".cc")).map((name) => path.join(binding, name));
  const flags = ["-O2", "-std=c++17", "-shared", "-fPIC", "-DNAPI_VERSION=8", "-DBUILDING_NODE_EXTENSION"];
  const links = ["-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2", `-Wl,-rpath,${libraries}`];
  const includes = ["-I", api, "-I", path.join(libraries, "include")];
  const output = ["-o", path.join(folder, "tfjs_binding.node"), "-L", libraries];
  await execute("nice", ["g++", ...flags, ...includes, ...files, ...output, ...links]);
}
