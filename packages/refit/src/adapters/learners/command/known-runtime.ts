import { open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { arch, cpus } from "node:os";
import path from "node:path";
import { sha256 } from "../../../sha256.ts";
import { programEnvironment, secretWords, type MachineVariables } from "./program-environment.ts";

/** Interpreters of which it can be seen what a program gets from this machine: Node loads no package in a job folder, Python those beside it. */
const [python, node] = [/^python[\d.]*(?:\.exe)?$/i, /^node(?:\.exe)?$/i];
/** Where else they would load code from. */
const elsewhere = /^(?:PYTHONPATH|PYTHONHOME|PYTHONUSERBASE|NODE_PATH|NODE_OPTIONS)$/;
/** Variables that say how libraries compute. Of no other one the value counts: anybody may read what the ledger has, and a digest of a short secret can be guessed. */
const ofComputing =
  /^(?:OMP|KMP|MKL|OPENBLAS|BLIS|CUDA|CUBLAS|CUDNN|TF|XLA|JAX|TORCH|PYTORCH|NUMBA|LC|LD|DYLD)_|^LANG$/;

/**
 * What a program runs on, as a text that is another one once the interpreter, its packages, the variables or the machine change. It is the
 * same on two machines where all of that is the same, whenever it was installed.
 *
 * @param argv of the program. @param allowed names of variables that it gets besides the usual ones.
 * @returns `null`: it cannot be told, as of a script of a shell.
 */
export async function knownRuntime(
  env: MachineVariables,
  argv: readonly string[],
  allowed: readonly string[],
): Promise<string | null> {
  const [program = ""] = argv;
  const given = programEnvironment(env, allowed);
  const name = path.basename(program);
  const isPython = python.test(name);
  if ((!isPython && !node.test(name)) || Object.keys(given).some((variable) => elsewhere.test(variable))) return null;
  const file = await onPath(program, given["PATH"] ?? "");
  if (file === null) return null;
  const packages = isPython ? await packagesOf(file, given["HOME"]) : [];
  if (packages === null) return null;
  const named = new Set(allowed);
  const variables = Object.keys(given)
    .toSorted()
    .flatMap((each) => {
      const isTold = ofComputing.test(each) && !secretWords.test(each);
      return isTold ? [[each, given[each]]] : named.has(each) ? [[each]] : [];
    });
  const machine = [process.platform, arch(), cpus()[0]?.model ?? "", cpus().length];
  return JSON.stringify([program, await interpreter(file), packages, variables, machine]);
}

async function onPath(program: string, searched: string): Promise<string | null> {
  const places = path.isAbsolute(program)
    ? [program]
    : searched.split(path.delimiter).map((at) => path.join(at, program));
  if (!path.isAbsolute(program) && program !== path.basename(program)) return null;
  for (const place of places) if ((await stat(place).catch(() => null))?.isFile() === true) return place;
  return null;
}

/** Its beginning tells builds apart: it has the size and the place of every section. */
async function interpreter(file: string): Promise<readonly [real: string, size: number, beginning: string]> {
  const real = await realpath(file);
  const handle = await open(real);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(65_536), position: 0 });
    return [real, size, sha256(buffer.subarray(0, bytesRead))];
  } finally {
    await handle.close();
  }
}

/**
 * Digest of all that is installed for Python, by its own records: beside the interpreter, for all users, and for this one.
 *
 * @returns `null`: no folder of packages is where Python has them.
 */
async function packagesOf(file: string, home: string | undefined): Promise<string | null> {
  const libraries = [path.join(path.dirname(file), "..", "lib"), "/usr/local/lib"];
  if (home !== undefined) libraries.push(path.join(home, ".local/lib"));
  const found: (readonly [name: string, record: string | null])[][] = [];
  for (const library of new Set(libraries))
    for (const name of await namesIn(library)) {
      if (!name.startsWith("python")) continue;
      for (const kind of ["site-packages", "dist-packages"])
        found.push(await installedIn(path.join(library, name, kind)));
    }
  return found.every((folder) => folder.length === 0) ? null : sha256(JSON.stringify(found));
}

/** The names of a folder, of which each package's has its version, and what each package says of its files. */
async function installedIn(folder: string): Promise<(readonly [name: string, record: string | null])[]> {
  const installed: (readonly [string, string | null])[] = [];
  for (const name of await namesIn(folder)) {
    const record = name.endsWith(".dist-info")
      ? await readFile(path.join(folder, name, "RECORD")).catch(() => null)
      : null;
    installed.push([name, record && sha256(record)]);
  }
  return installed;
}

const namesIn = async (folder: string) => (await readdir(folder).catch((): string[] => [])).toSorted();
