import { readdir, realpath, stat } from "node:fs/promises";
import { arch, cpus, release } from "node:os";
import path from "node:path";
import { sha256 } from "../../../sha256.ts";
import { programEnvironment, type MachineVariables } from "./program-environment.ts";

/** Interpreters of which it can be seen what a program gets from this machine: Node loads no package in a job folder, Python those beside it. */
const interpreters = /^(?:python[\d.]*|node)(?:\.exe)?$/i;
/** Where else they would load code from. */
const elsewhere = /^(?:PYTHONPATH|PYTHONHOME|PYTHONUSERBASE|NODE_PATH|NODE_OPTIONS)$/;

/**
 * What a program runs on, as a text that is another one once the interpreter, its packages, the variables or the machine change.
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
  if (!interpreters.test(path.basename(program)) || Object.keys(given).some((name) => elsewhere.test(name)))
    return null;
  const file = await onPath(program, given["PATH"] ?? "");
  if (file === null) return null;
  const real = await realpath(file);
  const { size, mtimeMs } = await stat(real);
  const variables = sha256(
    JSON.stringify(
      Object.keys(given)
        .toSorted()
        .map((name) => [name, given[name]]),
    ),
  );
  const machine = [process.platform, arch(), release(), cpus()[0]?.model ?? ""];
  return JSON.stringify([file, real, size, mtimeMs, await packageFolders(file), variables, machine]);
}

async function onPath(program: string, searched: string): Promise<string | null> {
  const places = path.isAbsolute(program)
    ? [program]
    : searched.split(path.delimiter).map((at) => path.join(at, program));
  if (!path.isAbsolute(program) && program !== path.basename(program)) return null;
  for (const place of places) if ((await stat(place).catch(() => null))?.isFile() === true) return place;
  return null;
}

/** Folders of Python's packages beside the interpreter, with when something was last installed there or removed. */
async function packageFolders(file: string): Promise<readonly (readonly [folder: string, mtimeMs: number])[]> {
  const library = path.join(path.dirname(file), "..", "lib");
  const found: [string, number][] = [];
  for (const name of (await readdir(library).catch((): string[] => [])).toSorted()) {
    if (!name.startsWith("python")) continue;
    for (const kind of ["site-packages", "dist-packages"]) {
      const folder = path.join(library, name, kind);
      const facts = await stat(folder).catch(() => null);
      if (facts !== null) found.push([folder, facts.mtimeMs]);
    }
  }
  return found;
}
