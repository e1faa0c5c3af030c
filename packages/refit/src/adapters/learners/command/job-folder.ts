import { chmod, lstat, mkdir, open, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { CommandFailedError, quoted, type CalledProgram } from "@refit/core/errors";
import { isHandOverPath } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";

const mostFiles = 1000;
const MIB = 1024 * 1024;
const mostBytes = 1024 * MIB;

/** Writes files below a folder, with the folders that they need. Programs among them may be started. */
export async function writeTree(folder: string, files: ArtifactFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
    // "#!" begins a script.
    if (bytes[0] === 0x23 && bytes[1] === 0x21) await chmod(file, 0o755);
  }
}

/** Files to be read, and not to be written to. */
export async function writeCopies(folder: string, files: ArtifactFiles): Promise<void> {
  await writeTree(folder, files);
  // The folders stay as they are, so that they can be removed.
  for (const name of files.keys()) await chmod(path.join(folder, name), 0o444);
}

/**
 * The model that a program wrote, by path in its folder.
 *
 * @throws CommandFailedError for links, devices, odd names, and more than a version can hold.
 */
export async function readModel(folder: string, program: CalledProgram): Promise<ArtifactFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: { name: string; bytes: number }[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join("/");
    const { size } = await lstat(file);
    if (entry.isDirectory()) continue;
    if (!entry.isFile()) throw refused("model-not-plain", `wrote ${quoted(name)}, which is not a regular file`);
    if (!isHandOverPath(name))
      throw refused("model-not-plain", `wrote ${quoted(name)}, a name that not every system has`);
    files.push({ name, bytes: size });
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length > mostFiles) throw refused("model-too-large", `wrote ${files.length} files, more than ${mostFiles}`);
  if (bytes > mostBytes) {
    const [size, most] = [Math.round(bytes / MIB), mostBytes / MIB];
    throw refused("model-too-large", `wrote a model of ${size} MiB, more than ${most}`);
  }
  if (bytes === 0) throw refused("no-model", "ended with exit code 0 and wrote no model");
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const model = new Map<string, Uint8Array>();
  for (const { name } of files) model.set(name, Uint8Array.from(await readFile(path.join(folder, name))));
  return model;

  function refused(outcome: CommandFailedError["outcome"], what: string): CommandFailedError {
    return new CommandFailedError(outcome, program, what);
  }
}

/** Bytes of the longest number that a program may write, with what is around it. */
const longestNumber = 64;
const longestHeader = 1_000_000;

/**
 * What a program predicted, as text.
 *
 * @param values how many it was asked for.
 * @throws CommandFailedError
 */
export async function readPredictions(file: string, values: number, program: CalledProgram): Promise<string> {
  const found = await lstat(file).catch(() => null);
  if (found === null)
    throw new CommandFailedError("no-predictions", program, "ended with exit code 0 and wrote no predictions");
  if (!found.isFile()) {
    throw new CommandFailedError(
      "predictions-unreadable",
      program,
      "wrote something other than a file with its predictions",
    );
  }
  const most = longestHeader + values * longestNumber;
  if (found.size > most) {
    const what = `wrote predictions of ${found.size} bytes, more than ${values} numbers can have`;
    throw new CommandFailedError("predictions-unreadable", program, what);
  }
  const handle = await open(file);
  try {
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}
